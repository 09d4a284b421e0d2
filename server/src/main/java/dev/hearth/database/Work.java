package dev.hearth.database;

import java.sql.Connection;
import java.sql.SQLException;

/// What is done inside one transaction. Runs on the caller's thread and may block.
///
/// @param <T> what comes out
@FunctionalInterface
public interface Work<T> {

    /// Uses the connection; neither commits, rolls back nor closes it, nor changes its settings
    /// beyond the transaction.
    T run(Connection connection) throws SQLException;
}
