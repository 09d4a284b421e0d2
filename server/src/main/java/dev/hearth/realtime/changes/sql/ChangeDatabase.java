package dev.hearth.realtime.changes.sql;

import dev.hearth.database.Work;

import java.sql.Connection;
import java.sql.SQLException;

/// The database as this room needs it. Safe for any thread; both methods block.
public interface ChangeDatabase {

    /// A transaction of the server itself that reads catalogs.
    <T> T catalog(Work<T> work) throws SQLException;

    /// A connection of the login role `authenticator` in auto-commit mode; closing gives it back.
    /// This room sets role and claims inside of transactions only.
    Connection authenticator() throws SQLException;
}
