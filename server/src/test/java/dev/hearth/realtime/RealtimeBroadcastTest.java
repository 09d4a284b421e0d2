package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Broadcasts over sockets: realtime.md 7.1.
class RealtimeBroadcastTest {

    private static final String PUSH =
            "['1','2','realtime:a','broadcast',{'type':'broadcast','event':'e','payload':{'n':1.50}}]";
    private static final String DELIVERED =
            "[null,null,'realtime:a','broadcast',{'type':'broadcast','event':'e','payload':{'n':1.50}}]";

    @Test
    void reachesTheOthersInBothVersions() throws Exception {
        try (var server = TestRealtime.start();
                var sender = server.two();
                var two = server.two();
                var one = server.one()) {
            sender.join("realtime:a", "");
            two.join("realtime:a", "");
            one.send("{'topic':'realtime:a','event':'phx_join','payload':{'config':{}},'ref':'1'}");
            one.text();

            sender.send(PUSH);

            two.expect(DELIVERED);
            one.expect(
                    "{'topic':'realtime:a','event':'broadcast','payload':{'type':'broadcast','event':'e','payload':{'n':1.50}},'ref':null}");
            sender.expectNothingElse();
        }
    }

    @Test
    void comesBackToASenderThatAskedForIt() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "'broadcast':{'self':true}");

            client.send(PUSH);

            client.expect(DELIVERED);
        }
    }

    @Test
    void isAnsweredWhenThatWasAskedFor() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "'broadcast':{'ack':true}");

            client.send(PUSH);

            client.expect("['1','2','realtime:a','phx_reply',{'status':'ok','response':{}}]");
        }
    }

    @Test
    void staysInItsTopic() throws Exception {
        try (var server = TestRealtime.start();
                var sender = server.two();
                var other = server.two()) {
            sender.join("realtime:a", "'broadcast':{'ack':true}");
            other.join("realtime:b", "");

            sender.send(PUSH);

            sender.text();
            other.expectNothingElse();
        }
    }

    @Test
    void carriesJsonInABinaryFrame() throws Exception {
        try (var server = TestRealtime.start();
                var sender = server.two();
                var two = server.two();
                var one = server.one()) {
            sender.join("realtime:a", "");
            two.join("realtime:a", "");
            one.send("{'topic':'realtime:a','event':'phx_join','payload':{'config':{}},'ref':'1'}");
            one.text();

            sender.send(userPush("c3a9", 1, "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));

            assertThat(HexFormat.of().formatHex(two.binary()))
                    .isEqualTo("040a020001" + hex("realtime:a") + "c3a9" + hex("{\"a\":1}"));
            one.expect(
                    "{'topic':'realtime:a','event':'broadcast','payload':{'event':'é','payload':{'a':1},'type':'broadcast'},'ref':null}");
        }
    }

    @Test
    void carriesRawBytesToTheSecondVersionOnly() throws Exception {
        try (var server = TestRealtime.start();
                var sender = server.two();
                var two = server.two();
                var one = server.one()) {
            sender.join("realtime:a", "");
            two.join("realtime:a", "");
            one.send("{'topic':'realtime:a','event':'phx_join','payload':{'config':{}},'ref':'1'}");
            one.text();

            sender.send(userPush("65", 0, new byte[] {0, -1}));

            assertThat(HexFormat.of().formatHex(two.binary()))
                    .isEqualTo("040a010000" + hex("realtime:a") + "65" + "00ff");
            one.send("{'topic':'phoenix','event':'heartbeat','payload':{},'ref':'9'}");
            assertThat(one.text().path("ref").asText()).isEqualTo("9");
        }
    }

    @Test
    void keepsTheOrderOfOneSenderWhileTheChannelIsBusy() throws Exception {
        int count = 3_000;
        try (var server = TestRealtime.start();
                var sender = server.two();
                var receiver = server.two()) {
            sender.join("realtime:a", "");
            receiver.join("realtime:a", "");

            for (int i = 0; i < count; i++) {
                sender.send("[null,null,'realtime:a','broadcast',{'n':%d}]".formatted(i));
            }

            for (int i = 0; i < count; i++) {
                assertThat(receiver.text().at("/4/n").intValue()).isEqualTo(i);
            }
        }
    }

    @Test
    void tellsThatAPayloadIsTooLarge() throws Exception {
        try (var server = TestRealtime.start("MAX_PAYLOAD_SIZE_IN_KB", "1");
                var client = server.two();
                var other = server.two()) {
            client.join("realtime:a", "'broadcast':{'ack':true}");
            other.join("realtime:a", "");

            client.send(
                    "['1','2','realtime:a','broadcast',{'a':'%s'}]".formatted("x".repeat(1_500)));

            client.expect(
                    "['1','2','realtime:a','phx_reply',{'status':'error','response':{'error':'payload_size_exceeded'}}]");
            other.expectNothingElse();
        }
    }

    @Test
    void dropsAPayloadThatIsTooLargeWithoutAWordWhenNoAnswerWasAskedFor() throws Exception {
        try (var server = TestRealtime.start("MAX_PAYLOAD_SIZE_IN_KB", "1");
                var client = server.two();
                var other = server.two()) {
            client.join("realtime:a", "");
            other.join("realtime:a", "");

            client.send(
                    "['1','2','realtime:a','broadcast',{'a':'%s'}]".formatted("x".repeat(1_500)));
            client.send(userPush("65", 0, new byte[1_501]));

            client.expectNothingElse();
            other.expectNothingElse();
        }
    }

    @Test
    void endsAChannelThatSendsTooMuch() throws Exception {
        try (var server = TestRealtime.start("MAX_EVENTS_PER_SECOND", "1");
                var client = server.two()) {
            client.join("realtime:a", "");

            for (int i = 0; i < 40; i++) {
                client.send("['1','2','realtime:a','broadcast',{}]");
            }

            client.expect(
                    "['1',null,'realtime:a','system',{'extension':'system','status':'error','message':'Too"
                        + " many messages per second','channel':'a'}]");
            client.expect("['1','1','realtime:a','phx_close',{}]");
        }
    }

    @Test
    void closesASlowReceiverWhileOthersReceive() throws Exception {
        try (var server =
                        TestRealtime.start(
                                "HEARTH_OUTBOX_BYTES", "200000", "MAX_EVENTS_PER_SECOND", "10000");
                var slow =
                        new RawHandshake(
                                server.port(),
                                "/realtime/v1/websocket?vsn=2.0.0&apikey="
                                        + TestRealtime.PUBLISHABLE);
                var sender = server.two();
                var receiver = server.two()) {
            slow.send("['1','1','realtime:a','phx_join',{'config':{}}]");
            sender.join("realtime:a", "'broadcast':{'ack':true}");
            receiver.join("realtime:a", "");
            var closed = new java.util.concurrent.CompletableFuture<String>();
            server.observer.listen(
                    event -> {
                        if (event.getClass().getSimpleName().equals("SlowReceiverClosed")) {
                            closed.complete(event.sentence());
                        }
                    });
            String large = "x".repeat(50_000);

            for (int i = 0; !closed.isDone() && i < 2_000; i++) {
                sender.send(
                        "['1','2','realtime:a','broadcast',{'n':%d,'a':'%s'}]".formatted(i, large));
                sender.text();
                assertThat(receiver.text().at("/4/n").intValue()).isEqualTo(i);
            }

            assertThat(closed).isDone();
            sender.send("['1','2','realtime:a','broadcast',{'n':-1}]");
            assertThat(receiver.text().at("/4/n").intValue()).isEqualTo(-1);
        }
    }

    private static byte[] userPush(String eventHex, int encoding, byte[] payload) {
        return HexFormat.of()
                .parseHex(
                        "0301010a%02x00%02x".formatted(eventHex.length() / 2, encoding)
                                + "31"
                                + "32"
                                + hex("realtime:a")
                                + eventHex
                                + HexFormat.of().formatHex(payload));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
