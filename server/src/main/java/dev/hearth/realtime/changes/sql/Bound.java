package dev.hearth.realtime.changes.sql;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/// A statement that grows with its values, to be joined with others in one round trip.
public final class Bound {

    private record Value(@Nullable String text, boolean untyped) {}

    private final StringBuilder text;
    private final List<Value> values = new ArrayList<>();

    private Bound(String text) {
        this.text = new StringBuilder(text);
    }

    /// Begins with a statement of ours.
    public static Bound of(String text) {
        return new Bound(text);
    }

    /// Statements of ours and names that went through quoting only, never a value.
    public Bound add(String more) {
        text.append(more);
        return this;
    }

    /// A text.
    public Bound with(@Nullable String value) {
        values.add(new Value(value, false));
        return this;
    }

    /// A literal whose type the place in the statement decides, so that an index serves and the
    /// type needs no name.
    public Bound withUntyped(String value) {
        values.add(new Value(value, true));
        return this;
    }

    /// The statement, a `?` for each value.
    public String text() {
        return text.toString();
    }

    /// Binds from the index on; returns the index behind.
    public int bind(PreparedStatement statement, int first) throws SQLException {
        int index = first;
        for (Value value : values) {
            if (value.untyped()) {
                statement.setObject(index++, value.text(), Types.OTHER);
            } else {
                statement.setString(index++, value.text());
            }
        }
        return index;
    }
}
