package dev.hearth.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.util.Objects.requireNonNull;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.realtime.Channel;
import dev.hearth.client.realtime.ChannelOptions;
import dev.hearth.client.realtime.PostgresChange;
import dev.hearth.client.realtime.PostgresEvent;
import dev.hearth.client.realtime.PresenceEvent;
import dev.hearth.client.realtime.RawPayload;
import dev.hearth.client.realtime.RowFilter;
import dev.hearth.client.realtime.SendResult;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// Broadcasts, presence and changes go from client to client through the server, whichever protocol
/// one of them speaks.
class ChannelsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private static Path data;

    private static RunningHearth hearth;

    record Line(long id, String room, String body, BigDecimal amount, List<String> tags) {}

    record Who(String name) {}

    @BeforeAll
    static void start() throws Exception {
        hearth = RunningHearth.start(data, Map.of());
        hearth.execute(
                """
                create table public.lines (
                    id bigint generated always as identity primary key,
                    room text, body text, amount numeric, tags text[]);
                grant select, insert on public.lines to anon;
                alter publication supabase_realtime add table public.lines;
                """);
        hearth.awaitTable("lines");
    }

    @AfterAll
    static void stop() throws Exception {
        hearth.close();
    }

    private static SupabaseClient client(String version) {
        return SupabaseClient.builder(hearth.url(), hearth.key())
                .realtime(r -> r.vsn(version))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void broadcastsReachTheOther(String version) {
        String room = "room:" + UUID.randomUUID();
        var options = ChannelOptions.builder().broadcast(b -> b.ack(true).self(true)).build();
        try (var one = client(version);
                var other = client("2.0.0")) {
            var heard = new CopyOnWriteArrayList<Who>();
            Channel mine = one.channel(room, options).subscribe(PATIENCE);
            Channel its =
                    other.channel(room)
                            .onBroadcast("héllo", Who.class, b -> heard.add(b.payload()))
                            .onBroadcast("byHttp", Who.class, b -> heard.add(b.payload()))
                            .subscribe(PATIENCE);

            assertThat(mine.send("héllo", new Who("x"))).isEqualTo(SendResult.OK);
            mine.httpSend("byHttp", new Who("y"));

            await().until(() -> heard.size() == 2);
            assertThat(heard).containsExactly(new Who("x"), new Who("y"));
            assertThat(its.unsubscribe()).isEqualTo(SendResult.OK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void presenceIsSeenByTheOther(String version) {
        String room = "who:" + UUID.randomUUID();
        var options = ChannelOptions.builder().presence(p -> p.key("me")).build();
        try (var one = client(version);
                var other = client("2.0.0")) {
            Channel mine =
                    one.channel(room, options)
                            .onPresence(PresenceEvent.SYNC, () -> {})
                            .subscribe(PATIENCE);
            Channel its =
                    other.channel(room)
                            .onPresence(PresenceEvent.SYNC, () -> {})
                            .subscribe(PATIENCE);

            assertThat(mine.track(new Who("x"))).isEqualTo(SendResult.OK);
            await().until(() -> its.presenceState(Who.class).containsKey("me"));
            await().until(() -> mine.presenceState(Who.class).containsKey("me"));
            assertThat(
                            its.presenceState(Who.class)
                                    .getOrDefault("me", List.of())
                                    .getFirst()
                                    .value())
                    .isEqualTo(new Who("x"));

            assertThat(mine.untrack()).isEqualTo(SendResult.OK);
            await().until(() -> its.presenceState(Who.class).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void changesAreHeardAsRecords(String version) throws Exception {
        String room = UUID.randomUUID().toString();
        var amount = new BigDecimal("12345678901234567890.123456789");
        try (var client = client(version)) {
            var heard = new CompletableFuture<PostgresChange<Line>>();
            client.channel("changes:" + room)
                    .onPostgresChanges(
                            PostgresEvent.INSERT,
                            f ->
                                    f.schema("public")
                                            .table("lines")
                                            .filter(RowFilter.eq("room", room)),
                            Line.class,
                            heard::complete)
                    .subscribe(PATIENCE);

            client.from("lines")
                    .insert(
                            Map.of(
                                    "room",
                                    room,
                                    "body",
                                    "hi",
                                    "amount",
                                    amount,
                                    "tags",
                                    List.of("a", "b,c")))
                    .execute();

            Line line = requireNonNull(heard.get(20, TimeUnit.SECONDS).newRecord());
            assertThat(line.body()).isEqualTo("hi");
            assertThat(line.amount()).isEqualTo(amount);
            assertThat(line.tags()).containsExactly("a", "b,c");
        }
    }

    @Test
    void bytesArriveAsTheyWereSent() throws Exception {
        var options = ChannelOptions.builder().broadcast(b -> b.self(true)).build();
        try (var client = client("2.0.0")) {
            var heard = new CompletableFuture<RawPayload>();
            Channel channel =
                    client.channel("bytes:" + UUID.randomUUID(), options)
                            .onBroadcast("b", b -> heard.complete(b.payload()))
                            .subscribe(PATIENCE);

            assertThat(channel.send("b", new byte[] {0, 1, -1})).isEqualTo(SendResult.OK);

            RawPayload payload = heard.get(20, TimeUnit.SECONDS);
            assertThat(payload.isJson()).isFalse();
            assertThat(payload.bytes()).containsExactly(0, 1, -1);
        }
    }
}
