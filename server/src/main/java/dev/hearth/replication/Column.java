package dev.hearth.replication;

/// A published column of a [Relation].
///
/// @param typeOid the type's OID, unsigned
/// @param typeModifier `atttypmod`, -1 for none
/// @param identity whether it belongs to the replica identity. Not the primary key: FULL marks
///   every column, and an identity by index marks the columns of that index
public record Column(String name, long typeOid, int typeModifier, boolean identity) {}
