package dev.hearth.replication;

import java.time.Instant;
import java.util.List;

/// One message of pgoutput, protocol version 1, as it stands on the wire; made by [Decoder].
/// Mirrors "Logical Replication Message Formats" of PostgreSQL's manual. [Relation] is the one
/// message that leaves the room as it is.
sealed interface Message permits Relation, Message.Plain {

    /// All messages that stay inside.
    sealed interface Plain extends Message {}

    /// @param commitLsn where the transaction's commit record begins
    /// @param xid the lower 32 bits of the transaction's number
    record Begin(Lsn commitLsn, Instant commitTime, int xid) implements Plain {}

    /// @param endLsn where the transaction's commit record ends
    record Commit(Lsn commitLsn, Lsn endLsn, Instant commitTime) implements Plain {}

    record Insert(long relationOid, Row row) implements Plain {}

    record Update(long relationOid, OldRow old, Row row) implements Plain {}

    /// @param old never [OldRow.None]
    record Delete(long relationOid, OldRow old) implements Plain {}

    record Truncate(List<Long> relationOids, boolean cascade, boolean restartIdentity)
            implements Plain {
        public Truncate {
            relationOids = List.copyOf(relationOids);
        }
    }

    record Type(long oid, String schema, String name) implements Plain {}

    record Origin(Lsn commitLsn, String name) implements Plain {}

    /// What `pg_logical_emit_message` wrote.
    record LogicalMessage(boolean transactional, Lsn lsn, String prefix, Bytes content)
            implements Plain {}

    /// What a later version of the protocol may add.
    record Unknown(byte tag, Bytes content) implements Plain {}
}
