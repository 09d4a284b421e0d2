package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.realtime.ConnectionEvent.Closed;
import dev.hearth.client.realtime.ConnectionEvent.Reconnecting;

import mockwebserver3.MockResponse;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// The end of channels, of the socket and of the client.
class ClosingTest {

    @Test
    void closesTheSocketSomeTimeAfterTheLastChannel() throws Exception {
        try (var rig =
                new Rig(
                        "2.0.0",
                        options -> options.disconnectOnEmptyChannelsAfter(Duration.ofSeconds(3)))) {
            Channel channel = rig.client.channel("c");
            rig.join(channel);
            assertThat(channel.unsubscribe()).isEqualTo(SendResult.OK);
            rig.pass(Duration.ofSeconds(2));
            assertThat(rig.client.connectionState()).isEqualTo(ConnectionState.OPEN);
            rig.pass(Duration.ofSeconds(2));
            rig.awaitEvent(Closed.class, 1);
            rig.join(rig.client.channel("d"));
            assertThat(rig.server.sockets).hasSize(2);
        }
    }

    @Test
    void aChannelInTimeKeepsTheSocket() throws Exception {
        Duration linger = Duration.ofSeconds(10);
        try (var rig =
                new Rig("2.0.0", options -> options.disconnectOnEmptyChannelsAfter(linger))) {
            Channel channel = rig.client.channel("c");
            rig.join(channel);
            assertThat(channel.unsubscribe()).isEqualTo(SendResult.OK);
            rig.join(rig.client.channel("d"));
            rig.pass(linger.multipliedBy(2));
            assertThat(rig.client.connectionState()).isEqualTo(ConnectionState.OPEN);
            assertThat(rig.server.sockets).hasSize(1);
        }
    }

    @Test
    void removesAllChannelsAndTheSocket() throws Exception {
        try (var rig = new Rig()) {
            rig.join(rig.client.channel("a"));
            rig.join(rig.client.channel("b"));
            assertThat(rig.client.removeAllChannels())
                    .containsExactly(SendResult.OK, SendResult.OK);
            Rig.eventually(() -> rig.client.connectionState() == ConnectionState.CLOSED);
            assertThat(rig.client.getChannels()).isEmpty();
        }
    }

    @Test
    void closesInEveryState() throws Exception {
        for (int stage = 0; stage < 6; stage++) {
            try (var rig = new Rig()) {
                Channel channel = rig.client.channel("c");
                var statuses = new CopyOnWriteArrayList<SubscribeStatus>();
                bring(rig, channel, stage, statuses);
                CompletableFuture<Channel> waiting = stage == 0 ? null : channel.subscribeAsync();
                boolean in = channel.state() == ChannelState.JOINED;
                rig.client.close();
                assertThat(rig.client.connectionState()).isEqualTo(ConnectionState.CLOSED);
                assertThat(channel.state()).isEqualTo(ChannelState.CLOSED);
                if (waiting != null && !in) {
                    assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
                            .hasCauseInstanceOf(ClientClosedException.class);
                }
                assertThatThrownBy(() -> rig.client.channel("d"))
                        .isInstanceOf(ClientClosedException.class);
                assertThatThrownBy(channel::subscribe).isInstanceOf(ClientClosedException.class);
                assertThatThrownBy(() -> channel.send("e", 1))
                        .isInstanceOf(ClientClosedException.class);
                assertThatThrownBy(() -> channel.track(Map.of()))
                        .isInstanceOf(ClientClosedException.class);
                assertThatThrownBy(() -> channel.httpSend("e", 1))
                        .isInstanceOf(ClientClosedException.class);
                assertThatThrownBy(rig.client::connect).isInstanceOf(ClientClosedException.class);
                assertThatThrownBy(() -> rig.client.setAuth("x"))
                        .isInstanceOf(ClientClosedException.class);
                assertThat(channel.unsubscribe()).isEqualTo(SendResult.OK);
                rig.client.close();
            }
        }
    }

    /// 0 fresh, 1 opening, 2 joining, 3 in, 4 waiting to open again, 5 leaving.
    private static void bring(Rig rig, Channel channel, int stage, List<SubscribeStatus> statuses) {
        if (stage == 0) {
            return;
        }
        if (stage == 1 || stage == 4) {
            rig.server.refuses =
                    request ->
                            Optional.of(
                                    new MockResponse.Builder()
                                            .code(503)
                                            .headersDelay(stage == 1 ? 3 : 0, TimeUnit.SECONDS)
                                            .build());
        }
        rig.server.silent = stage == 2;
        channel.subscribe((status, error) -> statuses.add(status));
        if (stage == 2) {
            rig.server.awaitSent("phx_join", 1);
        } else if (stage == 3 || stage == 5) {
            Rig.eventually(() -> channel.state() == ChannelState.JOINED);
        } else if (stage == 4) {
            rig.awaitEvent(Reconnecting.class, 1);
        }
        if (stage == 5) {
            rig.server.silent = true;
            var unused = channel.unsubscribeAsync();
        }
    }

    @Test
    void whoWaitsForAChannelThatHasGoneHearsSo() throws Exception {
        try (var rig = new Rig()) {
            var waiter = new CompletableFuture<Void>();
            Line line = rig.client.channel("c").line();
            rig.client.loop().turns().run(() -> line.await(waiter));
            assertThatThrownBy(() -> waiter.get(5, TimeUnit.SECONDS))
                    .hasMessageContaining("was left while somebody waited");
        }
    }

    @Test
    void aChannelThatIsLeftWhileItIsSubscribedIsHeardAllTheSame() throws Exception {
        try (var rig = new Rig()) {
            Channel channel = rig.client.channel("c");
            rig.client
                    .loop()
                    .turns()
                    .run(
                            () -> {
                                var unused = channel.unsubscribeAsync();
                                channel.subscribe();
                            });
            Rig.eventually(() -> channel.state() == ChannelState.JOINED);
            assertThat(rig.client.getChannels()).containsExactly(channel);
        }
    }

    @Test
    void aChannelThatIsDisplacedWhileItIsSubscribedHearsSo() throws Exception {
        try (var rig = new Rig()) {
            var told = new CompletableFuture<String>();
            Channel channel = rig.client.channel("c");
            rig.client
                    .loop()
                    .turns()
                    .run(
                            () -> {
                                var unused = channel.unsubscribeAsync();
                                rig.client.loop().turns().run(() -> rig.client.channel("c"));
                                channel.subscribe((status, error) -> told.complete("" + error));
                            });
            assertThat(told.get(5, TimeUnit.SECONDS)).contains("there is a newer channel c");
            assertThat(rig.client.channel("c")).isNotSameAs(channel);
        }
    }

    @Test
    void aChannelThatIsSubscribedWhileTheClientClosesHearsIt() throws Exception {
        try (var rig = new Rig()) {
            var told = new CompletableFuture<SubscribeStatus>();
            Channel channel = rig.client.channel("c");
            var closed = new CompletableFuture<CompletableFuture<Void>>();
            rig.client
                    .loop()
                    .turns()
                    .run(
                            () -> {
                                channel.subscribe((status, error) -> told.complete(status));
                                closed.complete(rig.client.loop().close());
                            });
            assertThat(told.get(5, TimeUnit.SECONDS)).isEqualTo(SubscribeStatus.CLOSED);
            assertThat(channel.state()).isEqualTo(ChannelState.CLOSED);
            closed.join().get(5, TimeUnit.SECONDS);
        }
    }
}
