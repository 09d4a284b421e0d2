package dev.hearth.rest.outcome;

import dev.hearth.database.Database;
import dev.hearth.rest.plan.Plan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells somebody who was refused for lack of rights (42501) whether a grant or a policy is
/// missing. It names both, so it is for the eyes of developers only: whoever asks decides who may
/// see it. Ours; upstream has nothing like it. What is refused stands in the server's message only;
/// one in another language than English is searched for names. Safe for any thread; blocks for the
/// database, which it reads once as the system login.
public final class Advice {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /// The server's routines that refuse for lack of a grant.
    private static final Set<String> DENY =
            Set.of("aclcheck_error", "nextval_internal", "do_setval", "currval_oid", "lastval");

    /// The server's routine that refuses a row for its policies.
    private static final String REFUSES_ROWS = "ExecWithCheckOptions";

    private static final Pattern DENIED =
            Pattern.compile(
                    "permission denied for (table|view|materialized view|foreign"
                            + " table|sequence|schema|function) (.+)");
    private static final Pattern ROW_REFUSED =
            Pattern.compile(
                    "new row violates row-level security policy"
                            + "(?: \"(.+)\")?(?: \\(USING expression\\))? for table \"(.+)\"");

    // The words of an error do not say the schema: that of the request is the most likely one.
    private static final String RELATION =
            """
            with named as (
                select c.oid, c.relrowsecurity, format('%I.%I', n.nspname, c.relname) as name,
                       n.nspname = ? as asked, count(*) over () as number
                from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                where c.relname = ? and c.relkind = any(?)
                  and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')),
            found as (select * from named where asked or number = 1)
            """;

    private static final String GRANTS =
            RELATION
                    + """
                    select found.name, quote_ident(r.rolname) as role,
                           concat(
                               case when has_table_privilege(r.oid, found.oid, 'select') then 'r' end,
                               case when has_table_privilege(r.oid, found.oid, 'insert') then 'a' end,
                               case when has_table_privilege(r.oid, found.oid, 'update') then 'w' end,
                               case when has_table_privilege(r.oid, found.oid, 'delete') then 'd' end)
                               as letters
                    from found, pg_roles r
                    where r.rolname = ?
                    """;

    private static final String SEQUENCE =
            RELATION
                    + """
                    select 'sequence ' || found.name as name, quote_ident(r.rolname) as role
                    from found, pg_roles r
                    where r.rolname = ?
                    """;

    private static final String POLICIES =
            RELATION
                    + """
                    select found.name, quote_ident(r.rolname) as role,
                           quote_ident(p.polname) as policy, p.polcmd::text as letter
                    from found
                    join pg_roles r on r.rolname = ?
                    left join pg_policy p on p.polrelid = found.oid and p.polpermissive
                        and exists (select from unnest(p.polroles) as granted
                            where granted = 0 or pg_has_role(r.oid, granted, 'usage'))
                    where found.relrowsecurity
                    order by p.polname
                    """;

    private static final String SCHEMA =
            """
            select 'schema ' || quote_ident(n.nspname) as name, quote_ident(r.rolname) as role
            from pg_namespace n, pg_roles r
            where n.nspname = ? and r.rolname = ?
            """;

    private static final String FUNCTION =
            """
            select format('function %I.%I(%s)', n.nspname, p.proname,
                       pg_get_function_identity_arguments(p.oid)) as name,
                   quote_ident(r.rolname) as role
            from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace
            join pg_roles r on not has_function_privilege(r.oid, p.oid, 'execute')
            where p.proname = ? and r.rolname = ?
            order by n.nspname = ? desc, p.pronargs
            limit 1
            """;

    private static final String ALL_COMMANDS = "*";
    private static final List<String> TABLES = List.of("r", "p", "v", "m", "f");
    private static final List<String> SEQUENCES = List.of("S");

    private final Database database;

    /// @param database whose catalogs are read
    public Advice(Database database) {
        this.database = database;
    }

    /// What somebody tried.
    ///
    /// @param role as whom
    /// @param schema of the request
    public record Attempt(String role, String schema, Plan.Statement plan) {}

    /// What is missing; empty where nothing can be said, and where the database has said something
    /// itself.
    public Optional<String> on(DatabaseProblem problem, Attempt attempt) {
        if (!problem.code().equals(INSUFFICIENT_PRIVILEGE) || problem.hint().isPresent()) {
            return Optional.empty();
        }
        try {
            return database.asSystem(connection -> on(connection, problem, attempt));
        } catch (SQLException _) {
            // The refusal itself is the answer; it goes out without advice then.
            return Optional.empty();
        }
    }

    private static Optional<String> on(
            Connection connection, DatabaseProblem problem, Attempt attempt) throws SQLException {
        Matcher denied = DENIED.matcher(problem.message());
        if (denied.matches()) {
            return denied(connection, denied.group(1), denied.group(2), attempt);
        }
        Matcher refused = ROW_REFUSED.matcher(problem.message());
        if (refused.matches()) {
            return refused(
                    connection, Optional.ofNullable(refused.group(1)), refused.group(2), attempt);
        }
        String routine = problem.routine().orElse("");
        if (routine.equals(REFUSES_ROWS)) {
            return refused(connection, new Mentions(problem.message()), attempt);
        }
        return DENY.contains(routine)
                ? denied(connection, new Mentions(problem.message()), attempt)
                : Optional.empty();
    }

    /// In another language: of what the message mentions, the first that the role lacks a right on.
    private static Optional<String> denied(
            Connection connection, Mentions mentions, Attempt attempt) throws SQLException {
        for (Mentions.Thing thing : mentions.denied(connection, attempt.role())) {
            Optional<String> hint = denied(connection, thing.kind(), thing.name(), attempt);
            if (hint.isPresent()) {
                return hint;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> refused(
            Connection connection, Mentions mentions, Attempt attempt) throws SQLException {
        for (Mentions.Guarded guarded : mentions.guarded(connection)) {
            Optional<String> hint =
                    refused(connection, guarded.restriction(), guarded.relation(), attempt);
            if (hint.isPresent()) {
                return hint;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> denied(
            Connection connection, String kind, String name, Attempt attempt) throws SQLException {
        return switch (kind) {
            case "schema" -> granted(connection, SCHEMA, "usage", name, attempt.role());
            case "function" ->
                    granted(
                            connection,
                            FUNCTION,
                            "execute",
                            name,
                            attempt.role(),
                            attempt.schema());
            case "sequence" ->
                    granted(
                            connection,
                            SEQUENCE,
                            "usage",
                            attempt.schema(),
                            name,
                            SEQUENCES,
                            attempt.role());
            default -> relation(connection, name, attempt);
        };
    }

    private static Optional<String> granted(
            Connection connection, String statement, String right, Object... values)
            throws SQLException {
        try (PreparedStatement prepared = bound(connection, statement, values);
                ResultSet rows = prepared.executeQuery()) {
            return rows.next()
                    ? Optional.of(
                            Lack.ofGrant(rows.getString("role"), right, rows.getString("name")))
                    : Optional.empty();
        }
    }

    private static Optional<String> relation(Connection connection, String name, Attempt attempt)
            throws SQLException {
        try (PreparedStatement prepared =
                        bound(connection, GRANTS, attempt.schema(), name, TABLES, attempt.role());
                ResultSet rows = prepared.executeQuery()) {
            return rows.next()
                    ? Lack.ofGrants(
                            rows.getString("role"),
                            rows.getString("name"),
                            Right.of(attempt.plan(), name),
                            Lack.lettered(rows.getString("letters")))
                    : Optional.empty();
        }
    }

    private static Optional<String> refused(
            Connection connection, Optional<String> restriction, String name, Attempt attempt)
            throws SQLException {
        try (PreparedStatement prepared =
                        bound(
                                connection,
                                POLICIES,
                                attempt.schema(),
                                name,
                                TABLES,
                                attempt.role());
                ResultSet rows = prepared.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            String relation = rows.getString("name");
            String role = rows.getString("role");
            if (restriction.isPresent()) {
                return Optional.of(Lack.ofRestriction(relation, restriction.get()));
            }
            return Optional.of(
                    Lack.ofPolicies(role, relation, judged(attempt.plan(), name), policies(rows)));
        }
    }

    /// Deletions refuse no row, they do not see it.
    private static Set<Right> judged(Plan.Statement plan, String name) {
        EnumSet<Right> judged = EnumSet.copyOf(Right.of(plan, name));
        judged.remove(Right.DELETE);
        return judged;
    }

    /// @param rows from the first on
    private static Map<Right, List<String>> policies(ResultSet rows) throws SQLException {
        var policies = new EnumMap<Right, List<String>>(Right.class);
        do {
            String letter = rows.getString("letter");
            for (Right right : Right.values()) {
                if (ALL_COMMANDS.equals(letter) || right.letter().equals(letter)) {
                    policies.computeIfAbsent(right, _ -> new ArrayList<>())
                            .add(rows.getString("policy"));
                }
            }
        } while (rows.next());
        return policies;
    }

    private static PreparedStatement bound(
            Connection connection, String statement, Object... values) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        for (int index = 0; index < values.length; index++) {
            if (values[index] instanceof List<?> list) {
                prepared.setArray(index + 1, connection.createArrayOf("\"char\"", list.toArray()));
            } else {
                prepared.setObject(index + 1, values[index]);
            }
        }
        return prepared;
    }
}
