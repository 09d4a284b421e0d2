package dev.hearth.rest.sql;

import java.util.List;

/// One SQL statement and what its places hold.
///
/// @param text with a `?` for each parameter; a question mark of its own is doubled, as the driver
///   reads it
public record Statement(String text, List<Parameter> parameters) {

    /// Copies the list.
    public Statement {
        parameters = List.copyOf(parameters);
    }

    /// What a place holds. Its type is left to the database, unless it says one.
    public sealed interface Parameter {

        /// A value as text, of whatever type the place asks for.
        record Text(String value) implements Parameter {
            /// Without the value, which is personal data.
            @Override
            public String toString() {
                return "Text[…]";
            }
        }

        /// A value of the request, by its place among them.
        record Place(int place) implements Parameter {}

        /// The body of the request as text.
        record Body() implements Parameter {}

        /// The body of the request as `bytea`.
        record BodyBytes() implements Parameter {}
    }
}
