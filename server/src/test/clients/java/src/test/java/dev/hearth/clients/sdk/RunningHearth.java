package dev.hearth.clients.sdk;

import static org.awaitility.Awaitility.await;

import dev.hearth.Server;
import dev.hearth.client.SupabaseClient;
import dev.hearth.config.Config;
import dev.hearth.config.Settings;
import dev.hearth.database.StartProgress;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A whole server on free ports, with an embedded PostgreSQL in the folder given, and the table
/// `public.notes` that its owners alone may read.
///
/// @param database a connection as the owner of the tables
record RunningHearth(Server server, Config config, Connection database) implements AutoCloseable {

    /// Starts it in a folder, which must stay until it is closed.
    static RunningHearth start(Path folder, Map<String, String> more) throws SQLException {
        var settings = new HashMap<>(more);
        settings.put("HEARTH_PORT", "0");
        settings.put("HEARTH_DB_PORT", "0");
        settings.put("HEARTH_DATA", folder.resolve("data").toString());
        settings.put("GOTRUE_RATE_LIMIT_ANONYMOUS_USERS", "0");
        settings.put("CHANNEL_ERROR_BACKOFF_MS", "0");
        settings.put("CONNECT_ERROR_BACKOFF_MS", "0");
        var config = Config.from(Settings.of(List.of(settings)));
        var server = Server.start(config, StartProgress.silent());
        var started = new RunningHearth(server, config, connect(server.databaseUrl()));
        started.execute(
                """
                create table public.notes (
                    id bigint generated always as identity primary key,
                    owner uuid not null default auth.uid(), body text);
                alter table public.notes enable row level security;
                create policy own on public.notes to authenticated
                    using ((select auth.uid()) = owner) with check ((select auth.uid()) = owner);
                grant select, insert, update, delete on public.notes to authenticated;
                alter publication supabase_realtime add table public.notes;
                create table public.open_rows (
                    id bigint generated always as identity primary key, body text);
                grant select on public.open_rows to anon, authenticated;
                alter publication supabase_realtime add table public.open_rows;
                """);
        started.awaitTable("notes");
        started.awaitTable("open_rows");
        return started;
    }

    /// Waits until the data API knows a new table.
    void awaitTable(String table) {
        try (var client = client()) {
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> client.from(table).select().limit(1).toResult(Map.class).isOk());
        }
    }

    String url() {
        return server.apiUrl().toString();
    }

    int port() {
        return server.port();
    }

    String key() {
        return config.token().publishableKeys().getFirst().value();
    }

    String secretKey() {
        return config.token().secretKeys().getFirst().value();
    }

    /// A client as a program makes it; the caller closes it.
    SupabaseClient client() {
        return SupabaseClient.create(url(), key());
    }

    void execute(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The one column of a query, as numbers.
    List<Long> numbers(String sql) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            var numbers = new java.util.ArrayList<Long>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
        server.close();
    }

    /// The driver does not read user and password in front of the host.
    private static Connection connect(String url) throws SQLException {
        URI address = URI.create(url);
        String[] user = address.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://"
                        + address.getHost()
                        + ":"
                        + address.getPort()
                        + address.getPath(),
                user[0],
                user[1]);
    }
}
