package dev.hearth.testing;

import dev.hearth.config.DatabaseUrl;
import dev.hearth.database.Database;
import dev.hearth.database.EmbeddedPostgres;

import java.sql.Connection;
import java.sql.SQLException;

/// One database of the test cluster. Closing it drops it, with its replication slots and whoever is
/// still connected.
public final class TestDatabase implements AutoCloseable {
    private final TestPostgres cluster;
    private final String name;
    private final boolean dropped;

    TestDatabase(TestPostgres cluster, String name, boolean dropped) {
        this.cluster = cluster;
        this.name = name;
        this.dropped = dropped;
    }

    /// The database's name.
    public String name() {
        return name;
    }

    /// Where its server listens.
    public String host() {
        return EmbeddedPostgres.HOST;
    }

    /// The server's port.
    public int port() {
        return cluster.port();
    }

    /// `jdbc:postgresql://host:port/name`, without a user.
    public String jdbcUrl() {
        return cluster.jdbcUrl(name);
    }

    /// A `postgresql://role:password@host:port/name` address, as people write it.
    public String url(String role) {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(role, TestPostgres.PASSWORD, host(), port(), name);
    }

    /// The addresses of the server's three logins.
    public Database.Logins logins() {
        return new Database.Logins(
                login("authenticator"),
                login("supabase_auth_admin"),
                login("supabase_replication_admin"));
    }

    private DatabaseUrl login(String role) {
        return DatabaseUrl.parse("TEST", url(role));
    }

    /// A new connection as `role`; the caller closes it.
    public Connection connect(String role) {
        try {
            return cluster.connect(role, name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Runs each statement as superuser, each in a transaction of its own. One that holds several,
    /// parted by semicolons, runs as one.
    public void execute(String... statements) {
        try (var connection = connect(TestPostgres.SUPERUSER);
                var running = connection.createStatement()) {
            for (var statement : statements) {
                running.execute(statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first column of the first row that `query` answers as superuser, as text.
    ///
    /// @throws IllegalStateException when there is no row or the value is null
    public String ask(String query) {
        try (var connection = connect(TestPostgres.SUPERUSER);
                var asking = connection.createStatement();
                var rows = asking.executeQuery(query)) {
            var value = rows.next() ? rows.getString(1) : null;
            if (value == null) {
                throw new IllegalStateException("no answer to: " + query);
            }
            return value;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (!dropped) {
            return;
        }
        try {
            dropSlots();
            cluster.run("drop database if exists " + name + " with (force)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A slot in use can be dropped only after its sender has gone, which takes a moment.
    private void dropSlots() throws SQLException {
        cluster.run(
                """
                do $$
                declare slot record;
                begin
                    for attempt in 1 .. 100 loop
                        perform pg_terminate_backend(active_pid) from pg_replication_slots
                            where database = '%1$s' and active_pid is not null;
                        for slot in select slot_name from pg_replication_slots
                            where database = '%1$s' and active_pid is null
                        loop
                            begin
                                perform pg_drop_replication_slot(slot.slot_name);
                            exception when object_in_use then null;
                            end;
                        end loop;
                        exit when not exists (
                            select from pg_replication_slots where database = '%1$s');
                        perform pg_sleep(0.05);
                    end loop;
                end $$\
                """
                        .formatted(name));
    }
}
