package dev.hearth.realtime.changes.verdict;

import dev.hearth.database.Sql;
import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.realtime.changes.catalog.Table;
import dev.hearth.realtime.changes.catalog.Table.Column;
import dev.hearth.realtime.changes.catalog.Table.Policy;
import dev.hearth.realtime.changes.sql.Bound;
import dev.hearth.realtime.changes.value.Equality;
import dev.hearth.realtime.changes.value.JsonBuffer;
import dev.hearth.realtime.changes.value.PgType;
import dev.hearth.realtime.changes.value.Shape;
import dev.hearth.replication.Cell;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The statement of a verdict, asked as the caller (realtime.md 15.1):
///
/// 1. the row, by primary key, is visible and its columns still have the logged values; else
/// 2. the policies hold for the logged image.
///
/// Its one row has two numbers, for the new and for the old version: 1 visible, 0 hidden, 2 not to
/// be told, because a policy reads a column that the log lacks: an unchanged value stored out of
/// line, a column outside of the publication's list, a value that was too long to keep.
///
/// Such a column is **not** taken from the current row. Step 2 is reached only when that row is
/// another version or gone; its value would then be one of a later version, and whoever may see the
/// later one would be shown what the earlier one held: where `owner` is not in the log, a row that
/// goes from A to B would show A's title to B. Nothing in the row tells that the column has stayed
/// as it was. So the answer is that it is not known, which counts as no; while the row is still the
/// logged version, step 1 answers without the log's help.
final class VerdictSql {

    static final int VISIBLE = 1;
    static final int UNKNOWN = 2;

    /// Longer texts are compared by their SHA-256, so that a large value is not sent for each
    /// caller.
    private static final int LONG_TEXT = 1_000;

    private VerdictSql() {}

    /// @param change of a table whose policies apply to the role
    static Bound of(Logged change, Rights rights) {
        Bound sql = Bound.of("select ");
        if (change.kind() == Logged.Kind.DELETE) {
            image(sql, change, change::before);
        } else {
            sql.add("case when ");
            current(sql, change, rights);
            sql.add(" then 1 else ");
            image(sql, change, change::now);
            sql.add(" end");
        }
        sql.add(", ");
        if (change.kind() == Logged.Kind.UPDATE && change.hasWholeOldRow()) {
            image(sql, change, change::before);
            return sql;
        }
        return sql.add("1");
    }

    /// What the policies say of a version: any permissive one and every restrictive one that
    /// applies to the current role; null counts as false. Those that read what the log lacks are
    /// asked only whether they apply, and leave the answer open where it depends on them.
    private static void image(Bound sql, Logged change, IntFunction<Cell> row) {
        Table table = change.table();
        Set<Integer> lacking = lacking(table, row);
        List<Policy> told = table.policies().stream().filter(p -> isTold(p, lacking)).toList();
        List<Policy> open = table.policies().stream().filter(p -> !isTold(p, lacking)).toList();
        String granted = any(told, true, policy -> applies(policy) + " and " + guarded(policy));
        String denied = any(told, false, policy -> applies(policy) + " and not " + guarded(policy));
        String mayGrant = any(open, true, VerdictSql::applies);
        String mayDeny = any(open, false, VerdictSql::applies);
        sql.add("(select case when " + denied + " then 0")
                .add(" when " + granted + " then case when " + mayDeny + " then 2 else 1 end")
                .add(" when " + mayGrant + " then 2 else 0 end")
                .add(" from pg_catalog.jsonb_populate_record(null::")
                .add(Sql.identifier(table.schema(), table.name()))
                .add(", ?::jsonb) as ")
                .add(Sql.identifier(table.name()))
                .add(")")
                .with(json(change, row, told));
    }

    /// Numbers of the columns whose values the log does not hold.
    private static Set<Integer> lacking(Table table, IntFunction<Cell> row) {
        return IntStream.range(0, table.columns().size())
                .filter(i -> row.apply(i) instanceof Cell.Unchanged)
                .mapToObj(i -> table.columns().get(i).number())
                .collect(Collectors.toSet());
    }

    private static boolean isTold(Policy policy, Set<Integer> lacking) {
        return policy.readsWholeRow()
                ? lacking.isEmpty()
                : Collections.disjoint(policy.columns(), lacking);
    }

    private static String any(
            List<Policy> policies, boolean permissive, Function<Policy, String> condition) {
        return policies.stream()
                .filter(policy -> policy.permissive() == permissive)
                .map(policy -> "(" + condition.apply(policy) + ")")
                .reduce((one, other) -> one + " or " + other)
                .map(all -> "(" + all + ")")
                .orElse("false");
    }

    private static String guarded(Policy policy) {
        return "coalesce(" + withoutPlaceholders(policy.expression()) + ", false)";
    }

    private static String applies(Policy policy) {
        return policy.roles().contains(0L)
                ? "true"
                : policy.roles().stream()
                        .map(role -> "pg_catalog.pg_has_role(" + role + "::oid, 'USAGE')")
                        .collect(Collectors.joining(" or ", "(", ")"));
    }

    /// Doubles each `?` that is an operator, which the driver would take for a parameter.
    static String withoutPlaceholders(String expression) {
        var escaped = new StringBuilder();
        char quote = 0;
        boolean backslashes = false;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            escaped.append(c);
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                backslashes = c == '\'' && i > 0 && expression.charAt(i - 1) == 'E';
            } else if (quote != 0 && backslashes && c == '\\' && i + 1 < expression.length()) {
                escaped.append(expression.charAt(++i));
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && c == '?') {
                escaped.append('?');
            }
        }
        return escaped.toString();
    }

    /// `exists (… by primary key, with the logged values in every readable column)`.
    private static void current(Bound sql, Logged change, Rights rights) {
        Table table = change.table();
        sql.add("exists (select from ")
                .add(Sql.identifier(table.schema(), table.name()))
                .add(" as t where true");
        List<Column> columns = table.columns();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (!rights.has(column) || !change.carries(i)) {
                continue;
            }
            switch (change.now(i)) {
                case Cell.Text(String text) -> equal(sql, column, change, i, text);
                case Cell.Null _ ->
                        sql.add(" and t.")
                                .add(Sql.identifier(column.name()))
                                .add(" is not distinct from null");
                case Cell.Unchanged _ -> {
                    if (column.key()) {
                        sql.add(" and false");
                    }
                }
            }
        }
        sql.add(")");
    }

    /// By `=` where equal texts are equal values, so that an index serves; else by the text that
    /// the type's output function writes, which a cast to text is not always.
    private static void equal(Bound sql, Column column, Logged change, int place, String text) {
        String name = "t." + Sql.identifier(column.name());
        boolean comparable =
                change.typeOid(place) == column.type()
                        && (column.key()
                                || (column.deterministic()
                                        && text.length() <= LONG_TEXT
                                        && change.type(place)
                                                .map(PgType::equality)
                                                .orElse(Equality.NONE)
                                                .byText()));
        if (comparable) {
            sql.add(" and " + name + " = ?").withUntyped(text);
        } else if (text.length() <= LONG_TEXT) {
            sql.add(" and " + name + " is distinct from null and format('%s', " + name + ") = ?")
                    .with(text);
        } else {
            sql.add(
                            " and encode(sha256(convert_to(format('%s', "
                                    + name
                                    + "), 'UTF8')), 'hex') = ?")
                    .with(sha256(text));
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What the policies read of the row, as jsonb_populate_record reads it: texts, but json as
    /// json. A long value that no policy reads is not sent for each caller.
    private static String json(Logged change, IntFunction<Cell> row, List<Policy> policies) {
        boolean whole = policies.stream().anyMatch(Policy::readsWholeRow);
        var json = new JsonBuffer(256).put('{');
        List<Column> columns = change.table().columns();
        for (int i = 0; i < columns.size(); i++) {
            int number = columns.get(i).number();
            boolean read = whole || policies.stream().anyMatch(p -> p.columns().contains(number));
            if (!read || !(row.apply(i) instanceof Cell.Text(String text))) {
                continue;
            }
            if (json.length() > 1) {
                json.put(',');
            }
            json.string(columns.get(i).name()).put(':');
            Shape shape = change.type(i).map(PgType::shape).orElse(new Shape.Text());
            if (shape instanceof Shape.PlainJson || shape instanceof Shape.BinaryJson) {
                json.raw(text);
            } else {
                json.string(text);
            }
        }
        return json.put('}').toString();
    }
}
