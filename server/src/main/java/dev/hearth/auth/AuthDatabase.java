package dev.hearth.auth;

import dev.hearth.database.Work;

import java.sql.SQLException;

/// Transactions in the tables of auth, as the role that owns them (`supabase_auth_admin`). Safe for
/// any thread; blocks while no connection is free.
public interface AuthDatabase {

    /// Runs the work in one transaction (read committed) and commits; rolls back when it throws.
    ///
    /// @return what the work returned
    /// @throws SQLException of the work, or when there is no connection or no commit
    <T> T inTransaction(Work<T> work) throws SQLException;
}
