package dev.hearth.rest.outcome;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a message in any language mentions by its name. The protocol tells of an error for lack of
/// rights no more than its message and the routine that made it, neither table nor schema.
///
/// Longer names come first, since a shorter one may be a word of the message.
///
/// @param message of the server
record Mentions(String message) {

    /// What may lack a grant.
    ///
    /// @param kind as in English messages: `table`, `sequence`, `schema`, `function`
    record Thing(String kind, String name) {}

    /// A relation with row level security.
    ///
    /// @param restriction the restrictive policy that is mentioned beside it
    record Guarded(String relation, Optional<String> restriction) {}

    private static final String WORD = "[\\p{IsAlphabetic}\\p{IsDigit}_$]";

    /// Beside names of the server's messages: `"a"`, `»a«`, `« a »`.
    private static final String QUOTE = "[\"\u00ab\u00bb\u201c\u201d\u201e]";

    private static final String BLANK = "[ \u00a0\u202f]?";

    private static final String DENIED =
            """
            with mentioned as (select ?::text as message, ?::text as role)
            select kind, name
            from (
                select 'table' as kind, c.relname::text as name
                from pg_class c, mentioned
                where strpos(message, c.relname) > 0 and c.relkind in ('r', 'p', 'v', 'm', 'f')
                  and not (has_table_privilege(role, c.oid, 'select')
                      and has_table_privilege(role, c.oid, 'insert')
                      and has_table_privilege(role, c.oid, 'update')
                      and has_table_privilege(role, c.oid, 'delete'))
                union all
                select 'sequence', c.relname
                from pg_class c, mentioned
                where strpos(message, c.relname) > 0
                  and case c.relkind
                      when 'S' then not has_sequence_privilege(role, c.oid, 'usage')
                      else false end
                union all
                select 'schema', n.nspname
                from pg_namespace n, mentioned
                where strpos(message, n.nspname) > 0
                  and not has_schema_privilege(role, n.oid, 'usage')
                union all
                select 'function', p.proname
                from pg_proc p, mentioned
                where strpos(message, p.proname) > 0
                  and not has_function_privilege(role, p.oid, 'execute')
            ) thing
            group by kind, name
            order by length(name) desc, kind desc
            """;

    private static final String GUARDED =
            """
            with mentioned as (select ?::text as message)
            select c.relname as relation, p.polname as policy
            from mentioned
            join pg_class c on strpos(message, c.relname) > 0 and c.relrowsecurity
            left join pg_policy p on p.polrelid = c.oid and not p.polpermissive
                and strpos(message, p.polname) > 0
            group by c.relname, p.polname
            order by length(c.relname) desc, length(p.polname) desc nulls last
            """;

    /// What is mentioned and lacks a right of the role.
    List<Thing> denied(Connection connection, String role) throws SQLException {
        var things = new ArrayList<Thing>();
        try (PreparedStatement prepared = connection.prepareStatement(DENIED)) {
            prepared.setString(1, message);
            prepared.setString(2, role);
            try (ResultSet rows = prepared.executeQuery()) {
                while (rows.next()) {
                    var thing = new Thing(rows.getString("kind"), rows.getString("name"));
                    if (asWord(thing.name())) {
                        things.add(thing);
                    }
                }
            }
        }
        return things;
    }

    /// Relations that are mentioned, each with its policy that is.
    List<Guarded> guarded(Connection connection) throws SQLException {
        var guarded = new ArrayList<Guarded>();
        try (PreparedStatement prepared = connection.prepareStatement(GUARDED)) {
            prepared.setString(1, message);
            try (ResultSet rows = prepared.executeQuery()) {
                while (rows.next()) {
                    String relation = rows.getString("relation");
                    if (quoted(relation)) {
                        guarded.add(
                                new Guarded(
                                        relation,
                                        Optional.ofNullable(rows.getString("policy"))
                                                .filter(this::quoted)));
                    }
                }
            }
        }
        return guarded;
    }

    private boolean asWord(String name) {
        return find("(?<!%s)%s(?!%s)".formatted(WORD, Pattern.quote(name), WORD)) || quoted(name);
    }

    private boolean quoted(String name) {
        return find(QUOTE + BLANK + Pattern.quote(name) + BLANK + QUOTE);
    }

    private boolean find(String pattern) {
        return Pattern.compile(pattern).matcher(message).find();
    }
}
