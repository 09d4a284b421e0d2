package dev.hearth.rest.catalog;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The rows of a query on the catalogs, as values.
final class Rows {

    /// Makes a value of one row.
    interface Reading<T> {
        T read(Row row) throws SQLException;
    }

    /// One row, by the names of its columns.
    record Row(ResultSet results) {

        String text(String column) throws SQLException {
            return optionalText(column)
                    .orElseThrow(() -> new SQLException("The catalogs lack " + column + "."));
        }

        Optional<String> optionalText(String column) throws SQLException {
            return Optional.ofNullable(results.getString(column));
        }

        boolean flag(String column) throws SQLException {
            return results.getBoolean(column);
        }

        int number(String column) throws SQLException {
            return results.getInt(column);
        }

        OptionalInt optionalNumber(String column) throws SQLException {
            int number = results.getInt(column);
            return results.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
        }

        /// An object identifier, which is larger than an `int`.
        long oid(String column) throws SQLException {
            return results.getLong(column);
        }

        QualifiedName name(String schema, String name) throws SQLException {
            return new QualifiedName(text(schema), text(name));
        }

        /// An array of text; an absent element is the empty text, an absent array has none.
        List<String> texts(String column) throws SQLException {
            return elements(column).stream().map(each -> each.orElse("")).toList();
        }

        /// An array of numbers; an absent array has none.
        List<Integer> numbers(String column) throws SQLException {
            return elements(column).stream()
                    .flatMap(Optional::stream)
                    .map(Integer::valueOf)
                    .toList();
        }

        /// An array of flags.
        List<Boolean> flags(String column) throws SQLException {
            return elements(column).stream()
                    .flatMap(Optional::stream)
                    .map(Boolean::valueOf)
                    .toList();
        }

        private List<Optional<String>> elements(String column) throws SQLException {
            Array array = results.getArray(column);
            if (array == null) {
                return List.of();
            }
            return Arrays.stream((Object[]) array.getArray())
                    .map(element -> Optional.ofNullable(element).map(String::valueOf))
                    .toList();
        }
    }

    private Rows() {}

    /// Runs a query.
    ///
    /// @param lists what is bound, each an array of text
    @SafeVarargs
    static <T> List<T> of(
            Connection connection, String query, Reading<T> reading, List<String>... lists)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int index = 0; index < lists.length; index++) {
                statement.setArray(
                        index + 1, connection.createArrayOf("text", lists[index].toArray()));
            }
            var read = new ArrayList<T>();
            try (ResultSet results = statement.executeQuery()) {
                var row = new Row(results);
                while (results.next()) {
                    read.add(reading.read(row));
                }
            }
            return read;
        }
    }
}
