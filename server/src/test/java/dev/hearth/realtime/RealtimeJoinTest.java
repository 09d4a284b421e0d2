package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.exchange.Bytes;
import dev.hearth.realtime.changes.feed.Binding;
import dev.hearth.realtime.changes.feed.BindingIds;
import dev.hearth.realtime.changes.feed.Delivery;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Joining and leaving: realtime.md 3.
class RealtimeJoinTest {

    private final NoChanges changes = new NoChanges();

    @Test
    void repliesWithAnEmptyListWhenNoChangesWereAskedFor() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "");
        }
    }

    @Test
    void keepsJoinRefAndRefApart() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.send("['9','0','realtime:a','phx_join',{'config':{}}]");

            client.expect(
                    "['9','0','realtime:a','phx_reply',{'status':'ok','response':{'postgres_changes':[]}}]");
        }
    }

    @Test
    void echoesEveryBindingInOrderWithAnId() throws Exception {
        try (var server = TestRealtime.start(changes);
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{%s}}]"
                            .formatted(NoChanges.BINDINGS));

            JsonNode echo = client.text().at("/4/response/postgres_changes");

            int[] ids = {echo.at("/0/id").intValue(), echo.at("/1/id").intValue()};
            assertThat(echo.toString())
                    .isEqualTo(
                            ("[{'event':'insert','schema':'public','table':'notes','filter':'id=eq.1','select':['id'],'id':%d},"
                                 + "{'event':'*','schema':'public','id':%d},{'schema':'public','event':'*','id':%d}]")
                                    .formatted(ids[0], ids[1], ids[1])
                                    .replace('\'', '"'));
            assertThat(ids[0]).isPositive().isNotEqualTo(ids[1]);
            assertThat(ids[1]).isPositive();
            assertThat(changes.all.getFirst().bindings())
                    .containsExactly(
                            new Binding(
                                    ids[0],
                                    "insert",
                                    Optional.of("public"),
                                    Optional.of("notes"),
                                    Optional.of("id=eq.1"),
                                    List.of("id")),
                            new Binding(
                                    ids[1],
                                    "*",
                                    Optional.of("public"),
                                    Optional.empty(),
                                    Optional.empty(),
                                    List.of()));
        }
    }

    @Test
    void tellsThatItSubscribedAfterReplyAndPresenceState() throws Exception {
        try (var server = TestRealtime.start(changes);
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{'presence':{'enabled':true},%s}}]"
                            .formatted(NoChanges.BINDINGS));

            assertThat(client.text().get(3).asText()).isEqualTo("phx_reply");
            client.expect("['1',null,'realtime:a','presence_state',{}]");
            client.expect(
                    "['1',null,'realtime:a','system',{'extension':'postgres_changes','status':'ok','message':'Subscribed"
                        + " to PostgreSQL','channel':'a'}]");
        }
    }

    @Test
    void holdsAChangeBackUntilTheJoinIsAnswered() throws Exception {
        var early = new Bytes("{\"type\":\"INSERT\"}".getBytes(StandardCharsets.UTF_8));
        try (var server =
                        TestRealtime.start(
                                (caller, bindings, subscriber) -> {
                                    subscriber.deliver(
                                            new Delivery(early), new BindingIds(List.of(7)));
                                    return changes.subscribe(caller, bindings, subscriber);
                                });
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{%s}}]"
                            .formatted(NoChanges.BINDINGS));

            assertThat(client.text().get(3).asText()).isEqualTo("phx_reply");
            client.expect(
                    "[null,null,'realtime:a','postgres_changes',{'ids':[7],'data':{'type':'INSERT'}}]");
        }
    }

    @Test
    void encodesAChangeOnceForEqualReceivers() throws Exception {
        var delivery = new Delivery(new Bytes("{}".getBytes(StandardCharsets.UTF_8)));
        try (var server = TestRealtime.start(changes);
                var one = server.two();
                var two = server.one()) {
            one.send(
                    "['1','1','realtime:a','phx_join',{'config':{%s}}]"
                            .formatted(NoChanges.BINDINGS));
            two.send(
                    "{'topic':'realtime:a','event':'phx_join','ref':'1','payload':{'config':{%s}}}"
                            .formatted(NoChanges.BINDINGS));
            one.text();
            one.text();
            two.text();
            two.text();

            for (var subscribed : changes.all) {
                subscribed.subscriber().deliver(delivery, new BindingIds(List.of(2, 1)));
            }

            one.expect("[null,null,'realtime:a','postgres_changes',{'ids':[1,2],'data':{}}]");
            two.expect(
                    "{'topic':'realtime:a','event':'postgres_changes','payload':{'ids':[1,2],'data':{}},'ref':null}");
        }
    }

    @Test
    void answersHeartbeatsAndOtherTopicsWhileAJoinBlocks() throws Exception {
        var go = new CountDownLatch(1);
        try (var server =
                        TestRealtime.start(
                                (caller, bindings, subscriber) -> {
                                    awaitLatch(go);
                                    return changes.subscribe(caller, bindings, subscriber);
                                });
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{%s}}]"
                            .formatted(NoChanges.BINDINGS));
            client.send(
                    "['1','2','realtime:a','broadcast',{'type':'broadcast','event':'e','payload':{}}]");
            client.send("['3','3','realtime:b','phx_join',{'config':{}}]");
            client.expect(
                    "['3','3','realtime:b','phx_reply',{'status':'ok','response':{'postgres_changes':[]}}]");
            client.expectNothingElse();

            go.countDown();

            assertThat(client.text().get(1).asText()).isEqualTo("1");
        }
    }

    @Test
    void disconnectsAClientThatFloodsAJoin() throws Exception {
        var go = new CountDownLatch(1);
        try (var server =
                        TestRealtime.start(
                                (caller, bindings, subscriber) -> {
                                    awaitLatch(go);
                                    return changes.subscribe(caller, bindings, subscriber);
                                },
                                "HEARTH_INBOX_BYTES",
                                "1000");
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{%s}}]"
                            .formatted(NoChanges.BINDINGS));
            client.send(
                    "['1','2','realtime:a','broadcast',{'a':'%s'}]".formatted("x".repeat(2000)));

            assertThat(client.closed().code()).isEqualTo(1008);
            go.countDown();
        }
    }

    @Test
    void tellsWhenSelectIsNoListOfNames() throws Exception {
        try (var server = TestRealtime.start(changes);
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{'postgres_changes':[{'event':'*','schema':'public','table':'t','select':'id'}]}}]");

            assertThat(client.text().at("/4/status").asText()).isEqualTo("ok");
            assertThat(client.text().at("/4/message").asText())
                    .isEqualTo(
                            "Error parsing `select` params: expected a list of column name strings,"
                                    + " e.g. select: [\"col1\", \"col2\"]");
            assertThat(changes.all).isEmpty();
        }
    }

    @Test
    void endsTheSubscriptionOnLeave() throws Exception {
        try (var server = TestRealtime.start(changes);
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{%s}}]"
                            .formatted(NoChanges.BINDINGS));
            client.text();
            client.text();

            client.send("['1','2','realtime:a','phx_leave',{}]");

            client.expect("['1','2','realtime:a','phx_reply',{'status':'ok','response':{}}]");
            client.expect("['1','1','realtime:a','phx_close',{}]");
            assertThat(changes.all.getFirst().log()).containsExactly("closed");
        }
    }

    @Test
    void endsTheSubscriptionOfAClientThatWasKilled() throws Exception {
        try (var server = TestRealtime.start(changes);
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{%s}}]"
                            .formatted(NoChanges.BINDINGS));
            client.text();
            client.text();

            client.kill();

            await().untilAsserted(
                            () ->
                                    assertThat(changes.all.getFirst().log())
                                            .containsExactly("closed"));
        }
    }

    @Test
    void endsTheFirstJoinWhenASecondComes() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "");

            client.send("['2','2','realtime:a','phx_join',{'config':{}}]");

            client.expect("['1','1','realtime:a','phx_close',{}]");
            client.expect(
                    "['2','2','realtime:a','phx_reply',{'status':'ok','response':{'postgres_changes':[]}}]");
        }
    }

    @Test
    void leavesWithoutJoinRef() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "");

            client.send("[null,'2','realtime:a','phx_leave',{}]");

            client.expect("[null,'2','realtime:a','phx_reply',{'status':'ok','response':{}}]");
            client.expect("['1','1','realtime:a','phx_close',{}]");
        }
    }

    @Test
    void joinsInTheOldWayWithoutChanges() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.one()) {
            client.send("{'topic':'realtime:public:t','event':'phx_join','payload':{},'ref':'1'}");

            client.expect(
                    "{'topic':'realtime:public:t','event':'phx_reply','payload':{'status':'ok','response':{'postgres_changes':[]}},'ref':'1'}");
        }
    }

    @Test
    void saysNothingToAnUnknownEvent() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "");

            client.send("['1','2','realtime:a','foo',{}]");

            client.expectNothingElse();
        }
    }

    @Test
    void ignoresBadPartsOfAJoin() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join(
                    "realtime:a",
                    "'broadcast':5,'presence':{'enabled':'maybe','key':[]},'private':'FALSE','postgres_changes':'x'");
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
