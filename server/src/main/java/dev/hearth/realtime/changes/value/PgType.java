package dev.hearth.realtime.changes.value;

/// A type of the database.
///
/// @param oid unsigned
/// @param schema where it lives
/// @param name its `typname`, as `columns[].type` shows it
/// @param shape how its text becomes JSON
/// @param equality what its texts tell; collatable types count as [Equality#TEXT] here, the
///   collation of the column decides further
public record PgType(long oid, String schema, String name, Shape shape, Equality equality) {}
