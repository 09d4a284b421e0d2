package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.realtime.ConnectionEvent.TokenUpdated;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Access tokens that change, run out, or are not to be had.
class TokensTest {

    @Test
    void anotherTokenIsToldToEveryChannelThatIsIn() throws Exception {
        try (var rig = new Rig()) {
            String join = rig.join(rig.client.channel("c"));
            rig.client.setAuth("token-2");
            JsonNode told = rig.server.awaitSent("access_token", 1);
            assertThat(FakeServer.payload(told).path("access_token").asText()).isEqualTo("token-2");
            assertThat(FakeServer.joinRef(told)).isEqualTo(join);
            rig.awaitEvent(TokenUpdated.class, 1);
            rig.client.setAuth("token-2");
            assertThat(rig.client.channel("c").send("e", 1)).isEqualTo(SendResult.OK);
            assertThat(rig.server.sent("access_token")).hasSize(1);
        }
    }

    @Test
    void aTokenThatRanOutIsRefreshedAndTheChannelJoinedAgain() throws Exception {
        try (var rig = new Rig()) {
            var heard = new CopyOnWriteArrayList<String>();
            Channel channel = rig.client.channel("c").onResync(() -> heard.add("resync"));
            String join = rig.join(channel);
            rig.token = "token-2";
            rig.server.send(
                    "c",
                    "system",
                    "{\"extension\":\"system\",\"status\":\"error\",\"message\":\"Token has expired"
                            + " 1 seconds ago\"}",
                    join);
            rig.server.send("c", "phx_close", "{}", join);
            rig.awaitError("token: c Token has expired");
            Rig.eventually(() -> channel.state() == ChannelState.ERRORED);
            rig.pass(Duration.ofMillis(1200));
            JsonNode again = rig.server.awaitSent("phx_join", 2);
            assertThat(FakeServer.payload(again).path("access_token").asText())
                    .isEqualTo("token-2");
            Rig.eventually(() -> heard.contains("resync"));
        }
    }

    @Test
    void withoutATokenItTriesAgain() throws Exception {
        try (var rig = new Rig()) {
            rig.noToken = new TransportException("auth is away", null, null, true);
            CompletableFuture<Channel> joined = rig.client.channel("c").subscribeAsync();
            rig.awaitError("token:  auth is away");
            Rig.eventually(() -> rig.client.connectionState() == ConnectionState.OPEN);
            Rig.eventually(() -> rig.client.channel("c").state() == ChannelState.ERRORED);
            rig.noToken = null;
            rig.pass(Duration.ofMillis(1200));
            joined.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void aTokenThatCameWhileTheChannelJoinedIsToldOnceItIsIn() throws Exception {
        try (var rig = new Rig()) {
            rig.server.silent = true;
            Channel channel = rig.client.channel("c").subscribe();
            JsonNode join = rig.server.awaitSent("phx_join", 1);
            rig.client.setAuth("token-2");
            rig.awaitEvent(TokenUpdated.class, 1);
            assertThat(rig.server.sent("access_token")).isEmpty();
            rig.server.silent = false;
            rig.server.socket().send(FakeServer.reply(join, "ok", "{\"postgres_changes\":[]}"));
            JsonNode told = rig.server.awaitSent("access_token", 1);
            assertThat(FakeServer.payload(told).path("access_token").asText()).isEqualTo("token-2");
            assertThat(channel.state()).isEqualTo(ChannelState.JOINED);
        }
    }

    @Test
    void aSourceThatBreaksIsAskedAgain() throws Exception {
        var asked = new AtomicInteger();
        Supplier<String> source =
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new NoClassDefFoundError("theirs");
                    }
                    return "token-2";
                };
        try (var rig = new Rig("2.0.0", options -> options.accessToken(source))) {
            Channel channel = rig.client.channel("c").subscribe();
            rig.awaitError("token:  there is no access token");
            rig.pass(Duration.ofMillis(1200));
            Rig.eventually(() -> channel.state() == ChannelState.JOINED);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // Programs without its help may do so.
    void aSourceThatGivesNullIsNamed() throws Exception {
        try (var rig = new Rig("2.0.0", options -> options.accessToken(() -> null))) {
            assertThatThrownBy(() -> rig.client.channel("c").subscribe(Duration.ofHours(1)))
                    .isInstanceOfSatisfying(
                            RealtimeException.class, e -> assertThat(e.code()).contains("NoToken"));
        }
    }
}
