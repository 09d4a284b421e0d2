package dev.hearth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.hearth.client.internal.json.Json;
import dev.hearth.client.realtime.PostgresEvent;
import dev.hearth.client.realtime.RowFilter;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A value has one text, whether a query is filtered by it or changes are. Only the quotes differ,
/// which each grammar asks for in its own way.
class SameTextTest {

    private static final BlockingQueue<String> SENT = new LinkedBlockingQueue<>();
    private static final MockWebServer SERVER = new MockWebServer();

    private enum State {
        OPEN,
        @JsonProperty("in progress")
        IN_PROGRESS
    }

    private record Place(String homeTown, @Nullable Integer houseNo) {}

    @BeforeAll
    static void start() throws IOException {
        SERVER.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        if (request.getHeaders().get("Upgrade") != null) {
                            return new MockResponse.Builder().webSocketUpgrade(new Ear()).build();
                        }
                        SENT.add(Objects.requireNonNull(request.getUrl().queryParameter("c")));
                        return new MockResponse.Builder()
                                .addHeader("Content-Type", "application/json")
                                .body("[]")
                                .build();
                    }
                });
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /// Hears the filters of each join.
    private static final class Ear extends WebSocketListener {
        @Override
        public void onMessage(WebSocket socket, String text) {
            JsonNode frame = Json.parse(text);
            if (frame.path(3).asText().equals("phx_join")) {
                frame.at("/4/config/postgres_changes")
                        .forEach(binding -> SENT.add(binding.path("filter").asText()));
            }
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(code, reason);
        }
    }

    static Stream<Arguments> values() {
        var at = OffsetDateTime.parse("2027-01-02T03:04:00+02:00");
        return Stream.of(
                Arguments.of(State.OPEN, "open"),
                Arguments.of(State.IN_PROGRESS, "in progress"),
                Arguments.of(new byte[] {0, -1}, "\\x00ff"),
                Arguments.of(at, "2027-01-02T03:04:00+02:00"),
                Arguments.of(
                        ZonedDateTime.of(at.toLocalDateTime(), ZoneId.of("Africa/Cairo")),
                        "2027-01-02T03:04:00+02:00"),
                Arguments.of(Instant.parse("2027-01-02T03:04:05.678Z"), "2027-01-02T03:04:05.678Z"),
                Arguments.of(Instant.MAX, "infinity"),
                Arguments.of(LocalDate.of(-43, 3, 15), "0044-03-15 BC"),
                Arguments.of(Duration.ofMinutes(90), "PT1H30M"),
                Arguments.of(new BigDecimal("1E+3"), "1000"),
                Arguments.of(new BigDecimal("1.50"), "1.50"),
                Arguments.of(new BigInteger("123456789012345678901234567890"), null),
                Arguments.of(Long.MAX_VALUE, "9223372036854775807"),
                Arguments.of(1e7, "10000000"),
                Arguments.of(1e-7, "0.0000001"),
                Arguments.of(-0.0, "0"),
                Arguments.of(Double.NaN, "NaN"),
                Arguments.of(true, "true"),
                Arguments.of(new UUID(1, 2), "00000000-0000-0001-0000-000000000002"),
                Arguments.of(List.of("a", "b,c", "null"), "{a,\"b,c\",\"null\"}"),
                Arguments.of(Arrays.asList(State.OPEN, null), "{open,NULL}"),
                Arguments.of(new int[] {1, 2}, "{1,2}"),
                Arguments.of(new Place("Ulm", null), "{\"home_town\":\"Ulm\",\"house_no\":null}"),
                Arguments.of(List.of(Map.of("a", 1)), "[{\"a\":1}]"),
                Arguments.of("a,b", null),
                Arguments.of("\"a\"", null),
                Arguments.of("a\\b", null),
                Arguments.of("(a)", null),
                Arguments.of(" a", null),
                Arguments.of("a\u0085", null),
                Arguments.of("{a}", null),
                Arguments.of("null", null),
                Arguments.of("", null));
    }

    @ParameterizedTest
    @MethodSource("values")
    void isTheTextOfAQueryAndOfAListener(Object value, @Nullable String text) throws Exception {
        try (var client = SupabaseClient.create(url(), "key")) {
            String asked = query(client, value);

            assertThat(asked).isEqualTo("eq." + (text == null ? value : text));
            assertThat(unquoted(listener(client, RowFilter.eq("c", value))))
                    .isEqualTo("c=" + asked);
        }
    }

    @Test
    void isWrittenByTheProgramsOwnCodec() throws Exception {
        var mapper =
                JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                        .build();
        try (var client = SupabaseClient.builder(url(), "key").objectMapper(mapper).build()) {
            assertThat(query(client, State.OPEN)).isEqualTo("eq.OPEN");
            assertThat(listener(client, RowFilter.eq("c", State.OPEN))).isEqualTo("c=eq.OPEN");
            assertThat(query(client, new Place("Ulm", 3)))
                    .isEqualTo("eq.{\"HomeTown\":\"Ulm\",\"HouseNo\":3}");
            assertThat(unquoted(listener(client, RowFilter.eq("c", new Place("Ulm", 3)))))
                    .isEqualTo("c=eq.{\"HomeTown\":\"Ulm\",\"HouseNo\":3}");
        }
    }

    @Test
    void isTheSameInLists() throws Exception {
        var values = List.of(State.OPEN, State.IN_PROGRESS, new byte[] {1}, 1e7, "a,b");
        try (var client = SupabaseClient.create(url(), "key")) {
            client.from("t").select().in("c", values).execute();

            String asked = sent();
            assertThat(asked).isEqualTo("in.(open,in progress,\"\\\\x01\",10000000,\"a,b\")");
            assertThat(listener(client, RowFilter.in("c", values))).isEqualTo("c=" + asked);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // What a program without the checker does.
    void isNoneForNull() {
        try (var client = SupabaseClient.create(url(), "key")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.from("t").select().eq("c", null))
                    .withMessageContaining("use is(c, null)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RowFilter.eq("c", null))
                    .withMessageContaining("use is(c, null)");
        }
    }

    @Test
    void isTheOneOfTheMomentWhenTheConditionWasMade() throws Exception {
        var list = new ArrayList<>(List.of("a"));
        RowFilter condition = RowFilter.eq("c", list);
        list.clear();
        try (var client = SupabaseClient.create(url(), "key")) {
            assertThat(unquoted(listener(client, condition))).isEqualTo("c=eq.{a}");
        }
    }

    private static String url() {
        return "http://127.0.0.1:" + SERVER.getPort();
    }

    private static String query(SupabaseClient client, Object value) throws Exception {
        client.from("t").select().eq("c", value).execute();
        return sent();
    }

    private static String listener(SupabaseClient client, RowFilter condition) throws Exception {
        client.channel("room" + client.getChannels().size())
                .onPostgresChanges(
                        PostgresEvent.ALL,
                        rows -> rows.table("t").filter(condition),
                        Map.class,
                        change -> {})
                .subscribe();
        return sent();
    }

    private static String sent() throws InterruptedException {
        return Objects.requireNonNull(SENT.poll(5, TimeUnit.SECONDS), "nothing was sent");
    }

    /// Without the quotes around the value, if there are any.
    private static String unquoted(String filter) {
        int quote = "c=eq.".length();
        return filter.startsWith("\"", quote)
                ? filter.substring(0, quote)
                        + filter.substring(quote + 1, filter.length() - 1)
                                .replaceAll("(?s)\\\\(.)", "$1")
                : filter;
    }
}
