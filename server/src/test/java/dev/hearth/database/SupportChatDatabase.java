package dev.hearth.database;

import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.postgresql.ds.PGSimpleDataSource;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A platform database with the support chat, laid as role `postgres`, and two organizations in it
/// that must never see one another:
///
/// | | acme | bolt |
/// |---|---|---|
/// | agents | ann, abe | bob |
/// | visitor | vic | una |
/// | conversations | `vics` (open), `vics_old` (closed) | `unas` (open) |
/// | message, receipt, typing, suggestion | one each in `vics` | one each in `unas` |
///
/// SQL names these rows in braces: `{vics}` becomes the quoted id.
final class SupportChatDatabase implements AutoCloseable {
    /// What a statement came to: how many rows it showed or changed, or how it was refused.
    sealed interface Outcome {
        record Rows(int count) implements Outcome {}

        record Refused(String sqlState) implements Outcome {}
    }

    /// Who asks: a database role and, when signed in, the name of a user.
    record Caller(String role, Optional<String> user) {
        static Caller user(String name) {
            return new Caller("authenticated", Optional.of(name));
        }

        static Caller nobody() {
            return new Caller("anon", Optional.empty());
        }

        static Caller named(String name) {
            return name.equals("nobody") ? nobody() : user(name);
        }

        @Override
        public String toString() {
            return user.orElse("nobody");
        }

        private String claims() {
            return user.map(
                            name ->
                                    "{\"role\":\"%s\",\"sub\":\"%s\"}"
                                            .formatted(role, IDS.get(name)))
                    .orElse("{\"role\":\"anon\"}");
        }
    }

    static final Outcome DENIED = new Outcome.Refused("42501");

    private static final Map<String, String> IDS =
            Map.ofEntries(
                    Map.entry("acme", "00000000-0000-4000-8000-00000000000a"),
                    Map.entry("bolt", "00000000-0000-4000-8000-00000000000b"),
                    Map.entry("ann", "00000000-0000-4000-8000-0000000000a1"),
                    Map.entry("abe", "00000000-0000-4000-8000-0000000000a2"),
                    Map.entry("bob", "00000000-0000-4000-8000-0000000000b1"),
                    Map.entry("vic", "00000000-0000-4000-8000-0000000000a3"),
                    Map.entry("una", "00000000-0000-4000-8000-0000000000b3"),
                    Map.entry("vics", "00000000-0000-4000-8000-000000000a01"),
                    Map.entry("vics_old", "00000000-0000-4000-8000-000000000a02"),
                    Map.entry("unas", "00000000-0000-4000-8000-000000000b01"),
                    Map.entry("vics_message", "00000000-0000-4000-8000-000000000a11"),
                    Map.entry("unas_message", "00000000-0000-4000-8000-000000000b11"),
                    Map.entry("new", "00000000-0000-4000-8000-0000000000ff"));

    private static final String EXPOSE = "select hearth.expose_new_tables(true)";

    private static final String SEED =
            """
            insert into auth.users (id) values ({ann}), ({abe}), ({bob}), ({vic}), ({una});
            insert into organizations (id, name, slug) values
                ({acme}, 'Acme', 'acme'), ({bolt}, 'Bolt', 'bolt');
            insert into profiles (user_id, organization_id, full_name) values
                ({ann}, {acme}, 'Ann'), ({abe}, {acme}, 'Abe'), ({bob}, {bolt}, 'Bob');
            insert into widget_sessions (user_id, organization_id) values
                ({vic}, {acme}), ({una}, {bolt});
            insert into conversations (id, organization_id, widget_user_id, status, tags) values
                ({vics}, {acme}, {vic}, 'open', '{"red","blue"}'),
                ({vics_old}, {acme}, {vic}, 'closed', '{}'),
                ({unas}, {bolt}, {una}, 'open', '{}');
            insert into messages (id, conversation_id, organization_id, content, sender_type) values
                ({vics_message}, {vics}, {acme}, 'Hello', 'visitor'),
                ({unas_message}, {unas}, {bolt}, 'Hello', 'visitor');
            insert into read_receipts (message_id, user_id, conversation_id) values
                ({vics_message}, {abe}, {vics}), ({unas_message}, {bob}, {unas});
            insert into typing_indicators (conversation_id, user_key, organization_id, is_typing)
                values ({vics}, {vic}, {acme}, true), ({unas}, {una}, {bolt}, true);
            insert into ai_suggestions (conversation_id, organization_id, content) values
                ({vics}, {acme}, 'Say hello'), ({unas}, {bolt}, 'Say hello');
            """;

    private final TestDatabase database;

    private SupportChatDatabase(TestDatabase database) {
        this.database = database;
    }

    /// The support chat with its two organizations.
    static SupportChatDatabase create() {
        var chat = withoutChat();
        SupportChatFiles.MIGRATIONS.forEach(file -> chat.run(SupportChatFiles.read(file)));
        chat.run(SEED);
        return chat;
    }

    /// The support chat without a row, laid as the server lays it.
    static SupportChatDatabase empty() {
        var chat = withoutChat();
        chat.migrate();
        return chat;
    }

    /// A platform database and nothing else, where all that is new in `public` is exposed, so that
    /// the files themselves have to say who may do what.
    static SupportChatDatabase withoutChat() {
        var database = TestPostgres.cluster().createPlatformDatabase();
        database.execute("alter database %s owner to postgres".formatted(database.name()), EXPOSE);
        return new SupportChatDatabase(database);
    }

    /// Brings the support chat to its newest version, as the server does with `--with
    /// support-chat`.
    void migrate() {
        new Migrations(
                        source(TestPostgres.SUPERUSER),
                        source("postgres"),
                        MigrationProgress.silent())
                .with("support-chat");
    }

    private PGSimpleDataSource source(String role) {
        var source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(role);
        source.setPassword(TestPostgres.PASSWORD);
        return source;
    }

    /// Says whether it is a database for development only, as the server does at its start.
    void environment(boolean development) throws SQLException {
        Databases.migrations(database, MigrationProgress.silent()).environment(development);
    }

    /// The two organizations as [#create()] made them, with the mirror as its file makes it.
    void reset() {
        run("alter table realtime_conversations no force row level security");
        run(SupportChatFiles.read("V004__realtime.sql"));
        run("truncate organizations, auth.users cascade");
        run(SEED);
    }

    /// Drops all that was made since [#withoutChat()].
    void clear() {
        run(
                """
                drop schema public cascade;
                drop schema if exists "Odd ""one" cascade;
                drop publication if exists plain;
                create schema public;
                grant usage on schema public to anon, authenticated, service_role;
                """);
        database.execute(EXPOSE);
    }

    /// Runs statements as `postgres`, who passes every policy, in one transaction.
    void run(String sql) {
        try (var connection = database.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(fill(sql));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first column of every row that a query as `postgres` answers; null becomes "null".
    List<String> ask(String sql) {
        try (var connection = database.connect("postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(fill(sql))) {
            return column(rows);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What the statement comes to for this caller. Nothing of it stays.
    Outcome attempt(Caller caller, String sql) {
        return attempt("", caller, sql);
    }

    /// The same after `postgres` prepared the ground, in the same transaction.
    Outcome attempt(String preparation, Caller caller, String sql) {
        try (var connection = database.connect("postgres")) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                if (!preparation.isEmpty()) {
                    statement.execute(fill(preparation));
                }
                become(connection, caller);
                return new Outcome.Rows(count(statement, fill(sql)));
            } catch (SQLException e) {
                return new Outcome.Refused(e.getSQLState());
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Runs the statement as this caller, and commits.
    void commit(Caller caller, String sql) {
        try (var connection = database.connect("authenticator")) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                become(connection, caller);
                statement.execute(fill(sql));
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void become(Connection connection, Caller caller) throws SQLException {
        try (var settings =
                connection.prepareStatement(
                        "select set_config('role', ?, true), set_config('request.jwt.claims', ?,"
                                + " true)")) {
            settings.setString(1, caller.role());
            settings.setString(2, caller.claims());
            settings.execute();
        }
    }

    private static int count(Statement statement, String sql) throws SQLException {
        if (statement.execute(sql)) {
            return column(statement.getResultSet()).size();
        }
        return statement.getUpdateCount();
    }

    private static List<String> column(ResultSet rows) throws SQLException {
        var values = new ArrayList<String>();
        while (rows.next()) {
            values.add(String.valueOf(rows.getString(1)));
        }
        return values;
    }

    private static String fill(String sql) {
        return replace(sql, "'");
    }

    /// The text with ids for names, not quoted.
    static String bare(String text) {
        return replace(text, "");
    }

    private static String replace(String text, String quote) {
        var filled = text;
        for (var id : IDS.entrySet()) {
            filled = filled.replace("{" + id.getKey() + "}", quote + id.getValue() + quote);
        }
        return filled;
    }

    @Override
    public void close() {
        database.close();
    }
}
