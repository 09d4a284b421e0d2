package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.exchange.Bytes;
import dev.hearth.realtime.changes.feed.Binding;
import dev.hearth.realtime.changes.feed.BindingIds;
import dev.hearth.realtime.changes.feed.Delivery;
import dev.hearth.token.Caller;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Joining, leaving, tokens: realtime.md 3 and 5.
class RealtimeJoinTest {

    private static final String CHANGES =
            "'postgres_changes':[{'event':'insert','schema':'public','table':'notes','filter':'id=eq.1','select':['id']},{'event':'*','schema':'public'},{'schema':'public','event':'*'}]";

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
            client.send("['1','1','realtime:a','phx_join',{'config':{%s}}]".formatted(CHANGES));

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
                            .formatted(CHANGES));

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
            client.send("['1','1','realtime:a','phx_join',{'config':{%s}}]".formatted(CHANGES));

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
            one.send("['1','1','realtime:a','phx_join',{'config':{%s}}]".formatted(CHANGES));
            two.send(
                    "{'topic':'realtime:a','event':'phx_join','ref':'1','payload':{'config':{%s}}}"
                            .formatted(CHANGES));
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
            client.send("['1','1','realtime:a','phx_join',{'config':{%s}}]".formatted(CHANGES));
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
            client.send("['1','1','realtime:a','phx_join',{'config':{%s}}]".formatted(CHANGES));
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
            client.send("['1','1','realtime:a','phx_join',{'config':{%s}}]".formatted(CHANGES));
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
            client.send("['1','1','realtime:a','phx_join',{'config':{%s}}]".formatted(CHANGES));
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
    void refusesATopicWithoutAName() throws Exception {
        refuses("realtime:", "{}", "TopicNameRequired: You must provide a topic name");
    }

    @Test
    void refusesAPrivateChannel() throws Exception {
        refuses(
                "realtime:room:1",
                "{'config':{'private':true}}",
                "Unauthorized: You do not have permissions to read from this Channel topic:"
                        + " room:1");
    }

    @Test
    void refusesReplay() throws Exception {
        refuses(
                "realtime:a",
                "{'config':{'broadcast':{'replay':{'since':1}}}}",
                "UnableToReplayMessages: Replay is not allowed for public channels");
    }

    @Test
    void refusesATokenThatIsNone() throws Exception {
        refuses(
                "realtime:a",
                "{'access_token':'x'}",
                "MalformedJWT: The token provided is not a valid JWT");
    }

    @Test
    void refusesATokenThatHasRunOut() throws Exception {
        try (var server = TestRealtime.start()) {
            refuses(
                    server,
                    "{'access_token':'%s'}".formatted(server.token("anon", Duration.ofSeconds(-7))),
                    "InvalidJWTToken: Token has expired 7 seconds ago");
        }
    }

    @Test
    void refusesATokenWithoutItsClaims() throws Exception {
        try (var server = TestRealtime.start()) {
            refuses(
                    server,
                    "{'access_token':'%s'}"
                            .formatted(server.tokens.sign(RawHandshake.claims("{\"sub\":\"x\"}"))),
                    "InvalidJWTToken: Fields `role` and `exp` are required in JWT");
        }
    }

    @Test
    void refusesAForgedToken() throws Exception {
        try (var server = TestRealtime.start()) {
            String[] parts = server.token("anon", Duration.ofHours(1)).split("\\.", -1);
            refuses(
                    server,
                    "{'access_token':'%s.%s.%s'}".formatted(parts[0], parts[1], "A".repeat(43)),
                    "JwtSignatureError: Failed to validate JWT signature");
        }
    }

    @Test
    void refusesATokenWithoutASigner() throws Exception {
        refuses(
                "realtime:a",
                "{'access_token':'%s'}".formatted(RawHandshake.unsigned("{\"alg\":\"none\"}")),
                "JwtSignerError: Failed to generate JWT signer, check your JWT secret or JWKS"
                        + " configuration");
    }

    @Test
    void refusesMoreChannelsThanAllowed() throws Exception {
        try (var server = TestRealtime.start("MAX_CHANNELS_PER_CLIENT", "1");
                var client = server.two()) {
            client.join("realtime:a", "");

            client.send("['2','2','realtime:b','phx_join',{'config':{}}]");

            client.expect(
                    "['2','2','realtime:b','phx_reply',{'status':'error','response':{'reason':'ChannelRateLimitReached:"
                        + " Too many channels'}}]");
        }
    }

    @Test
    void refusesMoreJoinsThanAllowedAndClosesTheSocket() throws Exception {
        try (var server = TestRealtime.start("MAX_JOINS_PER_SECOND", "1");
                var client = server.two()) {
            for (int i = 0; i < 11; i++) {
                client.send("['1','1','realtime:t%d','phx_join',{'config':{}}]".formatted(i));
            }

            JsonNode message = client.text();
            while (message.at("/4/status").asText().equals("ok")) {
                message = client.text();
            }

            assertThat(message.at("/4/response/reason").asText())
                    .isEqualTo("ClientJoinRateLimitReached: Too many joins per second");
            assertThat(client.closed().code()).isEqualTo(1001);
        }
    }

    @Test
    void holdsTheRefusalOfAJoinBack() throws Exception {
        try (var server = TestRealtime.start("CHANNEL_ERROR_BACKOFF_MS", "300");
                var client = server.two()) {
            long start = System.nanoTime();
            client.send("['1','1','realtime:','phx_join',{}]");
            client.expectNothingElse();

            client.text();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(Duration.ofMillis(290));
        }
    }

    @Test
    void takesTheKeyOfTheSocketForATokenThatIsAKey() throws Exception {
        try (var server = TestRealtime.start(changes);
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{%s},'access_token':'sb_publishable_x'}]"
                            .formatted(CHANGES));
            client.text();

            assertThat(changes.all.getFirst().caller()).isEqualTo(Caller.ofRole("anon"));
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

    @Test
    void failsAJoinWhoseSubscriptionFails() throws Exception {
        try (var server =
                        TestRealtime.start(
                                (caller, bindings, subscriber) -> {
                                    throw new IllegalStateException();
                                });
                var client = server.two()) {
            client.send("['1','1','realtime:a','phx_join',{'config':{%s}}]".formatted(CHANGES));

            client.expect(
                    "['1','1','realtime:a','phx_reply',{'status':'error','response':{'reason':'Unknown"
                        + " Error on Channel'}}]");
            client.join("realtime:a", "");
        }
    }

    @Test
    void changesTheCallerWithANewToken() throws Exception {
        try (var server = TestRealtime.start(changes);
                var client = server.two()) {
            client.send("['1','1','realtime:a','phx_join',{'config':{%s}}]".formatted(CHANGES));
            client.text();
            client.text();
            String token = server.token("authenticated", Duration.ofHours(1));
            String message =
                    "['1','2','realtime:a','access_token',{'access_token':'%s'}]".formatted(token);

            client.send(message).send(message);

            assertThat(client.text().at("/4/message").asText())
                    .isEqualTo("Subscribed to PostgreSQL");
            client.expectNothingElse();
            assertThat(changes.all.getFirst().changed())
                    .extracting(Caller::role)
                    .containsExactly("authenticated");
        }
    }

    @Test
    void ignoresATokenThatIsNoneOrAKey() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "");

            client.send("['1','2','realtime:a','access_token',{'access_token':null}]");
            client.send("[null,'2','realtime:a','access_token',{'access_token':'sb_x'}]");

            client.expectNothingElse();
        }
    }

    @Test
    void endsTheChannelOnABadToken() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "");

            client.send("['1','2','realtime:a','access_token',{'access_token':'x'}]");

            expectShutdown(client, "The token provided is not a valid JWT");
        }
    }

    @Test
    void endsTheChannelNotTheSocketWhenItsTokenRunsOut() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{},'access_token':'%s'}]"
                            .formatted(server.token("authenticated", Duration.ofSeconds(5))));
            client.text();

            server.clock.pass(Duration.ofSeconds(6));

            expectShutdown(client, "Token has expired 1 seconds ago");
            client.expectNothingElse();
        }
    }

    private static void expectShutdown(SocketClient client, String message) {
        client.expect(
                "['1',null,'realtime:a','system',{'extension':'system','status':'error','message':'%s','channel':'a'}]"
                        .formatted(message));
        client.expect("['1','1','realtime:a','phx_close',{}]");
    }

    private static void refuses(String topic, String payload, String reason) throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.send("['1','1','%s','phx_join',%s]".formatted(topic, payload));

            client.expect(
                    "['1','1','%s','phx_reply',{'status':'error','response':{'reason':'%s'}}]"
                            .formatted(topic, reason));
            client.expectNothingElse();
        }
    }

    private static void refuses(TestRealtime server, String payload, String reason) {
        try (var client = server.two()) {
            client.send("['1','1','realtime:a','phx_join',%s]".formatted(payload));

            client.expect(
                    "['1','1','realtime:a','phx_reply',{'status':'error','response':{'reason':'%s'}}]"
                            .formatted(reason));
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
