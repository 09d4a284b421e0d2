package dev.hearth.replication;

import dev.hearth.database.Sql;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A connection in replication mode and the copy that runs on it.
///
/// Stands on pgjdbc's `CopyDual` and not on its `PGReplicationStream`: that keeps keepalives to
/// itself while it blocks, and their positions are needed here. Reads block without a timeout: the
/// driver ends a copy whose read runs into one. What wakes the reader on a quiet stream is the
/// server, which asks for a sign of life every half of `wal_sender_timeout`.
///
/// One thread reads. Another may call [#tryConfirm] and [#abort].
final class Stream implements AutoCloseable {

    private static final int STATUS_LENGTH = 1 + 4 * Long.BYTES + 1;
    private static final long POSTGRES_EPOCH_MILLISECONDS = 946_684_800_000L;

    private final Connection connection;
    private final int backendPid;
    private @Nullable CopyDual copy;

    /// Held while reading or writing: pgjdbc's own lock is held by a blocked read, and whoever
    /// waits for it waits as long.
    private final ReentrantLock io = new ReentrantLock();

    private volatile long waitingNanos = System.nanoTime();
    private volatile long confirmedNanos = System.nanoTime();
    private volatile boolean reading;

    private Stream(Connection connection) throws SQLException {
        this.connection = connection;
        this.backendPid = connection.unwrap(PGConnection.class).getBackendPID();
    }

    /// Connects and sets the session, whatever JVM, role and database have for defaults.
    static Stream connect(ReplicationConnections connections, ReplicationSettings settings)
            throws SQLException {
        Connection connection =
                connections.open(
                        Map.of(
                                "replication", "database",
                                "preferQueryMode", "simple",
                                "assumeMinServerVersion", "15",
                                "ApplicationName", settings.applicationName(),
                                "connectTimeout", "10",
                                "loginTimeout", "15",
                                "socketTimeout", "0",
                                "tcpKeepAlive", "true"));
        try (var statement = connection.createStatement()) {
            statement.execute(sessionSettings(settings.senderTimeout()));
            return new Stream(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// Values are rendered under these, so no default of role or database may reach them; and no
    /// timeout may end a stream or the making of a slot.
    private static String sessionSettings(Duration senderTimeout) {
        return """
        set timezone = 'UTC';
        set datestyle = 'ISO, MDY';
        set intervalstyle = 'postgres';
        set bytea_output = 'hex';
        set extra_float_digits = 1;
        set lc_monetary = 'C';
        set statement_timeout = 0;
        set lock_timeout = 0;
        set idle_session_timeout = 0;
        set idle_in_transaction_session_timeout = 0;
        set wal_sender_timeout = %d;
        """
                .formatted(senderTimeout.toMillis());
    }

    /// Makes the slot. Waits for every transaction that runs now.
    void createSlot(String slot) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "select pg_create_logical_replication_slot(?, 'pgoutput')")) {
            statement.setString(1, slot);
            statement.execute();
        }
    }

    /// The cluster's own number, which a restored copy of it shares and another does not.
    String systemIdentifier() throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("IDENTIFY_SYSTEM")) {
            result.next();
            return result.getString(1);
        }
    }

    /// Begins the stream. Transactions in progress are not streamed, so that all that comes is
    /// committed.
    void start(String slot, Lsn from, String publication) throws SQLException {
        String command =
                "START_REPLICATION SLOT %s LOGICAL %s (proto_version '1', publication_names %s)"
                        .formatted(
                                Sql.identifier(slot),
                                from,
                                Quoted.literal(Sql.identifier(publication)));
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyDual(command);
    }

    /// The next frame of the stream, blocking until it is there.
    ///
    /// @throws SQLException when the stream has ended, for whatever reason
    ByteBuffer next() throws SQLException {
        byte @Nullable [] frame;
        io.lock();
        try {
            waitingNanos = System.nanoTime();
            reading = true;
            frame = copy().readFromCopy(true);
        } finally {
            reading = false;
            io.unlock();
        }
        if (frame == null) {
            throw new SQLException("the server ended the stream", "57P01");
        }
        return ByteBuffer.wrap(frame);
    }

    /// Tells the server what has come and what is confirmed. Only from the reading thread.
    void confirm(Lsn received, Lsn confirmed) throws SQLException {
        io.lock();
        try {
            write(received, confirmed);
        } finally {
            io.unlock();
        }
    }

    /// The same from another thread, unless the reader is at it: it will do so itself.
    void tryConfirm(Lsn received, Lsn confirmed) throws SQLException {
        if (!io.tryLock()) {
            return;
        }
        try {
            write(received, confirmed);
        } finally {
            io.unlock();
        }
    }

    private void write(Lsn received, Lsn confirmed) throws SQLException {
        var status = ByteBuffer.allocate(STATUS_LENGTH);
        status.put((byte) 'r');
        status.putLong(received.orLater(confirmed).value());
        status.putLong(confirmed.value());
        status.putLong(confirmed.value());
        status.putLong((System.currentTimeMillis() - POSTGRES_EPOCH_MILLISECONDS) * 1_000);
        status.put((byte) 0);
        CopyDual open = copy();
        open.writeToCopy(status.array(), 0, STATUS_LENGTH);
        open.flushCopy();
        confirmedNanos = System.nanoTime();
    }

    private CopyDual copy() throws SQLException {
        CopyDual open = copy;
        if (open == null) {
            throw new SQLException("the stream has not been started", "55000");
        }
        return open;
    }

    /// The warnings since the last call. Only from the reading thread.
    List<SQLWarning> warnings() throws SQLException {
        SQLWarning first = connection.getWarnings();
        if (first == null) {
            return List.of();
        }
        connection.clearWarnings();
        var warnings = new ArrayList<SQLWarning>();
        for (SQLWarning next = first; next != null; next = next.getNextWarning()) {
            warnings.add(next);
        }
        return warnings;
    }

    int backendPid() {
        return backendPid;
    }

    /// How long a read has waited in vain; empty while nobody reads.
    Optional<Duration> silence() {
        return reading ? Optional.of(since(waitingNanos)) : Optional.empty();
    }

    /// How long the server has not been told anything.
    Duration sinceConfirm() {
        return since(confirmedNanos);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /// Cuts the connection, whoever is in the middle of a read. Safe for any thread.
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException _) {
            // It is gone already, which is what was wanted.
        }
    }

    @Override
    public void close() {
        abort();
    }
}
