package dev.hearth.realtime.changes.catalog;

import dev.hearth.realtime.changes.value.Types;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tables of the publication and the types of the database, at one moment. Immutable.
///
/// @param byMember the table that a Relation message's OID is matched as: the table itself, or the
///   partitioned root where the publication names leaves
public record Publication(Map<Long, Table> byMember, Types types) {

    /// Without tables, before the first reading.
    public static final Publication NONE = new Publication(Map.of(), Types.NONE);

    /// Copies the map.
    public Publication {
        byMember = Map.copyOf(byMember);
    }

    /// What a change of this relation is matched as.
    public Optional<Table> member(long relation) {
        return Optional.ofNullable(byMember.get(relation));
    }

    /// The tables, each once.
    public Collection<Table> tables() {
        return byMember.values().stream().distinct().toList();
    }

    /// The table by its OID.
    public Optional<Table> table(long oid) {
        return tables().stream().filter(table -> table.oid() == oid).findFirst();
    }

    /// The tables that a binding means; `*` stands for all.
    public List<Table> named(String schema, String table) {
        return tables().stream()
                .filter(t -> schema.equals("*") || t.schema().equals(schema))
                .filter(t -> table.equals("*") || t.name().equals(table))
                .toList();
    }
}
