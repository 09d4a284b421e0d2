package dev.hearth.database;

import java.nio.ByteBuffer;
import java.util.List;

/// One statement of a flush.
///
/// A value has the type that its place asks for, as if it stood in the text as a quoted literal:
/// nobody here needs to know the types.
///
/// @param text one statement with a `?` for each value; a question mark of its own is doubled
/// @param values in order
public record Command(String text, List<Value> values) {

    /// Copies the list.
    public Command {
        values = List.copyOf(values);
    }

    /// A statement without values.
    public static Command of(String text) {
        return new Command(text, List.of());
    }

    /// What a place holds.
    public sealed interface Value {

        /// Text, read as the type of the place.
        record Text(String text) implements Value {
            /// Without the text, which is personal data.
            @Override
            public String toString() {
                return "Text[…]";
            }
        }

        /// Text as UTF-8, read as the type of the place. The database refuses bytes that are no
        /// UTF-8.
        ///
        /// @param bytes a whole array, shared and not copied
        record Encoded(ByteBuffer bytes) implements Value {}

        /// Bytes for a place of type `bytea`.
        ///
        /// @param bytes a whole array, shared and not copied
        record Binary(ByteBuffer bytes) implements Value {}
    }
}
