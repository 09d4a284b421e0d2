package dev.hearth.realtime.changes;

import dev.hearth.realtime.changes.value.Types;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tables of the publication and the types of the database, at one moment. Immutable.
///
/// @param byMember the table that a Relation message's OID is matched as: the table itself, or the
///   partitioned root where the publication names leaves
record Publication(Map<Long, Table> byMember, Types types) {

    static final Publication NONE = new Publication(Map.of(), Types.NONE);

    Publication {
        byMember = Map.copyOf(byMember);
    }

    /// What a change of this relation is matched as.
    Optional<Table> member(long relation) {
        return Optional.ofNullable(byMember.get(relation));
    }

    /// The tables, each once.
    Collection<Table> tables() {
        return byMember.values().stream().distinct().toList();
    }

    /// The table by its OID.
    Optional<Table> table(long oid) {
        return tables().stream().filter(table -> table.oid() == oid).findFirst();
    }

    /// The tables that a binding means; `*` stands for all.
    List<Table> named(String schema, String table) {
        return tables().stream()
                .filter(t -> schema.equals("*") || t.schema().equals(schema))
                .filter(t -> table.equals("*") || t.name().equals(table))
                .toList();
    }
}
