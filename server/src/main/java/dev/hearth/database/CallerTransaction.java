package dev.hearth.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// A transaction under a caller's role and claims, on a connection of the login role
/// `authenticator`.
///
/// Everything about the caller is transaction-local. What SQL of an earlier caller set for the
/// whole session (`set_config(…, false)` in a function) is taken back by `reset all` before the
/// next one begins, in the same flush, and `role` is always set anew.
final class CallerTransaction {

    private static final String OPEN = Mode.WRITE.begin() + ";reset all;";

    private final CallerSettings settings;

    CallerTransaction(CallerSettings settings) {
        this.settings = settings;
    }

    /// Several statements: three round trips around them and one for each.
    <T> T run(Connection connection, Work<T> work) throws SQLException {
        try (PreparedStatement open = prepare(connection, "")) {
            bind(open);
            open.execute();
            T result = work.run(connection);
            execute(connection, "commit");
            return result;
        } catch (SQLException | RuntimeException e) {
            abandon(connection, e);
            throw e;
        }
    }

    /// One statement in one round trip: begin, settings, statement and commit leave in one flush.
    ///
    /// @param rows reads the result of the statement; called before the commit is known
    <T> T query(Connection connection, Sql sql, Rows<T> rows) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql.text() + ";commit")) {
            sql.bind(statement, bind(statement));
            statement.execute();
            // begin, reset all and the settings come before it.
            for (int skipped = 0; skipped < 3; skipped++) {
                statement.getMoreResults(Statement.CLOSE_CURRENT_RESULT);
            }
            try (ResultSet result = statement.getResultSet()) {
                return rows.read(result);
            }
        } catch (SQLException | RuntimeException e) {
            abandon(connection, e);
            throw e;
        }
    }

    private PreparedStatement prepare(Connection connection, String rest) throws SQLException {
        return connection.prepareStatement(OPEN + settings.text() + ";" + rest);
    }

    private int bind(PreparedStatement statement) throws SQLException {
        int index = 1;
        for (var setting : settings.values().entrySet()) {
            statement.setString(index++, setting.getKey());
            statement.setString(index++, setting.getValue());
        }
        return index;
    }

    /// Rolls back by statement: the driver does not know of the transaction. A connection that
    /// cannot even do that is aborted, so that the pool drops it.
    private static void abandon(Connection connection, Exception cause) {
        try {
            execute(connection, "rollback");
        } catch (SQLException e) {
            cause.addSuppressed(e);
            abort(connection, cause);
        }
    }

    private static void abort(Connection connection, Exception cause) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
