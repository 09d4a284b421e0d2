package dev.hearth.rest.sql;

import dev.hearth.rest.plan.Ordering;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.plan.Reference;
import dev.hearth.rest.plan.SelectedField;
import dev.hearth.rest.request.JsonStep;
import dev.hearth.rest.request.JsonStep.Element;
import dev.hearth.rest.request.JsonStep.Member;
import dev.hearth.rest.request.SelectItem.Aggregate;

import java.util.List;
import java.util.Optional;

/// Fields: as they are compared, selected and ordered by (rest.md 4.3, 4.6, 5.6).
final class Fields {
    private Fields() {}

    /// A field, without its representation.
    ///
    /// @param own what qualifies the columns of the node's own source
    static void reference(StatementText out, Qualifier own, Reference field) {
        if (field.searchVector().isEmpty()) {
            steps(out, own, field);
            return;
        }
        out.add("to_tsvector(");
        configuration(out, field.searchVector().get().configuration());
        steps(out, own, field);
        out.add(")");
    }

    /// The configuration of a text search as a first argument.
    static void configuration(StatementText out, Optional<String> configuration) {
        configuration.ifPresent(name -> out.value(name).add(", "));
    }

    private static void steps(StatementText out, Qualifier own, Reference field) {
        Qualifier qualifier = field.qualifier().map(Qualifier::alias).orElse(own);
        if (field.wholeRow()) {
            out.alias(qualifier.name());
            return;
        }
        boolean converted = field.toJson() && !field.path().isEmpty();
        out.add(converted ? "to_jsonb(" : "").column(qualifier, field.name());
        out.add(converted ? ")" : "");
        field.path().forEach(step -> step(out, step));
    }

    private static void step(StatementText out, JsonStep step) {
        out.add(step.asText() ? "->>" : "->");
        switch (step.target()) {
            case Member(String name) -> out.value(name);
            case Element(String digits) -> out.value(digits).add("::int");
        }
    }

    /// A field of a select list, with its name.
    static void selected(StatementText out, Qualifier own, SelectedField field) {
        if (countsRows(field)) {
            cast(out, field.aggregateCast(), () -> out.add("COUNT(*)"));
        } else {
            aggregated(
                    out,
                    field.aggregate(),
                    field.aggregateCast(),
                    () -> cast(out, field.cast(), () -> outside(out, own, field.reference())));
        }
        named(out, field.alias());
    }

    /// No row of a node's own source is null, so that rows need not be made to be counted.
    private static boolean countsRows(SelectedField field) {
        return field.aggregate().equals(Optional.of(Aggregate.COUNT))
                && (field.reference().wholeRow() || field.reference().equals(Reference.ALL))
                && field.cast().isEmpty();
    }

    private static void outside(StatementText out, Qualifier own, Reference field) {
        if (field.representation().isEmpty()) {
            reference(out, own, field);
            return;
        }
        out.verbatim(field.representation().get()).add("(");
        reference(out, own, field);
        out.add(")");
    }

    /// An expression under an aggregate, if there is one, and its cast.
    static void aggregated(
            StatementText out,
            Optional<Aggregate> aggregate,
            Optional<String> aggregateCast,
            Runnable expression) {
        if (aggregate.isEmpty()) {
            expression.run();
            return;
        }
        cast(
                out,
                aggregateCast,
                () -> {
                    out.add(aggregate.get().name()).add("(");
                    expression.run();
                    out.add(")");
                });
    }

    private static void cast(StatementText out, Optional<String> type, Runnable expression) {
        if (type.isEmpty()) {
            expression.run();
            return;
        }
        out.add("CAST(");
        expression.run();
        out.add(" AS ").type(type.get()).add(")");
    }

    /// The name of an item of a select list, if it has one.
    static void named(StatementText out, Optional<String> alias) {
        alias.ifPresent(name -> out.add(" AS ").identifier(name));
    }

    /// What rows that are aggregated have in common: the item itself by its place where it may
    /// differ from the plain field, since parameters of two places are never the same to the
    /// database and a name could be that of a column.
    static void group(StatementText out, Qualifier own, SelectedField field, int place) {
        if (field.alias().isPresent() || !field.reference().path().isEmpty()) {
            out.add(String.valueOf(place));
        } else {
            reference(out, own, field.reference());
        }
    }

    /// An `ORDER BY`, if there is one, with a blank before it.
    static void order(StatementText out, Qualifier own, List<Ordering> order) {
        if (order.isEmpty()) {
            return;
        }
        out.add(" ORDER BY ").each(", ", order, item -> order(out, own, item));
    }

    private static void order(StatementText out, Qualifier own, Ordering item) {
        reference(out, own, item.field());
        item.direction().ifPresent(direction -> out.add(" ").add(direction.name()));
        item.nulls().ifPresent(nulls -> out.add(" NULLS ").add(nulls.name()));
    }
}
