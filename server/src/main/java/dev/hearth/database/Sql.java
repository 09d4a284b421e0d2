package dev.hearth.database;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/// One statement as text with `?` for each value, and the values. Immutable.
///
/// Values are bound with their Java type; text that stands for another type is cast in the
/// statement (`?::jsonb`). A `?` that is an operator is written `??`.
///
/// @param text the statement
/// @param values what is bound, in order; null is SQL's NULL
public record Sql(String text, List<@Nullable Object> values) {

    /// Copies the values.
    public Sql {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /// A statement with its values in order.
    public static Sql of(String text, @Nullable Object... values) {
        return new Sql(text, Arrays.asList(values));
    }

    /// An identifier, or a path of them, quoted so that PostgreSQL reads exactly these names. The
    /// only way in which a name may enter a statement.
    ///
    /// @throws IllegalArgumentException for an empty name or one with a NUL character
    public static String identifier(String... path) {
        return Arrays.stream(path).map(Sql::quote).collect(Collectors.joining("."));
    }

    /// Binds the values to a statement made from the text.
    ///
    /// @param first the index of the first parameter, from 1
    /// @return the index behind the last one
    int bind(PreparedStatement statement, int first) throws SQLException {
        int index = first;
        for (Object value : values) {
            statement.setObject(index++, value);
        }
        return index;
    }

    private static String quote(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not an identifier");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
