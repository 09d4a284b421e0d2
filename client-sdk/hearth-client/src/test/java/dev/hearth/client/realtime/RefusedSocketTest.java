package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.realtime.ConnectionEvent.Reconnecting;

import mockwebserver3.MockResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A server that opens no socket: who hears of it, and when it is asked again.
class RefusedSocketTest {

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aWrongKeyIsToldAtOnce(int status) throws Exception {
        try (var rig = new Rig()) {
            rig.server.refuses =
                    request ->
                            Optional.of(
                                    new MockResponse.Builder()
                                            .code(status)
                                            .body("{\"error\":\"API key is missing\"}")
                                            .build());
            assertThatThrownBy(() -> rig.client.channel("c").subscribe(Duration.ofHours(1)))
                    .isInstanceOfSatisfying(
                            RealtimeException.class,
                            e -> {
                                assertThat(e.status()).hasValue(status);
                                assertThat(e).hasMessageContaining("API key is missing");
                                assertThat(e).hasMessageContaining("check the API key");
                                assertThat(e.code()).contains("SocketRefused");
                            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void whatPassesIsTriedAgainMoreAndMoreSeldom(int status) throws Exception {
        try (var rig = new Rig()) {
            rig.server.refuses =
                    request -> Optional.of(new MockResponse.Builder().code(status).build());
            Channel channel = rig.client.channel("c").subscribe();
            List<Long> usual = List.of(1000L, 2000L, 5000L, 10_000L, 10_000L);
            for (int i = 0; i < usual.size(); i++) {
                rig.awaitEvent(Reconnecting.class, i + 1);
                rig.pass(Duration.ofSeconds(13));
            }
            List<Reconnecting> tries =
                    rig.events.stream()
                            .filter(Reconnecting.class::isInstance)
                            .map(Reconnecting.class::cast)
                            .toList();
            for (int i = 0; i < usual.size(); i++) {
                assertThat(tries.get(i).attempt()).isEqualTo(i + 1);
                assertThat(tries.get(i).delay().toMillis())
                        .isBetween(usual.get(i) * 8 / 10, usual.get(i) * 12 / 10);
            }
            assertThat(channel.state()).isEqualTo(ChannelState.ERRORED);
        }
    }

    private static void refuse(Rig rig, int status, String... headers) {
        var refusal = new MockResponse.Builder().code(status);
        for (int i = 0; i < headers.length; i += 2) {
            refusal.setHeader(headers[i], headers[i + 1]);
        }
        MockResponse built = refusal.build();
        rig.server.refuses = request -> Optional.of(built);
    }

    private static long firstDelayMillis(Rig rig) {
        rig.awaitEvent(Reconnecting.class, 1);
        return rig.events.stream()
                .filter(Reconnecting.class::isInstance)
                .map(event -> ((Reconnecting) event).delay().toMillis())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429, 503})
    void isNotAskedAgainBeforeItSays(int status) throws Exception {
        try (var rig =
                new Rig("2.0.0", options -> options.reconnectAfter(tries -> Duration.ZERO))) {
            refuse(rig, status, "Retry-After", "30");
            rig.client.connect();
            assertThat(firstDelayMillis(rig)).isBetween(30_000L, 36_000L);
        }
    }

    @Test
    void aDateIsReadByTheServersClock() throws Exception {
        try (var rig = new Rig()) {
            refuse(
                    rig,
                    503,
                    "Date",
                    "Sun, 06 Nov 1994 08:49:37 GMT",
                    "Retry-After",
                    "Sun, 06 Nov 1994 08:50:17 GMT");
            rig.client.connect();
            assertThat(firstDelayMillis(rig)).isBetween(40_000L, 48_000L);
        }
    }

    @Test
    void isAskedAgainAfterFiveMinutesWhateverItSays() throws Exception {
        try (var rig = new Rig()) {
            refuse(rig, 503, "Retry-After", "999999999");
            rig.client.connect();
            assertThat(firstDelayMillis(rig)).isBetween(300_000L, 360_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "0", "Sun, 06 Nov 1994 08:49:37 GMT"})
    void nonsenseAndThePastChangeNothing(String retryAfter) throws Exception {
        try (var rig = new Rig()) {
            refuse(rig, 429, "Retry-After", retryAfter);
            rig.client.connect();
            assertThat(firstDelayMillis(rig)).isBetween(800L, 1200L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aWrongKeyIsReportedAndTriedEveryMinute(int status) throws Exception {
        try (var rig = new Rig()) {
            refuse(rig, status);
            Channel channel = rig.client.channel("c").subscribe();
            assertThat(firstDelayMillis(rig)).isEqualTo(60_000);
            rig.awaitError("token:  the server answered " + status);
            rig.server.refuses = request -> Optional.empty();
            rig.pass(Duration.ofMinutes(1));
            Rig.eventually(() -> channel.state() == ChannelState.JOINED);
        }
    }

    @Test
    void theProgramsOwnDelayHoldsForAWrongKey() throws Exception {
        try (var rig =
                new Rig("2.0.0", options -> options.reconnectAfter(t -> Duration.ofMillis(7)))) {
            refuse(rig, 401);
            rig.client.connect();
            assertThat(firstDelayMillis(rig)).isEqualTo(7);
        }
    }

    @Test
    void aKeyThatIsRefusedLaterIsToldToWhoWaits() throws Exception {
        try (var rig = new Rig()) {
            refuse(rig, 503);
            CompletableFuture<Channel> joined = rig.client.channel("c").subscribeAsync();
            rig.awaitEvent(Reconnecting.class, 1);
            refuse(rig, 401);
            rig.pass(Duration.ofMillis(1200));
            assertThatThrownBy(() -> joined.get(5, TimeUnit.SECONDS))
                    .hasMessageContaining("check the API key");
        }
    }

    @Test
    void whoSubscribesDuringThePauseHearsWhy() throws Exception {
        try (var rig = new Rig()) {
            refuse(rig, 403);
            rig.client.connect();
            rig.awaitEvent(Reconnecting.class, 1);
            CompletableFuture<Channel> joined = rig.client.channel("c").subscribeAsync();
            assertThatThrownBy(() -> joined.get(5, TimeUnit.SECONDS))
                    .hasMessageContaining("check the API key");
        }
    }
}
