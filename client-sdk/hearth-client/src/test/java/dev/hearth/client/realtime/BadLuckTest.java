package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RealtimeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What should not happen, and what happens then: each has a name, and nothing else suffers.
class BadLuckTest {

    record Counted(int n) {}

    private static void broadcast(Rig rig, int n) {
        rig.server.send("c", "broadcast", "{\"event\":\"n\",\"payload\":{\"n\":" + n + "}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[null,null,\"realtime:c\",\"broadcast\",{\"event\":",
                "no JSON at all",
                "{}",
                "[]",
                "[null,null,\"realtime:c\",\"presence_diff\",nonsense]",
                "[null,\"1\",\"realtime:c\",\"phx_reply\",{\"status\":]",
                "[null,null,\"realtime:elsewhere\",\"broadcast\",{}]",
                "[null,null,\"realtime:c\",\"surprise\",{}]",
                ""
            })
    void aFrameThatIsNoneIsReportedAndTheNextIsHeard(String frame) throws Exception {
        try (var rig = new Rig()) {
            var heard = new CompletableFuture<Counted>();
            Channel channel =
                    rig.client
                            .channel("c")
                            .onBroadcast("n", Counted.class, b -> heard.complete(b.payload()));
            rig.join(channel);
            rig.server.socket().send(frame);
            broadcast(rig, 1);
            assertThat(heard.get(5, TimeUnit.SECONDS)).isEqualTo(new Counted(1));
            rig.awaitError("protocol:");
            assertThat(rig.errors).hasSize(1);
            assertThat(rig.client.stats().protocolErrors()).isEqualTo(1);
        }
    }

    @Test
    void aChangeThatIsNoneIsReported() throws Exception {
        try (var rig = new Rig()) {
            rig.join(
                    rig.client
                            .channel("c")
                            .onPostgresChanges(
                                    PostgresEvent.ALL, f -> f.table("t"), Object.class, c -> {}));
            rig.server.send("c", "postgres_changes", "{\"ids\":[101]}");
            rig.awaitError("protocol: a change cannot be read");
        }
    }

    @Test
    void whatCannotBeReadAsTheTypeIsReported() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<Counted>();
            rig.join(
                    rig.client
                            .channel("c")
                            .onBroadcast("n", Counted.class, b -> heard.add(b.payload())));
            rig.server.send("c", "broadcast", "{\"event\":\"n\",\"payload\":{\"n\":\"x\"}}");
            broadcast(rig, 2);
            Rig.eventually(() -> heard.size() == 1);
            rig.awaitError("decode: c");
        }
    }

    @Test
    void aHandlerThatThrowsHarmsNobodyElse() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<Integer>();
            rig.join(
                    rig.client
                            .channel("c")
                            .onBroadcast(
                                    "n",
                                    b -> {
                                        throw new IllegalStateException("mine");
                                    })
                            .onBroadcast("n", Counted.class, b -> heard.add(b.payload().n())));
            broadcast(rig, 1);
            broadcast(rig, 2);
            Rig.eventually(() -> heard.size() == 2);
            rig.awaitError("handler: c mine");
        }
    }

    @Test
    void aHandlerThatBlocksKeepsOnlyItsOwnChannelWaiting() throws Exception {
        try (var rig = new Rig()) {
            var gate = new CountDownLatch(1);
            var heard = new CompletableFuture<String>();
            rig.join(
                    rig.client
                            .channel("c")
                            .onBroadcast(
                                    "n",
                                    b -> {
                                        try {
                                            gate.await();
                                        } catch (InterruptedException e) {
                                            Thread.currentThread().interrupt();
                                        }
                                    }));
            rig.join(rig.client.channel("d").onBroadcast("*", b -> heard.complete(b.event())));
            broadcast(rig, 1);
            rig.server.send("d", "broadcast", "{\"event\":\"x\",\"payload\":{}}");
            assertThat(heard.get(5, TimeUnit.SECONDS)).isEqualTo("x");
            gate.countDown();
        }
    }

    @Test
    void aHandlerMaySendAndLeave() throws Exception {
        try (var rig = new Rig("1.0.0", options -> {})) {
            var results = new CopyOnWriteArrayList<SendResult>();
            Channel channel =
                    rig.client.channel(
                            "c", ChannelOptions.builder().broadcast(b -> b.ack(true)).build());
            channel.onBroadcast(
                    "n",
                    b -> {
                        results.add(channel.send("answer", 1));
                        results.add(channel.unsubscribe());
                    });
            rig.join(channel);
            broadcast(rig, 1);
            Rig.eventually(() -> results.size() == 2);
            assertThat(results).containsExactly(SendResult.OK, SendResult.OK);
        }
    }

    private static Channel blocked(
            Rig rig, CountDownLatch started, CountDownLatch gate, List<Integer> heard) {
        return rig.client
                .channel("c")
                .onBroadcast(
                        "n",
                        Counted.class,
                        b -> {
                            started.countDown();
                            try {
                                gate.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            heard.add(b.payload().n());
                        })
                .onResync(() -> heard.add(-1));
    }

    @Test
    void aFullQueueDropsTheOldestReportsAndResyncs() throws Exception {
        try (var rig = new Rig("2.0.0", options -> options.queueLimit(3))) {
            var started = new CountDownLatch(1);
            var gate = new CountDownLatch(1);
            var heard = new CopyOnWriteArrayList<Integer>();
            rig.join(blocked(rig, started, gate, heard));
            broadcast(rig, 0);
            started.await();
            for (int i = 1; i <= 6; i++) {
                broadcast(rig, i);
            }
            Rig.eventually(() -> rig.client.stats().dropped() == 3);
            rig.awaitError("slow: c 3");
            rig.awaitError("dropped: c");
            gate.countDown();
            Rig.eventually(() -> heard.contains(-1));
            assertThat(heard).containsExactly(0, 4, 5, 6, -1);
        }
    }

    @Test
    void aFullQueueMayDropTheNewest() throws Exception {
        try (var rig =
                new Rig(
                        "2.0.0",
                        options ->
                                options.queueLimit(2).overflowPolicy(OverflowPolicy.DROP_NEWEST))) {
            var started = new CountDownLatch(1);
            var gate = new CountDownLatch(1);
            var heard = new CopyOnWriteArrayList<Integer>();
            rig.join(blocked(rig, started, gate, heard));
            broadcast(rig, 0);
            started.await();
            for (int i = 1; i <= 4; i++) {
                broadcast(rig, i);
            }
            Rig.eventually(() -> rig.client.stats().dropped() == 2);
            gate.countDown();
            Rig.eventually(() -> heard.contains(-1));
            assertThat(heard).containsExactly(0, 1, 2, -1);
        }
    }

    @Test
    void aFullQueueMayEndTheChannel() throws Exception {
        try (var rig =
                new Rig(
                        "2.0.0",
                        options ->
                                options.queueLimit(1).overflowPolicy(OverflowPolicy.DISCONNECT))) {
            var started = new CountDownLatch(1);
            var gate = new CountDownLatch(1);
            var heard = new CopyOnWriteArrayList<Integer>();
            var error = new CompletableFuture<String>();
            Channel channel = blocked(rig, started, gate, heard);
            channel.subscribe(
                    (status, thrown) -> {
                        if (status == SubscribeStatus.CHANNEL_ERROR && thrown != null) {
                            error.complete(thrown.code().get());
                        }
                    });
            rig.join(channel);
            broadcast(rig, 0);
            started.await();
            broadcast(rig, 1);
            broadcast(rig, 2);
            rig.server.awaitSent("phx_leave", 1);
            gate.countDown();
            assertThat(error.get(5, TimeUnit.SECONDS)).isEqualTo("QueueFull");
        }
    }

    @Test
    void aJoinThatIsRefusedIsToldWithItsCodeAndTriedAgain() throws Exception {
        try (var rig = new Rig()) {
            rig.server.answers =
                    frame ->
                            FakeServer.event(frame).equals("phx_join")
                                    ? Optional.of(
                                            FakeServer.reply(
                                                    frame,
                                                    "error",
                                                    "{\"reason\":\"Unauthorized: You do not have"
                                                        + " permissions to read from this Channel"
                                                        + " topic: c\"}"))
                                    : Optional.empty();
            assertThatThrownBy(() -> rig.client.channel("c").subscribe(Duration.ofHours(1)))
                    .isInstanceOfSatisfying(
                            RealtimeException.class,
                            e -> {
                                assertThat(e.code()).contains("Unauthorized");
                                assertThat(e.topic()).contains("c");
                                assertThat(e).hasMessageContaining("policy");
                            });
            rig.awaitError("server: c Unauthorized");
            Channel channel = rig.client.channel("d").subscribe();
            Rig.eventually(() -> channel.state() == ChannelState.ERRORED);
            rig.server.answers = frame -> Optional.empty();
            rig.timers.pass(Duration.ofMillis(1200));
            Rig.eventually(() -> channel.state() == ChannelState.JOINED);
        }
    }

    @Test
    void aJoinWithoutAnswerTimesOutAndItsLateAnswerIsLeftOut() throws Exception {
        try (var rig = new Rig()) {
            rig.server.silent = true;
            var statuses = new CopyOnWriteArrayList<SubscribeStatus>();
            Channel channel = rig.client.channel("c");
            channel.subscribe((status, error) -> statuses.add(status));
            JsonNode join = rig.server.awaitSent("phx_join", 1);
            rig.timers.pass(Duration.ofSeconds(10));
            Rig.eventually(() -> statuses.contains(SubscribeStatus.TIMED_OUT));
            rig.server.awaitSent("phx_leave", 1);
            rig.server.socket().send(FakeServer.reply(join, "ok", "{\"postgres_changes\":[]}"));
            rig.server.silent = false;
            rig.timers.pass(Duration.ofMillis(1200));
            Rig.eventually(() -> channel.state() == ChannelState.JOINED);
            assertThat(rig.server.sent("phx_join")).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void aChannelThatTheServerClosesStaysClosed(String version) throws Exception {
        try (var rig = new Rig(version, options -> {})) {
            var statuses = new CopyOnWriteArrayList<SubscribeStatus>();
            Channel channel = rig.client.channel("c");
            channel.subscribe((status, error) -> statuses.add(status));
            String join = rig.join(channel);
            rig.server.send("c", "phx_close", "{}", "999");
            rig.server.send("c", "phx_close", "{}", join);
            Rig.eventually(() -> statuses.contains(SubscribeStatus.CLOSED));
            assertThat(channel.state()).isEqualTo(ChannelState.CLOSED);
            rig.timers.pass(Duration.ofSeconds(20));
            assertThat(rig.server.sent("phx_join")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void aChannelThatBreaksAtTheServerIsJoinedAgain(String version) throws Exception {
        try (var rig = new Rig(version, options -> {})) {
            var statuses = new CopyOnWriteArrayList<SubscribeStatus>();
            Channel channel = rig.client.channel("c");
            channel.subscribe((status, error) -> statuses.add(status));
            String join = rig.join(channel);
            rig.server.send("c", "phx_error", "{}", join);
            Rig.eventually(() -> statuses.contains(SubscribeStatus.CHANNEL_ERROR));
            rig.timers.pass(Duration.ofMillis(1200));
            Rig.eventually(() -> statuses.size() == 3);
            assertThat(statuses.get(2)).isEqualTo(SubscribeStatus.SUBSCRIBED);
        }
    }

    @Test
    void messagesOfAnEarlierJoinAreLeftOut() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<String>();
            rig.join(rig.client.channel("c").onBroadcast("*", b -> heard.add(b.event())));
            rig.server.send("c", "broadcast", "{\"event\":\"old\",\"payload\":{}}", "999");
            rig.server.send("c", "broadcast", "{\"event\":\"new\",\"payload\":{}}");
            Rig.eventually(() -> !heard.isEmpty());
            assertThat(heard).containsExactly("new");
        }
    }

    @Test
    void whatWaitedForAnAnswerHearsThatTheSocketBroke() throws Exception {
        try (var rig = new Rig("1.0.0", options -> {})) {
            Channel channel =
                    rig.client.channel(
                            "c", ChannelOptions.builder().broadcast(b -> b.ack(true)).build());
            rig.join(channel);
            rig.server.silent = true;
            CompletableFuture<SendResult> sent = channel.sendAsync("e", 1);
            rig.server.awaitSent("broadcast", 1);
            rig.server.cut();
            assertThat(sent.get(5, TimeUnit.SECONDS)).isEqualTo(SendResult.ERROR);
        }
    }

    @Test
    void tenThousandChannelsJoinOverOneSocket() throws Exception {
        try (var rig = new Rig()) {
            var joined = new ArrayList<CompletableFuture<Channel>>();
            for (int i = 0; i < 10_000; i++) {
                joined.add(rig.client.channel("c" + i).subscribeAsync());
            }
            CompletableFuture.allOf(joined.toArray(CompletableFuture<?>[]::new))
                    .get(30, TimeUnit.SECONDS);
            assertThat(rig.client.getChannels()).hasSize(10_000);
            assertThat(rig.server.sockets).hasSize(1);
            assertThat(rig.errors).isEmpty();
        }
    }

    @Test
    void aListenerThatThrowsHarmsNobody() throws Exception {
        try (var rig =
                new Rig(
                        "2.0.0",
                        options ->
                                options.listener(
                                        event -> {
                                            throw new IllegalStateException("mine");
                                        }))) {
            Channel channel = rig.client.channel("c");
            rig.join(channel);
            assertThat(channel.state()).isEqualTo(ChannelState.JOINED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 247})
    void refusesATopicThatCannotBeSent(int length) throws Exception {
        try (var rig = new Rig()) {
            assertThatThrownBy(() -> rig.client.channel("x".repeat(length)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatHangsOnAFutureDoesNotHoldTheReaderUp() throws Exception {
        try (var rig = new Rig("1.0.0", options -> {})) {
            var gate = new CountDownLatch(1);
            var options = ChannelOptions.builder().broadcast(b -> b.ack(true)).build();
            Channel channel = rig.client.channel("c", options);
            rig.join(channel);
            rig.server.silent = true;
            CompletableFuture<Void> after =
                    channel.sendAsync("e", 1)
                            .thenAccept(
                                    result -> {
                                        try {
                                            gate.await();
                                        } catch (InterruptedException e) {
                                            Thread.currentThread().interrupt();
                                        }
                                    });
            JsonNode sent = rig.server.awaitSent("broadcast", 1);
            rig.server.silent = false;
            rig.server.socket().send(FakeServer.reply(sent, "ok", "{}"));
            assertThat(channel.send("e", 2)).isEqualTo(SendResult.OK);
            assertThat(after).isNotDone();
            gate.countDown();
        }
    }

    @Test
    void aLadderThatThrowsIsReplacedByOurs() {
        var broken =
                new Ladder(
                        tries -> {
                            throw new IllegalStateException("mine");
                        });
        assertThat(broken.delay(1, 0.5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(new Ladder(tries -> Duration.ofSeconds(-1)).delay(2, 0.5))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void cancellingTheWaitLeavesTheChannel() throws Exception {
        try (var rig = new Rig()) {
            rig.server.silent = true;
            Channel channel = rig.client.channel("c");
            CompletableFuture<Channel> joined = channel.subscribeAsync();
            rig.server.awaitSent("phx_join", 1);
            assertThat(joined.cancel(true)).isTrue();
            Rig.eventually(() -> channel.state() == ChannelState.CLOSED);
        }
    }
}
