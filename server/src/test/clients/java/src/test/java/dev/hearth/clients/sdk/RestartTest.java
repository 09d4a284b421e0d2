package dev.hearth.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.realtime.Channel;
import dev.hearth.client.realtime.ChannelOptions;
import dev.hearth.client.realtime.PostgresEvent;
import dev.hearth.client.realtime.PresenceEvent;
import dev.hearth.client.realtime.SendResult;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// All that a channel had, it has again after the server was killed: in both protocols.
class RestartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;

    record Line(long id, String body) {}

    record Who(String name) {}

    @Test
    void aChannelIsWhatItWasAfterTheServerWasKilled() throws Exception {
        try (var server = new ServerProcess(folder)) {
            execute(
                    server,
                    """
                    create table public.lines (
                        id bigint generated always as identity primary key, body text);
                    alter table public.lines enable row level security;
                    create policy everyone on public.lines for select to anon using (true);
                    alter publication supabase_realtime add table public.lines;
                    """);
            try (var old = new Listener(server, "1.0.0");
                    var young = new Listener(server, "2.0.0")) {
                List<Listener> listeners = List.of(old, young);
                execute(server, "insert into public.lines (body) values ('before')");
                listeners.forEach(listener -> listener.awaitHeard("before"));

                server.kill();
                server.start();
                listeners.forEach(listener -> listener.awaitHeard("resync"));
                execute(server, "insert into public.lines (body) values ('after')");

                for (Listener listener : listeners) {
                    listener.awaitHeard("after");
                    assertThat(listener.channel.send("b", Map.of())).isEqualTo(SendResult.OK);
                    listener.awaitHeard("broadcast");
                    listener.awaitPresence();
                    assertThat(listener.heard)
                            .containsExactly("before", "resync", "after", "broadcast");
                    assertThat(listener.client.realtime().stats().reconnects()).isEqualTo(1);
                }
            }
        }
    }

    private static void execute(ServerProcess server, String sql) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// One who is there, and writes down what it hears.
    private static final class Listener implements AutoCloseable {

        final List<String> heard = new CopyOnWriteArrayList<>();
        final SupabaseClient client;
        final Channel channel;

        Listener(ServerProcess server, String version) {
            client =
                    SupabaseClient.builder(server.url(), ServerProcess.KEY)
                            .realtime(r -> r.vsn(version))
                            .build();
            var options =
                    ChannelOptions.builder()
                            .broadcast(b -> b.self(true))
                            .presence(p -> p.key("me"))
                            .build();
            channel =
                    client.channel("restart:" + version, options)
                            .onPostgresChanges(
                                    PostgresEvent.INSERT,
                                    f -> f.table("lines"),
                                    Line.class,
                                    change -> heard.add(change.newRecord().body()))
                            .onBroadcast("b", b -> heard.add("broadcast"))
                            .onPresence(PresenceEvent.SYNC, () -> {})
                            .onResync(() -> heard.add("resync"))
                            .subscribe(PATIENCE);
            assertThat(channel.track(new Who("x"))).isEqualTo(SendResult.OK);
        }

        void awaitHeard(String what) {
            await().atMost(PATIENCE).until(() -> heard.contains(what));
        }

        void awaitPresence() {
            await().atMost(PATIENCE)
                    .until(() -> channel.presenceState(Who.class).containsKey("me"));
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
