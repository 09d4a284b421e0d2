package dev.hearth.database;

import org.postgresql.core.BaseConnection;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.Oid;
import org.postgresql.core.ParameterList;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.TransactionState;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A connection of the login role `authenticator`, borrowed for a transaction under a caller. For
/// one thread.
///
/// Each [#send] is one round trip: its statements leave in one flush. The driver's own doors cannot
/// do that for values of types that it is not told, so this class speaks to its core
/// (`org.postgresql.core`), which is public but not promised: everything that depends on it is here
/// and in `Replies`.
///
/// On the wire: `Bind Execute` for each statement and one `Sync`, with a `Parse` before it where
/// the connection has not seen the text. The first run of a text anywhere leaves the types of its
/// values open and reads them from the answer ([Flush]).
public final class CallerSession implements AutoCloseable {

    private static final int FLAGS =
            QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_NO_BINARY_TRANSFER;

    /// Ends a flush within a transaction. From PostgreSQL 18 on the server tells of a search path
    /// that has changed by then, whereupon the driver prepares all its statements anew.
    public static final Command PAUSE =
            Command.of(
                    "select set_config('hearth.search_path', current_setting('search_path'), true),"
                            + " set_config('search_path', null, true)");

    /// Begins the next flush of a transaction behind a [#PAUSE].
    public static final Command RESUME =
            Command.of(
                    "select set_config('search_path', current_setting('hearth.search_path'),"
                            + " true)");

    private final Connection connection;
    private final QueryExecutor executor;
    private final Flushes flushes;
    private final Consumer<Connection> evict;
    private Optional<Flush> last = Optional.empty();
    private boolean closed;

    /// @param evict takes a connection that nobody may use again out of its pool
    CallerSession(Connection connection, Flushes flushes, Consumer<Connection> evict)
            throws SQLException {
        this.connection = connection;
        this.executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
        this.flushes = flushes;
        this.evict = evict;
    }

    /// Sends statements in one flush and waits for what they are answered, in order.
    ///
    /// @throws SQLException the first error; the statements behind it have not run
    public List<Reply> send(List<Command> commands) throws SQLException {
        var replies = new Replies();
        execute(commands, replies, 0);
        return replies.all();
    }

    /// Sends statements in one flush, the last of them through a portal that gives no more than
    /// some rows at a time.
    ///
    /// @return what the statements before the last were answered, and the way to the rows
    public Cursor open(List<Command> commands, int fetchSize) throws SQLException {
        var replies = new Replies();
        execute(commands, replies, fetchSize);
        return new Cursor(replies);
    }

    private void execute(List<Command> commands, Replies replies, int fetchSize)
            throws SQLException {
        Flush flush = flushes.of(commands);
        last = Optional.of(flush);
        Object key = executor.createQueryKey(flush.text(), false, true);
        Optional<int[]> known = flush.types();
        // A statement whose types the driver has asked for would go alone from then on, so that
        // one is not kept.
        CachedQuery query =
                known.isPresent() ? executor.borrowQueryByKey(key) : executor.createQueryByKey(key);
        try {
            ParameterList parameters = query.query.createParameterList();
            bind(commands, known, parameters);
            int flags = fetchSize > 0 ? FLAGS | QueryExecutor.QUERY_FORWARD_CURSOR : FLAGS;
            executor.execute(query.query, parameters, replies, 0, fetchSize, flags);
            if (known.isEmpty()) {
                flush.learn(parameters.getTypeOIDs());
            }
        } finally {
            if (known.isPresent()) {
                executor.releaseQuery(query);
            }
        }
    }

    private static void bind(
            List<Command> commands, Optional<int[]> known, ParameterList parameters)
            throws SQLException {
        int index = 0;
        for (Command command : commands) {
            for (Command.Value value : command.values()) {
                int type = known.isPresent() ? known.get()[index] : Oid.UNSPECIFIED;
                index++;
                switch (value) {
                    case Command.Value.Text(String text) ->
                            parameters.setStringParameter(index, text, type);
                    case Command.Value.Encoded(ByteBuffer bytes) ->
                            bind(parameters, index, bytes, type);
                    case Command.Value.Binary(ByteBuffer bytes) ->
                            parameters.setBinaryParameter(index, whole(bytes), Oid.BYTEA);
                }
            }
        }
    }

    private static byte[] whole(ByteBuffer bytes) {
        if (bytes.arrayOffset() != 0 || bytes.remaining() != bytes.array().length) {
            throw new IllegalArgumentException("a part of an array");
        }
        return bytes.array();
    }

    /// Types whose binary form is their text take the bytes as they are.
    private static void bind(ParameterList parameters, int index, ByteBuffer bytes, int type)
            throws SQLException {
        if (type == Oid.JSON || type == Oid.TEXT || type == Oid.VARCHAR) {
            parameters.setBinaryParameter(index, whole(bytes), type);
            return;
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
            parameters.setStringParameter(index, text, type);
        } catch (CharacterCodingException _) {
            // Left to the database to refuse.
            parameters.setBinaryParameter(index, whole(bytes), Oid.TEXT);
        }
    }

    /// Forgets what was learned of the statements that were sent last: the database may have
    /// changed since.
    ///
    /// @return whether there was anything to forget
    public boolean forgetTypes() {
        return last.map(Flush::forget).orElse(false);
    }

    /// Forgets the statements that the connection has prepared. Not within a transaction.
    public void forgetPrepared() throws SQLException {
        send(List.of(Command.of("deallocate all")));
    }

    /// Ends the transaction of this connection, if there is one, without its changes.
    ///
    /// @throws SQLException when the connection is of no more use
    public void rollback() throws SQLException {
        if (executor.getTransactionState() != TransactionState.IDLE) {
            send(List.of(Command.of("rollback")));
        }
    }

    /// Gives the connection back, in no transaction; one that is broken leaves the pool. A second
    /// time it does nothing: the connection may be somebody else's by then.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (connection) {
            rollback();
            if (executor.isClosed()) {
                evict.accept(connection);
            }
        } catch (SQLException _) {
            evict.accept(connection);
        }
    }

    /// Rows of a statement that come by and by.
    public final class Cursor {

        private Replies replies;

        private Cursor(Replies replies) {
            this.replies = replies;
        }

        /// What the statements before the last were answered.
        public List<Reply> before() {
            return replies.all().subList(0, replies.all().size() - 1);
        }

        /// The rows that came last.
        public Reply rows() {
            return replies.last();
        }

        /// Gets more rows.
        ///
        /// @return whether there may be any
        public boolean next(int fetchSize) throws SQLException {
            Optional<ResultCursor> cursor = replies.cursor();
            if (cursor.isEmpty()) {
                return false;
            }
            var more = new Replies();
            executor.fetch(cursor.get(), more, fetchSize, false);
            replies = more;
            return true;
        }
    }
}
