package dev.hearth.replication;

import java.util.List;

/// A table as the stream describes it before its first change and again after each alteration: the
/// shape that the changes behind it have, whatever the catalog says by now.
///
/// @param oid the table's OID, unsigned; the partitioned root's where the publication says so
/// @param columns the published ones, in the table's order
public record Relation(
        long oid, String schema, String name, ReplicaIdentity identity, List<Column> columns)
        implements Message, StreamEvent {
    public Relation {
        columns = List.copyOf(columns);
    }
}
