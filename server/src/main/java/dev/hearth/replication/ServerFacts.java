package dev.hearth.replication;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// What one look at the server tells about itself, the slot and the publication.
///
/// @param at the database's clock before `log` was read
/// @param until the same after it
/// @param role as whom we are logged in
/// @param log where the log ends; read after everything else, so that whatever the other facts tell
///   was in force at this position
/// @param nextTransaction the first number that no transaction has yet
/// @param unbounded `max_slot_wal_keep_size` is -1
/// @param published whether the publication exists
/// @param slotName the slot that is meant
/// @param slot the slot, where it exists
record ServerFacts(
        Instant at,
        Instant until,
        String database,
        String role,
        String walLevel,
        boolean unbounded,
        int maximumSlots,
        Lsn log,
        TransactionId nextTransaction,
        boolean published,
        String slotName,
        Optional<Slot> slot) {

    /// A row of `pg_replication_slots`. Texts are empty where that has null.
    ///
    /// @param confirmed where the next stream would begin by itself
    /// @param holder the process that reads from it
    record Slot(
            String plugin,
            String database,
            String walStatus,
            Lsn confirmed,
            Optional<Integer> holder) {

        /// Whether it is of our kind and of this database.
        boolean isOursIn(String current) {
            return plugin.equals("pgoutput") && database.equals(current);
        }
    }

    /// The log's end comes from an expression over the other tables' rows, and is therefore
    /// computed after the snapshot that shows them.
    private static final String QUERY =
            """
            select clock_timestamp() as at,
                   current_database() as database,
                   current_user as role,
                   current_setting('wal_level') as wal_level,
                   current_setting('max_slot_wal_keep_size') as keep,
                   current_setting('max_replication_slots')::int as maximum_slots,
                   case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
                        else pg_current_wal_insert_lsn() end::text as log,
                   pg_snapshot_xmax(pg_current_snapshot())::text as next_transaction,
                   exists (select from pg_publication where pubname = ?) as published,
                   wanted.name as slot_name,
                   slot.slot_name is not null as exists,
                   coalesce(slot.plugin, '') as plugin,
                   coalesce(slot.database, '') as slot_database,
                   coalesce(slot.wal_status, '') as wal_status,
                   coalesce(slot.confirmed_flush_lsn, '0/0')::text as confirmed,
                   slot.active_pid,
                   clock_timestamp() as until
              from (select coalesce(?, 'hearth_' || oid) as name
                      from pg_database where datname = current_database()) as wanted
              left join pg_replication_slots as slot on slot.slot_name = wanted.name
            """;

    static ServerFacts read(Connection connection, ReplicationSettings settings)
            throws SQLException {
        try (var statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, settings.publication());
            statement.setString(2, settings.slot().orElse(null));
            try (var result = statement.executeQuery()) {
                result.next();
                return of(result);
            }
        }
    }

    private static ServerFacts of(ResultSet row) throws SQLException {
        return new ServerFacts(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("until", OffsetDateTime.class).toInstant(),
                row.getString("database"),
                row.getString("role"),
                row.getString("wal_level"),
                row.getString("keep").equals("-1"),
                row.getInt("maximum_slots"),
                Lsn.parse(row.getString("log")),
                new TransactionId(Long.parseUnsignedLong(row.getString("next_transaction"))),
                row.getBoolean("published"),
                row.getString("slot_name"),
                row.getBoolean("exists") ? Optional.of(slot(row)) : Optional.empty());
    }

    private static Slot slot(ResultSet row) throws SQLException {
        int holder = row.getInt("active_pid");
        return new Slot(
                row.getString("plugin"),
                row.getString("slot_database"),
                row.getString("wal_status"),
                Lsn.parse(row.getString("confirmed")),
                holder == 0 ? Optional.empty() : Optional.of(holder));
    }

    /// Bytes between what was confirmed and the end of the log.
    long bytesBehind() {
        return slot.map(found -> Math.max(0, log.value() - found.confirmed().value())).orElse(0L);
    }
}
