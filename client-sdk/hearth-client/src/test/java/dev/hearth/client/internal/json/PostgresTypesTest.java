package dev.hearth.client.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.json.Range;
import dev.hearth.client.json.TypeRef;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Every type of PostgreSQL, from the JSON that a server sends for it to Java, and back.
class PostgresTypesTest {

    private static final Json JSON = new Json(null);

    private enum Status {
        OPEN,
        IN_PROGRESS,
        @JsonProperty("CLOSED!")
        CLOSED
    }

    private record Point(int xPos, int yPos) {}

    /// Type of the column, JSON as sent, class, value, JSON as written.
    static Stream<Arguments> types() throws UnknownHostException {
        return Stream.of(
                both("bool", "true", Boolean.class, true),
                both("int2", "-32768", short.class, (short) -32768),
                both("int4", "2147483647", Integer.class, 2147483647),
                both("int8", "9223372036854775807", Long.class, Long.MAX_VALUE),
                both("int8", "9007199254740993", Object.class, 9007199254740993L),
                both("int4", "1", Object.class, 1L),
                both("numeric", "1.50", BigDecimal.class, new BigDecimal("1.50")),
                both("numeric", "1.50", Object.class, new BigDecimal("1.50")),
                both(
                        "numeric",
                        "12345678901234567890.123456789",
                        Object.class,
                        new BigDecimal("12345678901234567890.123456789")),
                both(
                        "numeric",
                        "123456789012345678901234567890",
                        Object.class,
                        new BigDecimal("123456789012345678901234567890")),
                both(
                        "numeric",
                        "123456789012345678901234567890",
                        BigInteger.class,
                        new BigInteger("123456789012345678901234567890")),
                both("float4", "0.1", Float.class, 0.1f),
                both("float8", "0.1", Double.class, 0.1),
                both("float8", "\"NaN\"", Double.class, Double.NaN),
                both("float8", "\"-Infinity\"", Double.class, Double.NEGATIVE_INFINITY),
                both("text", "\"Zoë 雪\\n\\\"\"", String.class, "Zoë 雪\n\""),
                both(
                        "uuid",
                        "\"c0ffee00-1234-4abc-8def-0123456789ab\"",
                        UUID.class,
                        UUID.fromString("c0ffee00-1234-4abc-8def-0123456789ab")),
                both("date", "\"2026-01-02\"", LocalDate.class, LocalDate.of(2026, 1, 2)),
                both("date", "\"infinity\"", LocalDate.class, LocalDate.MAX),
                both("date", "\"0044-03-15 BC\"", LocalDate.class, LocalDate.of(-43, 3, 15)),
                both("date", "\"0001-02-29 BC\"", LocalDate.class, LocalDate.of(0, 2, 29)),
                both("date", "\"12345-01-02\"", LocalDate.class, LocalDate.of(12345, 1, 2)),
                both("time", "\"03:04:05.123456\"", LocalTime.class, time("03:04:05.123456")),
                one("time", "\"24:00:00\"", LocalTime.class, LocalTime.MAX),
                one("timetz", "\"03:04:05+00\"", OffsetTime.class, OffsetTime.parse("03:04:05Z")),
                one(
                        "timetz",
                        "\"24:00:00+05:30\"",
                        OffsetTime.class,
                        LocalTime.MAX.atOffset(ZoneOffset.ofHoursMinutes(5, 30))),
                one(
                        "timetz",
                        "\"03:04:05+05:30\"",
                        OffsetTime.class,
                        OffsetTime.parse("03:04:05+05:30")),
                both(
                        "timestamp",
                        "\"2026-01-02T03:04:05.123456\"",
                        LocalDateTime.class,
                        LocalDateTime.parse("2026-01-02T03:04:05.123456")),
                one(
                        "timestamp",
                        "\"2026-01-02 03:04:05\"",
                        LocalDateTime.class,
                        LocalDateTime.parse("2026-01-02T03:04:05")),
                both("timestamp", "\"infinity\"", LocalDateTime.class, LocalDateTime.MAX),
                both(
                        "timestamp",
                        "\"0044-03-15T01:02:03 BC\"",
                        LocalDateTime.class,
                        LocalDateTime.of(-43, 3, 15, 1, 2, 3)),
                one("timestamptz", stamp("T", "+00:00"), OffsetDateTime.class, utc()),
                one("timestamptz", stamp("T", "Z"), OffsetDateTime.class, utc()),
                one("timestamptz", stamp(" ", "+00"), OffsetDateTime.class, utc()),
                one("timestamptz", stamp("T", "+00:00"), Instant.class, utc().toInstant()),
                one("timestamptz", stamp(" ", "+00"), Instant.class, utc().toInstant()),
                one(
                        "timestamptz",
                        stamp("T", "+00:00"),
                        ZonedDateTime.class,
                        utc().toZonedDateTime()),
                both(
                        "timestamptz",
                        "\"2026-01-02T03:04:05.123456+05:30\"",
                        OffsetDateTime.class,
                        OffsetDateTime.parse("2026-01-02T03:04:05.123456+05:30")),
                one(
                        "timestamptz",
                        "\"2026-01-02 03:04:05-03:30\"",
                        OffsetDateTime.class,
                        OffsetDateTime.parse("2026-01-02T03:04:05-03:30")),
                both("timestamptz", "\"infinity\"", OffsetDateTime.class, OffsetDateTime.MAX),
                both(
                        "timestamptz",
                        "\"-infinity\"",
                        ZonedDateTime.class,
                        OffsetDateTime.MIN.toZonedDateTime()),
                both(
                        "timestamptz",
                        "\"0044-03-15T01:02:03Z BC\"",
                        Instant.class,
                        Instant.parse("-0043-03-15T01:02:03Z")),
                one(
                        "timestamptz",
                        "\"0044-03-15 01:02:03+00 BC\"",
                        OffsetDateTime.class,
                        OffsetDateTime.parse("-0043-03-15T01:02:03Z")),
                both(
                        "timestamptz",
                        "\"12345-01-02T03:04:05Z\"",
                        Instant.class,
                        Instant.parse("+12345-01-02T03:04:05Z")),
                both("timestamptz", "\"-infinity\"", Instant.class, Instant.MIN),
                both("interval", "\"1 day 02:03:04\"", String.class, "1 day 02:03:04"),
                one("interval", "\"1 day 02:03:04.5\"", Duration.class, duration("PT26H3M4.5S")),
                one("interval", "\"-1 days +02:03:00\"", Duration.class, duration("PT-21H-57M")),
                one("interval", "\"-1 mons +3 days\"", Period.class, Period.of(0, -1, 3)),
                one("interval", "\"-00:00:01\"", Duration.class, duration("PT-1S")),
                both("interval", "\"PT4H5M\"", Duration.class, duration("PT4H5M")),
                one("interval", "\"1 year 2 mons 3 days\"", Period.class, Period.of(1, 2, 3)),
                both("enum", "\"in_progress\"", Status.class, Status.IN_PROGRESS),
                one("enum", "\"IN_PROGRESS\"", Status.class, Status.IN_PROGRESS),
                both("enum", "\"CLOSED!\"", Status.class, Status.CLOSED),
                both("text[]", "[\"a\",null]", list(String.class), Arrays.asList("a", null)),
                both("int8[]", "[1,9007199254740993]", long[].class, longs()),
                both("int4[][]", "[[1,2],[3,4]]", int[][].class, new int[][] {{1, 2}, {3, 4}}),
                both("uuid[]", "[]", list(UUID.class), List.of()),
                both("json", "{\"x_pos\":1,\"y_pos\":2}", Point.class, new Point(1, 2)),
                both("jsonb", "{\"a\":[1,2.50,null]}", Object.class, jsonb()),
                both("bytea", "\"\\\\x6869\"", byte[].class, utf8("hi")),
                one("bytea", "\"6869\"", byte[].class, utf8("hi")),
                one("base64", "\"aGkh\"", byte[].class, utf8("hi!")),
                both("inet", "\"10.0.0.1/24\"", String.class, "10.0.0.1/24"),
                both("inet", "\"10.0.0.1\"", InetAddress.class, InetAddress.getByName("10.0.0.1")),
                both("inet", "\"10.0.0.1\"", InetAddress.class, namedAddress()),
                both("vector", "[1.0,2.5]", float[].class, new float[] {1f, 2.5f}),
                one("vector", "\"[1,2.5]\"", float[].class, new float[] {1f, 2.5f}),
                both("int4range", "\"[1,10)\"", String.class, "[1,10)"),
                both("int4range", "\"[1,10)\"", ints(), Range.closedOpen(1, 10)),
                both("int4range", "\"empty\"", ints(), Range.empty()),
                both("int4range", "\"(,5]\"", ints(), Range.openClosed(null, 5)),
                both("numrange", "\"[1.50,)\"", numbers(), from("1.50")),
                both("daterange", "\"[2026-01-02,2026-01-03)\"", dates(), twoDays()),
                one("tstzrange", stamps(), moments(), Range.closedOpen(utc(), utc().plusHours(1))),
                one(
                        "textrange",
                        "\"[\\\"a,\\\"\\\"b\\\",c]\"",
                        texts(),
                        Range.closed("a,\"b", "c")),
                both("null", "null", String.class, null));
    }

    @ParameterizedTest(name = "{0} {1} as {2}")
    @MethodSource("types")
    void isRead(String column, String json, Type type, Object value, boolean writtenSo) {
        Object read = JSON.read(utf8(json), type, null);

        assertThat(read).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0} {1} as {2}")
    @MethodSource("types")
    void isReadFromATree(String column, String json, Type type, Object value, boolean writtenSo)
            throws Exception {
        Object read = JSON.read(Json.protocol().readTree(json), type, null);

        assertThat(read).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0} {1} from {2}")
    @MethodSource("types")
    void isWritten(String column, String json, Type type, Object value, boolean writtenSo) {
        byte[] written = JSON.write(value);

        if (writtenSo) {
            assertThat(written).asString(StandardCharsets.UTF_8).isEqualTo(json);
        } else {
            assertThat(JSON.<Object>read(written, type, null)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    java.lang.Integer         | 2147483648             | a number does not fit into int
                    java.lang.Long            | 1.5                    | a number is no Long
                    java.lang.Integer         | "secret"               | a text is no Integer
                    java.time.Instant         | "2026-01-02T03:04:05"  | which is read as LocalDateTime
                    java.time.LocalDateTime   | "2026-01-02T03:04:05Z" | is read as OffsetDateTime or
                    java.time.Instant         | "soon"                 | the text is no Instant of
                    java.time.LocalDate       | 20260102               | a LocalDate is read from text
                    java.time.Duration        | "1 mon"                | read it as Period or as String
                    java.time.Period          | "01:00:00"             | read it as Duration or as String
                    java.util.UUID            | "secret"               | a text is no UUID
                    dev.hearth.client.json.Range | "1-2"               | a range is a text such as [1,10)
                    """)
    void isRefusedWithTheReasonAndWithoutTheValue(Class<?> type, String json, String reason) {
        assertThatThrownBy(() -> JSON.read(utf8(json), type, null))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageStartingWith("cannot read the answer as " + type.getTypeName() + ": ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret");
    }

    @Test
    void readsALabelThatTheEnumDoesNotKnowYetAsNull() {
        assertThat(JSON.<Object>read(utf8("\"brand_new\""), Status.class, null)).isNull();
    }

    @Test
    void readsATextLargerThanTheCodecsOwnLimit() {
        String large = "\"" + "x".repeat(21_000_000) + "\"";

        assertThat(JSON.<String>read(utf8(large), String.class, null)).hasSize(21_000_000);
    }

    @Test
    void readsBytesOfAnyNumber() {
        String large = "\"" + "00ff".repeat(1_000_000) + "\"";

        assertThat(JSON.<byte[]>read(utf8(large), byte[].class, null)).hasSize(2_000_000);
    }

    private static Arguments both(String column, String json, Type type, @Nullable Object value) {
        return arguments(column, json, type, value, true);
    }

    private static Arguments one(String column, String json, Type type, Object value) {
        return arguments(column, json, type, value, false);
    }

    private static Type list(Class<?> element) {
        return Json.protocol().getTypeFactory().constructCollectionType(List.class, element);
    }

    private static InetAddress namedAddress() throws UnknownHostException {
        return InetAddress.getByAddress("db", new byte[] {10, 0, 0, 1});
    }

    private static Object jsonb() {
        return Map.of("a", Arrays.asList(1L, new BigDecimal("2.50"), null));
    }

    private static long[] longs() {
        return new long[] {1, 9007199254740993L};
    }

    private static String stamp(String separator, String offset) {
        return "\"2026-01-02" + separator + "03:04:05.123456" + offset + "\"";
    }

    private static OffsetDateTime utc() {
        return OffsetDateTime.parse("2026-01-02T03:04:05.123456Z");
    }

    private static LocalTime time(String text) {
        return LocalTime.parse(text);
    }

    private static Duration duration(String text) {
        return Duration.parse(text);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Type ints() {
        return new TypeRef<Range<Integer>>() {}.type();
    }

    private static Type numbers() {
        return new TypeRef<Range<BigDecimal>>() {}.type();
    }

    private static Type dates() {
        return new TypeRef<Range<LocalDate>>() {}.type();
    }

    private static Type moments() {
        return new TypeRef<Range<OffsetDateTime>>() {}.type();
    }

    private static Type texts() {
        return new TypeRef<Range<String>>() {}.type();
    }

    private static Range<BigDecimal> from(String lower) {
        return new Range<>(
                Optional.of(new BigDecimal(lower)), Optional.empty(), true, false, false);
    }

    private static Range<LocalDate> twoDays() {
        return Range.closedOpen(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 3));
    }

    private static String stamps() {
        return "\"[\\\"2026-01-02 03:04:05.123456+00\\\",\\\"2026-01-02 04:04:05.123456+00\\\")\"";
    }
}
