package dev.hearth.rest.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// What stands in for being told of changes, where nothing in the database tells.
final class Fingerprint {

    // The rows' transaction ids change with every change of them. Relations are taken by what
    // counts
    // of them instead, since truncating and clustering change their rows as well; partitions and
    // temporary tables come and go without being seen. 16384 is the first id of what users make.
    private static final String FINGERPRINT =
            """
            with relation as materialized (
                select oid, relname, relnamespace, relkind
                from pg_class
                where relkind in ('r', 'v', 'm', 'f', 'p') and oid >= 16384
                  and relpersistence <> 't' and not relispartition),
            changing (kind, oid, version) as (
                select 0, a.attrelid, a.xmin
                from pg_attribute a join relation on relation.oid = a.attrelid
                where a.attnum > 0
                union all select 1, oid, xmin from pg_namespace where nspname !~ '^pg_'
                union all select 2, oid, xmin from pg_constraint where oid >= 16384
                union all select 3, oid, xmin from pg_proc where oid >= 16384
                union all select 4, oid, xmin from pg_type
                    where oid >= 16384 and typtype in ('d', 'e')
                union all select 5, oid, xmin from pg_rewrite where oid >= 16384
                union all select 6, oid, xmin from pg_cast where oid >= 16384
                union all select 7, oid, xmin from pg_enum
                union all select 8, oid, xmin from pg_attrdef
                union all select 9, oid, xmin from pg_trigger where tgtype & 64 <> 0
                union all select 10, objoid, xmin from pg_description where objoid >= 16384)
            select concat(
                (select sum(hashtextextended(
                    concat_ws(' ', oid, relnamespace, relkind, relname), 0)) from relation), ' ',
                (select sum(hashint8extended((oid::int8 << 32) + version::text::int8, kind))
                    from changing))
            """;

    // Ours, the hosted platform's, or somebody's own.
    private static final String TOLD =
            """
            select exists (
                select from pg_event_trigger e
                join pg_proc p on p.oid = e.evtfoid
                where e.evtevent = 'ddl_command_end' and e.evtenabled in ('O', 'A')
                  and p.prosrc ~* 'notify'
                  and strpos(lower(p.prosrc), lower(?)) > 0)
            """;

    private Fingerprint() {}

    /// A text that changes when something changes that a catalog holds; may change without that,
    /// too.
    static String read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(FINGERPRINT)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    /// Whether an event trigger notifies the channel of changes.
    static boolean unneeded(Connection connection, String channel) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TOLD)) {
            statement.setString(1, channel);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }
}
