package dev.hearth.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.realtime.PostgresChange;
import dev.hearth.client.realtime.PostgresEvent;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One record, written by the SDK, read by a query and heard as a change, for every type of
/// PostgreSQL that has a counterpart in Java.
class EveryTypeTest {

    @TempDir private static Path data;

    private static RunningHearth hearth;

    private enum Mood {
        happy,
        sad
    }

    private record Address(String city, int no, @Nullable String note) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Everything(
            int id,
            @Nullable UUID key,
            @Nullable Instant at,
            @Nullable OffsetDateTime moment,
            @Nullable LocalDate day,
            @Nullable LocalTime hour,
            @Nullable LocalDateTime local,
            @Nullable Duration span,
            @Nullable BigDecimal price,
            @Nullable Double real8,
            @Nullable Float real4,
            @Nullable Short small,
            @Nullable Integer whole,
            @Nullable Long big,
            @Nullable Boolean yes,
            @Nullable Map<String, Object> doc,
            @Nullable Address address,
            @Nullable List<String> tags,
            @Nullable List<Long> numbers,
            @Nullable List<UUID> keys,
            @Nullable List<Instant> times,
            @Nullable Mood mood,
            @Nullable List<Mood> moods,
            @Nullable InetAddress host,
            byte @Nullable [] bytes,
            @Nullable String within,
            @Nullable String text) {}

    private static Everything full() throws Exception {
        return new Everything(
                1,
                UUID.fromString("6f1c0e4e-5d3b-4a6e-9d0a-0f5b0f9c3a11"),
                Instant.parse("2027-01-02T03:04:05.678901Z"),
                OffsetDateTime.parse("2027-01-02T03:04:05.678901Z"),
                LocalDate.parse("2027-01-02"),
                LocalTime.parse("03:04:05.678901"),
                LocalDateTime.parse("2027-01-02T03:04:05.678901"),
                Duration.parse("PT26H3M4.5S"),
                new BigDecimal("12345678901234567890.123456789"),
                0.1,
                0.1f,
                Short.MIN_VALUE,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                true,
                Map.of(
                        "n",
                        new BigDecimal("0.10"),
                        "nested",
                        List.of("a", Map.of("b", "2026-01-01"))),
                new Address("Köln", 3, null),
                List.of("a", "b,c", "{d}", "null", "", "\"", "\\", "日本 😀"),
                List.of(Long.MIN_VALUE, 0L, Long.MAX_VALUE),
                List.of(new UUID(1, 2)),
                List.of(Instant.parse("2027-01-02T03:04:05Z")),
                Mood.sad,
                List.of(Mood.happy, Mood.sad),
                InetAddress.getByName("10.1.2.3"),
                new byte[] {0, 1, -1, '\\'},
                "[1,5)",
                "a\tb\n'\"\\");
    }

    private static Everything empty() {
        return new Everything(
                2, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    @BeforeAll
    static void start() throws Exception {
        hearth = RunningHearth.start(data, Map.of());
        hearth.execute(
                """
                create type mood as enum ('happy', 'sad');
                create table public.everything (
                    id int primary key, key uuid, at timestamptz, moment timestamptz, day date,
                    hour time, local timestamp, span interval, price numeric, real8 float8,
                    real4 float4, small int2, whole int4, big int8, yes bool, doc jsonb, address json,
                    tags text[], numbers int8[], keys uuid[], times timestamptz[], mood mood,
                    moods mood[], host inet, bytes bytea, within int4range, text text);
                alter table public.everything replica identity full;
                grant all on public.everything to anon;
                alter publication supabase_realtime add table public.everything;
                """);
        hearth.awaitTable("everything");
    }

    @AfterAll
    static void stop() throws Exception {
        hearth.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void aRowIsTheSameWrittenQueriedAndHeard(String version) throws Exception {
        try (var client =
                SupabaseClient.builder(hearth.url(), hearth.key())
                        .realtime(r -> r.vsn(version))
                        .build()) {
            BlockingQueue<PostgresChange<Everything>> heard = new LinkedBlockingQueue<>();
            client.channel("everything")
                    .onPostgresChanges(
                            PostgresEvent.ALL,
                            f -> f.schema("public").table("everything"),
                            Everything.class,
                            heard::add)
                    .subscribe(Duration.ofSeconds(30));
            for (Everything row : List.of(full(), empty())) {
                client.from("everything").insert(row).execute();
                Everything queried =
                        client.from("everything")
                                .select()
                                .eq("id", row.id())
                                .single()
                                .execute(Everything.class);
                Everything inserted = next(heard).newRecord();
                client.from("everything").delete().eq("id", row.id()).execute();
                Everything deleted = next(heard).oldRecord();

                assertSame(queried, row);
                assertSame(inserted, row);
                assertSame(deleted, row);
            }
        }
    }

    private static PostgresChange<Everything> next(BlockingQueue<PostgresChange<Everything>> heard)
            throws InterruptedException {
        PostgresChange<Everything> change = heard.poll(30, TimeUnit.SECONDS);
        assertThat(change).isNotNull();
        return change;
    }

    private static void assertSame(@Nullable Everything read, Everything written) {
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }
}
