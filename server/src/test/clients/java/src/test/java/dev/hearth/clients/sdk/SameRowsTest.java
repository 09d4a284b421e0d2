package dev.hearth.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.database.SelectBuilder;
import dev.hearth.client.realtime.Channel;
import dev.hearth.client.realtime.PostgresEvent;
import dev.hearth.client.realtime.RowFilter;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A listener with a filter hears of exactly the rows that a query with the same filter finds.
class SameRowsTest {

    private static final Instant AT = Instant.parse("2027-01-02T03:04:05.678901Z");
    private static final UUID KEY = UUID.fromString("6f1c0e4e-5d3b-4a6e-9d0a-0f5b0f9c3a11");
    private static final int LAST = 1000;

    @TempDir private static Path data;

    private static RunningHearth hearth;

    private enum State {
        OPEN,
        @JsonProperty("in progress")
        IN_PROGRESS,
        @JsonProperty("(done), really")
        DONE
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Ticket(
            int id,
            @Nullable State state,
            @Nullable String title,
            byte @Nullable [] seen,
            @Nullable Instant at,
            @Nullable LocalDate day,
            @Nullable BigDecimal price,
            @Nullable Double amount,
            @Nullable Long big,
            @Nullable UUID key,
            @Nullable Boolean paid,
            @Nullable List<State> past,
            @Nullable Map<String, Object> note) {

        static Ticket of(int id, State state) {
            return new Ticket(
                    id, state, null, null, null, null, null, null, null, null, null, null, null);
        }

        static Ticket titled(int id, String title) {
            return new Ticket(
                    id, null, title, null, null, null, null, null, null, null, null, null, null);
        }
    }

    private static final List<Ticket> ROWS =
            List.of(
                    new Ticket(
                            1,
                            State.OPEN,
                            "first",
                            new byte[] {0, -1, '\\'},
                            AT,
                            LocalDate.of(-43, 3, 15),
                            new BigDecimal("1E+3"),
                            1e7,
                            Long.MAX_VALUE,
                            KEY,
                            true,
                            List.of(State.OPEN, State.DONE),
                            Map.of("a", 1)),
                    new Ticket(
                            2,
                            State.IN_PROGRESS,
                            "second",
                            new byte[0],
                            Instant.MAX,
                            LocalDate.of(12345, 1, 1),
                            new BigDecimal("0.10"),
                            Double.NaN,
                            Long.MAX_VALUE - 1,
                            new UUID(1, 2),
                            false,
                            List.of(),
                            Map.of("b", List.of())),
                    Ticket.of(3, State.DONE),
                    Ticket.titled(4, ""),
                    Ticket.titled(5, "null"),
                    Ticket.titled(6, "a,b=eq.1"),
                    Ticket.titled(7, " \"a\"\\ "),
                    Ticket.titled(8, "{a}"),
                    Ticket.titled(9, "(a"),
                    Ticket.titled(10, "a%_*"));

    /// @param heard the condition of the listener
    /// @param asked the same condition of a query
    private record Pair(RowFilter heard, UnaryOperator<SelectBuilder> asked) {}

    private static Map<String, Pair> pairs() {
        var pairs = new LinkedHashMap<String, Pair>();
        for (State state : State.values()) {
            equal(pairs, "state", state);
        }
        for (Ticket row : ROWS) {
            equal(pairs, "title", row.title());
        }
        equal(pairs, "seen", ROWS.get(0).seen());
        equal(pairs, "seen", ROWS.get(1).seen());
        equal(pairs, "at", AT);
        equal(pairs, "at", Instant.MAX);
        equal(pairs, "at", AT.atZone(ZoneId.of("Africa/Cairo")));
        equal(pairs, "at", OffsetDateTime.MAX);
        equal(pairs, "day", LocalDate.of(-43, 3, 15));
        equal(pairs, "day", LocalDate.of(12345, 1, 1));
        equal(pairs, "price", new BigDecimal("1E+3"));
        equal(pairs, "price", 0.1);
        equal(pairs, "amount", 1e7);
        equal(pairs, "amount", Double.NaN);
        equal(pairs, "big", 9.0);
        equal(pairs, "big", Long.MAX_VALUE);
        equal(pairs, "key", KEY);
        equal(pairs, "paid", true);
        equal(pairs, "past", List.of(State.OPEN, State.DONE));
        equal(pairs, "past", List.of());
        equal(pairs, "note", Map.of("a", 1));
        List<State> states = List.of(State.IN_PROGRESS, State.DONE);
        pairs.put("in", new Pair(RowFilter.in("state", states), q -> q.in("state", states)));
        pairs.put(
                "not in",
                new Pair(
                        RowFilter.not(RowFilter.in("state", states)),
                        q -> q.notIn("state", states)));
        List<String> titles = ROWS.stream().skip(3).map(Ticket::title).toList();
        pairs.put("in texts", new Pair(RowFilter.in("title", titles), q -> q.in("title", titles)));
        List<Object> amounts = List.of(1e7, Double.NaN);
        pairs.put(
                "in numbers",
                new Pair(RowFilter.in("amount", amounts), q -> q.in("amount", amounts)));
        pairs.put(
                "like",
                new Pair(RowFilter.like("title", "a\\%\\__"), q -> q.like("title", "a\\%\\__")));
        pairs.put("is null", new Pair(RowFilter.is("state", null), q -> q.is("state", null)));
        pairs.put(
                "distinct from null",
                new Pair(RowFilter.isDistinct("state", null), q -> q.isDistinct("state", null)));
        pairs.put(
                "distinct",
                new Pair(
                        RowFilter.isDistinct("state", State.DONE),
                        q -> q.isDistinct("state", State.DONE)));
        return pairs;
    }

    private static void equal(Map<String, Pair> pairs, String column, @Nullable Object value) {
        if (value != null) {
            pairs.put(
                    column + " eq " + pairs.size(),
                    new Pair(RowFilter.eq(column, value), q -> q.eq(column, value)));
            pairs.put(
                    column + " neq " + pairs.size(),
                    new Pair(RowFilter.neq(column, value), q -> q.neq(column, value)));
        }
    }

    @BeforeAll
    static void start() throws Exception {
        hearth = RunningHearth.start(data, Map.of());
        hearth.execute(
                """
                create type state as enum ('open', 'in progress', '(done), really');
                create table public.tickets (
                    id int primary key, state state, title text, seen bytea, at timestamptz, day date,
                    price numeric, amount float8, big int8, key uuid, paid bool, past state[],
                    note jsonb);
                grant all on public.tickets to anon;
                alter publication supabase_realtime add table public.tickets;
                """);
        hearth.awaitTable("tickets");
    }

    @AfterAll
    static void stop() throws Exception {
        hearth.close();
    }

    @Test
    void aListenerHearsOfTheRowsThatAQueryFinds() throws Exception {
        Map<String, Pair> pairs = pairs();
        Map<String, Set<Integer>> heard = new ConcurrentHashMap<>();
        var all = new CountDownLatch(1);
        try (var client = SupabaseClient.create(hearth.url(), hearth.key())) {
            Channel channel = client.channel("tickets");
            pairs.forEach(
                    (name, pair) -> {
                        Set<Integer> ids = new ConcurrentSkipListSet<>();
                        heard.put(name, ids);
                        channel.onPostgresChanges(
                                PostgresEvent.INSERT,
                                rows -> rows.table("tickets").filter(pair.heard()),
                                Ticket.class,
                                change -> ids.add(change.newRecord().id()));
                    });
            channel.onPostgresChanges(
                            PostgresEvent.INSERT,
                            rows -> rows.table("tickets").filter(RowFilter.eq("id", LAST)),
                            Ticket.class,
                            change -> all.countDown())
                    .subscribe(Duration.ofSeconds(30));
            client.from("tickets").insert(ROWS).execute();
            client.from("tickets").insert(Map.of("id", LAST, "big", 9)).execute();
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();

            Map<String, Set<Integer>> found =
                    pairs.entrySet().stream()
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey,
                                            pair -> ids(client, pair.getValue().asked())));
            heard.values().forEach(ids -> ids.remove(LAST));
            assertThat(heard).containsExactlyInAnyOrderEntriesOf(found);
            assertThat(found.get("state eq 0")).containsExactly(1);
            assertThat(found.get("in")).containsExactly(2, 3);
            assertThat(found.get("in texts")).containsExactly(4, 5, 6, 7, 8, 9, 10);
        }
    }

    private static Set<Integer> ids(SupabaseClient client, UnaryOperator<SelectBuilder> said) {
        Set<Integer> ids = new TreeSet<>();
        said.apply(client.from("tickets").select("id"))
                .execute(Ticket.class)
                .forEach(row -> ids.add(row.id()));
        ids.remove(LAST);
        return ids;
    }
}
