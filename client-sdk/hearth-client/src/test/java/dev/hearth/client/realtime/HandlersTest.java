package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.internal.Tasks;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Handlers that throw, block, send, leave, and are too slow.
class HandlersTest {

    record Counted(int n) {}

    private static void broadcast(Rig rig, int n) {
        rig.server.send("c", "broadcast", "{\"event\":\"n\",\"payload\":{\"n\":" + n + "}}");
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
            Rig.eventually(() -> heard.contains(6));
            assertThat(heard).containsExactly(0, -1, 4, 5, 6);
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

    @Test
    void aHandlerOnTheSocketsOwnThreadThatWaitsForItIsTold() throws Exception {
        try (var rig = new Rig("2.0.0", options -> {}, Tasks.on(Runnable::run))) {
            Channel channel = rig.client.channel("c");
            channel.onBroadcast("n", b -> channel.unsubscribe());
            rig.join(channel);
            broadcast(rig, 1);
            rig.awaitError("handler: c a handler cannot wait for the socket");
            assertThat(channel.unsubscribe()).isEqualTo(SendResult.OK);
        }
    }
}
