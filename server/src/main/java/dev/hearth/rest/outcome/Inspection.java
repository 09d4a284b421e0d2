package dev.hearth.rest.outcome;

import dev.hearth.database.Command;
import dev.hearth.database.Reply;
import dev.hearth.database.RequestSettings;
import dev.hearth.token.Caller;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A look at what a caller may use of a schema.
///
/// @param settings as in a [Transaction]
/// @param preRequest the function that runs before, by its quoted name
/// @param schema that is looked at
public record Inspection(
        Caller caller, RequestSettings settings, Optional<String> preRequest, String schema) {

    /// What there is for the caller.
    ///
    /// @param relations names of those on which there is any privilege
    /// @param routines those that may be called, as `name(integer,text)`, the types as the catalog
    ///   says them
    /// @param comment what the database says about the schema
    public record Usable(Set<String> relations, Set<String> routines, Optional<String> comment) {

        /// Copies the sets.
        public Usable {
            relations = Set.copyOf(relations);
            routines = Set.copyOf(routines);
        }
    }

    /// Types are then named with their schemas, as in the catalog.
    private static final Command WHOLE_NAMES =
            Command.of("select set_config('search_path', '', true)");

    private static final String RELATIONS =
            """
            select c.relname
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ?
              and c.relkind in ('r', 'v', 'm', 'f', 'p')
              and not c.relispartition
              and (pg_has_role(c.relowner, 'usage')
                or has_table_privilege(c.oid,
                    'select, insert, update, delete, truncate, references, trigger')
                or has_any_column_privilege(c.oid, 'select, insert, update, references'))
            """;

    private static final String ROUTINES =
            """
            select p.proname || '(' || array_to_string(array(
                select a.type::regtype::text
                from unnest(p.proargtypes::oid[]) with ordinality as a (type, place)
                order by a.place), ',') || ')'
            from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = ?
              and p.prokind = 'f'
              and has_function_privilege(p.oid, 'execute')
            """;

    private static final String COMMENT =
            """
            select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = ?
            """;

    /// How many of the last replies [#usable] reads.
    private static final int READ = 3;

    List<Command> commands() {
        return List.of(WHOLE_NAMES, about(RELATIONS), about(ROUTINES), about(COMMENT));
    }

    private Command about(String statement) {
        return new Command(statement, List.of(new Command.Value.Text(schema)));
    }

    /// @param replies to [#commands()], and to others before
    static Usable usable(List<Reply> replies) {
        int first = replies.size() - READ;
        return new Usable(
                names(replies.get(first)),
                names(replies.get(first + 1)),
                names(replies.get(first + 2)).stream().findFirst());
    }

    private static Set<String> names(Reply reply) {
        var names = new HashSet<String>();
        for (int row = 0; row < reply.size(); row++) {
            reply.first(row).ifPresent(name -> names.add(new String(name, StandardCharsets.UTF_8)));
        }
        return names;
    }
}
