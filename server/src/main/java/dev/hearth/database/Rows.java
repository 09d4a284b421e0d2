package dev.hearth.database;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Reads what a statement returned.
///
/// @param <T> what comes out
@FunctionalInterface
public interface Rows<T> {

    /// Called once, with the cursor before the first row.
    T read(ResultSet rows) throws SQLException;
}
