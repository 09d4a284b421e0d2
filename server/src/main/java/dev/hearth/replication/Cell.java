package dev.hearth.replication;

/// One value of a row as the stream carries it. An unchanged value is not a null.
public sealed interface Cell {

    Cell NULL = new Null();
    Cell UNCHANGED = new Unchanged();

    /// SQL's null. In a [OldRow.Key] the columns outside the identity arrive like this too, and are
    /// not values there.
    record Null() implements Cell {}

    /// Stored out of line and not touched by the UPDATE: the log does not hold it.
    record Unchanged() implements Cell {}

    /// The type's text output, under the session settings that [Replication] names.
    record Text(String value) implements Cell {}
}
