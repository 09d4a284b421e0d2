package dev.hearth.realtime.changes.value;

import java.util.Map;
import java.util.Optional;

/// Types by OID. Immutable.
public record Types(Map<Long, PgType> byOid) {

    /// None.
    public static final Types NONE = new Types(Map.of());

    /// Copies the map.
    public Types {
        byOid = Map.copyOf(byOid);
    }

    /// The type; empty for one that the catalog did not hold when it was read.
    public Optional<PgType> find(long oid) {
        return Optional.ofNullable(byOid.get(oid));
    }
}
