package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// The socket itself: handshakes, heartbeats, frames of every kind of badness.
class RealtimeSocketTest {

    @Test
    void answersAHeartbeatOfTheSecondVersion() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.send("[null,'13','phoenix','heartbeat',{}]");

            client.expect("[null,'13','phoenix','phx_reply',{'status':'ok','response':{}}]");
        }
    }

    @Test
    void answersAHeartbeatOfTheFirstVersionWithoutRef() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.one()) {
            client.send("{'topic':'phoenix','event':'heartbeat','payload':{},'ref':null}");

            client.expect(
                    "{'topic':'phoenix','event':'phx_reply','payload':{'status':'ok','response':{}},'ref':null}");
        }
    }

    @Test
    void servesTheAddressWithoutThePublicPrefixToo() throws Exception {
        try (var server = TestRealtime.start();
                var client =
                        SocketClient.connect(
                                URI.create(
                                        "ws://127.0.0.1:%d/socket/websocket?vsn=2.0.0&apikey=%s"
                                                .formatted(
                                                        server.port(),
                                                        TestRealtime.PUBLISHABLE)))) {
            client.expectNothingElse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vsn=2.0.0|401|API key is missing",
                "vsn=2.0.0&apikey=nonsense|401|The token provided is not a valid JWT",
                "vsn=2.0.0&apikey=EXPIRED|401|Token has expired",
                "vsn=2.0.0&apikey=FORGED|401|Failed to validate JWT signature",
                "vsn=2.0.0&apikey=NO_EXP|401|Fields `role` and `exp` are required in JWT",
                "vsn=2.0.0&apikey=NONE|401|Failed to generate JWT signer, check your JWT secret or"
                        + " JWKS configuration",
                "vsn=3.0.0&apikey=x|403|Unsupported protocol version, use 1.0.0 or 2.0.0",
            })
    void refusesAHandshake(String query, int status, String error) throws Exception {
        try (var server = TestRealtime.start("GOTRUE_UNUSED", "x")) {
            HttpResponse<String> response = handshake(server, withTokens(server, query));

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).isEqualTo("{\"error\":\"" + error + "\"}");
            assertThat(response.headers().allValues("access-control-allow-origin"))
                    .containsExactly("*");
        }
    }

    @Test
    void holdsARefusalBack() throws Exception {
        try (var server = TestRealtime.start("CONNECT_ERROR_BACKOFF_MS", "300")) {
            long start = System.nanoTime();

            handshake(server, "vsn=2.0.0");

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(Duration.ofMillis(290));
        }
    }

    @Test
    void refusesMoreUsersThanAllowed() throws Exception {
        try (var server = TestRealtime.start("MAX_CONCURRENT_USERS", "1");
                var client = server.two()) {
            client.expectNothingElse();

            HttpResponse<String> response = handshake(server, "apikey=" + TestRealtime.PUBLISHABLE);

            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.body()).isEqualTo("{\"error\":\"Too many connected users\"}");
        }
    }

    @Test
    void refusesAHandshakeWhileThereAreTooManyJoinsAndLetsInAfterwards() throws Exception {
        String key = "apikey=" + TestRealtime.PUBLISHABLE;
        try (var server = TestRealtime.start("MAX_JOINS_PER_SECOND", "1")) {
            HttpResponse<String> answer = handshake(server, key);
            while (answer.statusCode() == 101) {
                joinUntilClosed(server);
                answer = handshake(server, key);
            }

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body()).isEqualTo("{\"error\":\"Too many joins per second\"}");
            await().untilAsserted(
                            () -> assertThat(handshake(server, key).statusCode()).isEqualTo(101));
        }
    }

    private static void joinUntilClosed(TestRealtime server) {
        try (var client = server.two()) {
            for (int i = 0; i < 12; i++) {
                client.send("['1','1','realtime:t%d','phx_join',{'config':{}}]".formatted(i));
            }
            assertThat(client.closed().code()).isEqualTo(1001);
        }
    }

    @Test
    void letsInWhileJoinsAreFarFromTheirLimit() throws Exception {
        try (var server = TestRealtime.start("MAX_JOINS_PER_SECOND", "1");
                var one = server.two()) {
            one.join("realtime:a", "");

            try (var two = server.two()) {
                two.expectNothingElse();
            }
        }
    }

    @Test
    void refusesAHandshakeOnceItHasGone() throws Exception {
        try (var server = TestRealtime.start()) {
            server.realtime.close();

            HttpResponse<String> refused = handshake(server, "apikey=" + TestRealtime.PUBLISHABLE);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body())
                    .isEqualTo("{\"error\":\"Realtime is restarting, please standby\"}");
        }
    }

    @Test
    void saysThatItTakesSocketsOnly() throws Exception {
        try (var server = TestRealtime.start()) {
            HttpResponse<String> response =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://127.0.0.1:%d/realtime/v1/websocket"
                                                                    .formatted(server.port())))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(400);
        }
    }

    @Test
    void dropsMalformedMessagesAndStays() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.send("nonsense").send("{}").send("[1,2]").send(new byte[] {9, 9});

            client.expectNothingElse();
        }
    }

    @Test
    void answersAnEventOnATopicThatIsNotJoined() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.send("['1','2','realtime:a','broadcast',{}]");

            client.expect(
                    "[null,'2','realtime:a','phx_reply',{'status':'error','response':{'reason':'unmatched"
                        + " topic'}}]");
        }
    }

    @Test
    void answersAJoinOfAForeignKindOfTopic() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.send("['1','2','rooms:a','phx_join',{}]");

            client.expect(
                    "[null,'2','rooms:a','phx_reply',{'status':'error','response':{'reason':'unmatched"
                        + " topic'}}]");
        }
    }

    @Test
    void answersALeaveOfATopicThatIsNotJoined() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.send("['1','2','realtime:a','phx_leave',{}]");

            client.expect("['1','2','realtime:a','phx_reply',{'status':'ok','response':{}}]");
        }
    }

    @Test
    void assemblesAMessageFromItsParts() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.sendParts("[null,'13',", "'phoenix','heart", "beat',{}]");

            client.expect("[null,'13','phoenix','phx_reply',{'status':'ok','response':{}}]");
        }
    }

    @Test
    void takesAMessageLargerThanItsInputBuffer() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.send(
                    "[null,'13','phoenix','heartbeat',{'a':'%s'}]"
                            .formatted("x".repeat(1_000_000)));

            client.expect("[null,'13','phoenix','phx_reply',{'status':'ok','response':{}}]");
        }
    }

    @Test
    void closesOnAFrameOverTheLimit() throws Exception {
        try (var server = TestRealtime.start("HEARTH_MAX_FRAME_BYTES", "5000");
                var client = server.two()) {
            client.send("x".repeat(5_001));

            assertThat(client.closed().code()).isEqualTo(1009);
        }
    }

    @Test
    void closesOnAMessageOverTheLimitInParts() throws Exception {
        try (var server = TestRealtime.start("HEARTH_MAX_FRAME_BYTES", "5000");
                var client = server.two()) {
            client.sendParts("x".repeat(3_000), "x".repeat(3_000));

            assertThat(client.closed().code()).isEqualTo(1009);
        }
    }

    @Test
    void answersAPing() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.ping("hello");

            client.expect("'pong'");
        }
    }

    @Test
    void closesASocketFromWhichNothingComes() throws Exception {
        try (var server = TestRealtime.start("HEARTH_SOCKET_IDLE", "1s");
                var client = server.two()) {
            assertThat(client.closed().code()).isEqualTo(1001);
        }
    }

    @Test
    void closesASocketWithoutAChannel() throws Exception {
        try (var server = TestRealtime.start("NO_CHANNEL_TIMEOUT_IN_MS", "100");
                var client = server.two()) {
            assertThat(client.closed().reason()).isEqualTo("No channel");
        }
    }

    @Test
    void tellsEveryChannelBeforeItGoes() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "").expectNothingElse();

            server.realtime.close();

            client.expect(
                    "['1',null,'realtime:a','system',{'extension':'system','status':'ok','message':'Server"
                        + " requested disconnect'}]");
            assertThat(client.closed().code()).isEqualTo(1012);
        }
    }

    private static HttpResponse<String> handshake(TestRealtime server, String query)
            throws Exception {
        try (var raw = new RawHandshake(server.port(), "/realtime/v1/websocket?" + query)) {
            return raw.response();
        }
    }

    private static String withTokens(TestRealtime server, String query) {
        String good = server.token("anon", Duration.ofHours(1));
        String[] parts = good.split("\\.", -1);
        return query.replace("EXPIRED", server.token("anon", Duration.ofSeconds(-3)))
                .replace("FORGED", parts[0] + "." + parts[1] + "." + "A".repeat(43))
                .replace("NO_EXP", server.tokens.sign(RawHandshake.claims("{\"role\":\"anon\"}")))
                .replace("NONE", RawHandshake.unsigned("{\"alg\":\"none\"}"));
    }
}
