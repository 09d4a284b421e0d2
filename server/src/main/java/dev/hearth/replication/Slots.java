package dev.hearth.replication;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// What is asked about slots, and done to them, on an ordinary connection.
final class Slots {

    private static final String OBJECT_IN_USE = "55006";
    private static final int ATTEMPTS = 40;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(25);

    private Slots() {}

    /// Who reads from a slot. Texts are empty where our role may not see them.
    ///
    /// @param silence since its last sign of life, or since it came when it never gave one
    record Holder(int pid, String application, String address, Duration silence) {}

    static Optional<Holder> holder(Connection connection, int pid) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        """
                        select coalesce(application_name, '') as application,
                               coalesce(host(client_addr), '') as address,
                               coalesce(extract(epoch from
                                   clock_timestamp() - coalesce(reply_time, backend_start)), 0)
                                   as silence
                          from pg_stat_replication
                         where pid = ?
                        """)) {
            statement.setInt(1, pid);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(
                        new Holder(
                                pid,
                                row.getString("application"),
                                row.getString("address"),
                                Duration.ofMillis((long) (row.getDouble("silence") * 1_000))));
            }
        }
    }

    /// Ends a process of our own role.
    ///
    /// @return whether it was there
    static boolean end(Connection connection, int pid) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_terminate_backend(?)")) {
            statement.setInt(1, pid);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    static void drop(Connection connection, String slot) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_drop_replication_slot(?)")) {
            statement.setString(1, slot);
            statement.execute();
        }
    }

    /// Drops a slot whose reader has been ended, which takes it a moment.
    ///
    /// @return whether it is gone; false while it is still in use
    static boolean dropOnceFree(Connection connection, String slot) throws SQLException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                drop(connection, slot);
                return true;
            } catch (SQLException e) {
                if (!OBJECT_IN_USE.equals(e.getSQLState())) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            }
        }
        return false;
    }

    /// Confirms all before a position of a slot whose reader has just gone.
    ///
    /// @return whether it is confirmed; false while the slot is still in use
    static boolean advanceOnceFree(Connection connection, String slot, Lsn position)
            throws SQLException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (var statement =
                    connection.prepareStatement(
                            """
                            select pg_replication_slot_advance(slot_name, ?::pg_lsn)
                              from pg_replication_slots
                             where slot_name = ? and confirmed_flush_lsn < ?::pg_lsn\
                            """)) {
                statement.setString(1, position.toString());
                statement.setString(2, slot);
                statement.setString(3, position.toString());
                statement.execute();
                return true;
            } catch (SQLException e) {
                if (!OBJECT_IN_USE.equals(e.getSQLState())) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            }
        }
        return false;
    }

    /// The processes for which a process waits, with commas between; empty for none.
    static String blockers(Connection connection, int pid) throws SQLException {
        try (var statement =
                connection.prepareStatement("select array_to_string(pg_blocking_pids(?), ',')")) {
            statement.setInt(1, pid);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
