package dev.hearth.auth;

import dev.hearth.database.Sql;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Statements and their rows.
final class Rows {

    private Rows() {}

    /// Makes a value of the row on which the result stands.
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Runs a statement that changes rows.
    ///
    /// @return how many
    static int change(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = bound(connection, sql)) {
            return statement.executeUpdate();
        }
    }

    /// All rows, in order.
    static <T> List<T> all(Connection connection, Sql sql, Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = bound(connection, sql);
                ResultSet rows = statement.executeQuery()) {
            var values = new ArrayList<T>();
            while (rows.next()) {
                values.add(reader.read(rows));
            }
            return List.copyOf(values);
        }
    }

    /// The first row.
    static <T> Optional<T> first(Connection connection, Sql sql, Reader<T> reader)
            throws SQLException {
        return all(connection, sql, reader).stream().findFirst();
    }

    /// Whether there is a row.
    static boolean exists(Connection connection, Sql sql) throws SQLException {
        return first(connection, sql, row -> true).isPresent();
    }

    /// A `timestamptz`.
    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    /// An instant as it is bound for a `timestamptz`, to the microsecond.
    static OffsetDateTime timestamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /// A text, empty where it is null.
    static String text(ResultSet row, String column) throws SQLException {
        @Nullable String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static PreparedStatement bound(Connection connection, Sql sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.text());
        try {
            int index = 1;
            for (Object value : sql.values()) {
                statement.setObject(index++, value);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
