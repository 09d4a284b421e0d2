package dev.hearth.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The files of `sql/support-chat`, and what they leave in the catalog.
final class SupportChatFiles {
    /// The migrations in their order.
    static final List<String> MIGRATIONS =
            List.of(
                    "V001__organizations_and_agents.sql",
                    "V002__conversations.sql",
                    "V003__messages.sql",
                    "V004__realtime.sql",
                    "V005__channels.sql");

    /// One line for each column, constraint, index, trigger, function, policy, right and
    /// publication entry of the support chat.
    static final String CATALOG =
            """
            select format('column %s.%s %s %s %s', c.relname, a.attname,
                format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid))
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
            union all
            select format('table %s %s %s %s', c.relname, c.relrowsecurity, c.relforcerowsecurity,
                c.relacl::text)
            from pg_class c where c.relnamespace = 'public'::regnamespace
            union all
            select format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid))
            from pg_constraint where connamespace = 'public'::regnamespace
            union all
            select indexdef from pg_indexes where schemaname = 'public'
            union all
            select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
            union all
            select format('%s %s', pg_get_functiondef(oid), proacl::text) from pg_proc
            where pronamespace in (to_regnamespace('app'), to_regnamespace('public'))
            union all
            select p::text from pg_policies p
            union all
            select p::text from pg_publication_tables p
            order by 1
            """;

    private SupportChatFiles() {}

    static String read(String name) {
        var path = "/dev/hearth/sql/support-chat/" + name;
        try (var file = SupportChatFiles.class.getResourceAsStream(path)) {
            return new String(
                    Objects.requireNonNull(file, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
