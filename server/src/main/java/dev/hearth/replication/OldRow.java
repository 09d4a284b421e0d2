package dev.hearth.replication;

/// What the log tells of a row before an UPDATE or a DELETE.
public sealed interface OldRow {

    OldRow NONE = new None();

    /// An UPDATE that left the identity as it was, of a table whose identity is not FULL.
    record None() implements OldRow {}

    /// The columns of the identity; all others are [Cell.Null] and mean nothing.
    record Key(Row row) implements OldRow {}

    /// The whole row: REPLICA IDENTITY FULL.
    record Full(Row row) implements OldRow {}
}
