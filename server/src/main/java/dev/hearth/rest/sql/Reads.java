package dev.hearth.rest.sql;

import dev.hearth.rest.plan.Embedding;
import dev.hearth.rest.plan.Embedding.Nested;
import dev.hearth.rest.plan.Embedding.Spread;
import dev.hearth.rest.plan.Embedding.SpreadField;
import dev.hearth.rest.plan.JoinCondition;
import dev.hearth.rest.plan.Predicate;
import dev.hearth.rest.plan.Predicate.Embedded;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.plan.ReadNode;
import dev.hearth.rest.plan.Reference;
import dev.hearth.rest.plan.SelectedField;
import dev.hearth.rest.plan.Source.BehindJunction;
import dev.hearth.rest.plan.Source.Outcome;
import dev.hearth.rest.plan.Source.RowFunction;
import dev.hearth.rest.plan.Source.Table;
import dev.hearth.rest.request.Window;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// The rows of a node, with those of others that are embedded in them, and their number (rest.md 5,
/// 19.1).
final class Reads {
    /// What a statement has changed or called.
    static final String SOURCE = "pgrst_source";

    private Reads() {}

    /// Selects the rows of a node.
    static void select(StatementText out, ReadNode node) {
        out.add("SELECT ");
        items(out, node);
        from(out, node);
        node.embeddings().forEach(each -> Embeddings.join(out, each));
        where(out, node);
        group(out, node);
        Fields.order(out, node.source().qualifier(), node.order());
        window(out, node.window());
    }

    /// One row for each that a node has, its limits aside. What is embedded in it counts where rows
    /// without a match are left out, or where it is asked for.
    static void count(StatementText out, ReadNode node) {
        out.add("SELECT 1");
        from(out, node);
        var conditions = conditions(out, node, test -> exists(out, node, test));
        node.embeddings().stream()
                .filter(Embedding::inner)
                .forEach(each -> conditions.add(() -> exists(out, each.rows())));
        where(out, conditions);
    }

    private static void items(StatementText out, ReadNode node) {
        Qualifier own = node.source().qualifier();
        var items = new ArrayList<Runnable>();
        for (SelectedField field : fields(node)) {
            items.add(() -> Fields.selected(out, own, field));
        }
        for (Embedding embedding : node.embeddings()) {
            items.addAll(Embeddings.items(out, embedding));
        }
        out.each(", ", items, Runnable::run);
    }

    /// A node of which nothing is selected has all its columns.
    private static List<SelectedField> fields(ReadNode node) {
        return node.fields().isEmpty() && node.embeddings().isEmpty()
                ? List.of(SelectedField.of(Reference.ALL))
                : node.fields();
    }

    private static void from(StatementText out, ReadNode node) {
        out.add(" FROM ");
        switch (node.source()) {
            case Table(var name, var alias) -> {
                out.name(name);
                alias.ifPresent(given -> out.add(" AS ").alias(given));
            }
            case BehindJunction(var name, var junction) -> out.name(name).add(", ").name(junction);
            // A row of a changed relation is a row of that relation only after a cast.
            case RowFunction(var function, var row, var rowType, var alias) ->
                    out.name(function)
                            .add("((")
                            .column(row, "*")
                            .add(")::")
                            .name(rowType)
                            .add(") AS ")
                            .alias(alias);
            case Outcome(var alias) -> out.add(SOURCE).add(" AS ").alias(alias);
        }
    }

    private static void where(StatementText out, ReadNode node) {
        where(out, conditions(out, node, test -> Embeddings.test(out, node, test)));
    }

    private static void where(StatementText out, List<Runnable> conditions) {
        if (!conditions.isEmpty()) {
            out.add(" WHERE ").each(" AND ", conditions, Runnable::run);
        }
    }

    private static List<Runnable> conditions(
            StatementText out, ReadNode node, Consumer<Embedded> embedded) {
        var predicates = new Predicates(out, node.source().qualifier(), embedded);
        var conditions = new ArrayList<Runnable>();
        for (Predicate each : node.where()) {
            conditions.add(() -> predicates.write(each));
        }
        for (JoinCondition each : node.joins()) {
            conditions.add(() -> join(out, each));
        }
        return conditions;
    }

    private static void join(StatementText out, JoinCondition condition) {
        out.column(condition.left().qualifier(), condition.left().column());
        out.add(" = ");
        out.column(condition.right().qualifier(), condition.right().column());
    }

    private static void exists(StatementText out, ReadNode node, Embedded test) {
        out.add(test.present() ? "" : "NOT ");
        node.embeddings().stream()
                .filter(each -> each.alias().equals(test.alias()))
                .findFirst()
                .ifPresentOrElse(found -> exists(out, found.rows()), () -> out.add("FALSE"));
    }

    private static void exists(StatementText out, ReadNode embedded) {
        out.add("EXISTS (");
        count(out, embedded);
        out.add(")");
    }

    /// Rows that are aggregated are grouped by all else that is selected.
    private static void group(StatementText out, ReadNode node) {
        if (!isAggregated(node)) {
            return;
        }
        Qualifier own = node.source().qualifier();
        var terms = new ArrayList<Runnable>();
        int place = 1;
        for (SelectedField field : node.fields()) {
            int here = place++;
            if (field.aggregate().isEmpty()) {
                terms.add(() -> Fields.group(out, own, field, here));
            }
        }
        for (Embedding embedding : node.embeddings()) {
            switch (embedding) {
                case Nested nested when nested.hidden() -> {}
                case Nested _ -> {
                    int here = place++;
                    terms.add(() -> out.add(String.valueOf(here)));
                }
                case Spread spread -> {
                    place += spread.fields().size();
                    Embeddings.plain(spread)
                            .forEach(
                                    field ->
                                            terms.add(() -> Embeddings.lifted(out, spread, field)));
                }
            }
        }
        if (!terms.isEmpty()) {
            out.add(" GROUP BY ").each(", ", terms, Runnable::run);
        }
    }

    private static boolean isAggregated(ReadNode node) {
        return node.fields().stream().anyMatch(field -> field.aggregate().isPresent())
                || node.embeddings().stream().anyMatch(Reads::isAggregated);
    }

    private static boolean isAggregated(Embedding embedding) {
        return embedding instanceof Spread spread
                && spread.fields().stream()
                        .map(SpreadField::aggregate)
                        .anyMatch(it -> it.isPresent());
    }

    /// Without an offset there is none: for one that it does not know, the database thinks that it
    /// skips a part of the rows, finds a plan for all values too dear and makes one for each.
    private static void window(StatementText out, Window window) {
        if (window.equals(Window.ALL)) {
            return;
        }
        out.add(" LIMIT ");
        limit(out, window.limit());
        if (window.offset() != 0) {
            out.add(" OFFSET ").value(String.valueOf(window.offset()));
        }
    }

    private static void limit(StatementText out, OptionalLong limit) {
        if (limit.isPresent()) {
            out.number(limit.getAsLong());
        } else {
            out.add("ALL");
        }
    }
}
