package dev.hearth.rest.sql;

import dev.hearth.rest.plan.Predicate;
import dev.hearth.rest.plan.Predicate.Comparison;
import dev.hearth.rest.plan.Predicate.Embedded;
import dev.hearth.rest.plan.Predicate.Group;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.plan.Reference;
import dev.hearth.rest.request.Condition.Connective;
import dev.hearth.rest.request.Operation.In;
import dev.hearth.rest.request.Operation.Is;
import dev.hearth.rest.request.Operation.IsDistinct;
import dev.hearth.rest.request.Operation.Quantified;
import dev.hearth.rest.request.Operation.QuantifiedOperator;
import dev.hearth.rest.request.Operation.Simple;
import dev.hearth.rest.request.Operation.TextSearch;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Conditions (rest.md 4.4, 4.5). Values are parameters of no type, so that the database reads them
/// as the field's and an index can be used.
final class Predicates {
    private final StatementText out;
    private final Qualifier own;
    private final Consumer<Embedded> embedded;

    /// @param own what qualifies the columns of the node's own source
    /// @param embedded writes whether something is embedded
    Predicates(StatementText out, Qualifier own, Consumer<Embedded> embedded) {
        this.out = out;
        this.own = own;
        this.embedded = embedded;
    }

    /// Conditions that all must hold, if there are any, with ` WHERE ` before them.
    void where(List<Predicate> conditions) {
        if (!conditions.isEmpty()) {
            out.add(" WHERE ");
            all(conditions);
        }
    }

    /// Conditions that all must hold, at least one.
    void all(List<Predicate> conditions) {
        out.each(" AND ", conditions, this::write);
    }

    /// One condition.
    void write(Predicate condition) {
        switch (condition) {
            case Comparison comparison -> compare(comparison);
            case Embedded test -> embedded.accept(test);
            case Group group -> group(group);
        }
    }

    private void group(Group group) {
        boolean and = group.connective() == Connective.AND;
        out.add(group.negated() ? "NOT (" : "(");
        if (group.terms().isEmpty()) {
            out.add(and ? "TRUE" : "FALSE");
        }
        out.each(and ? " AND " : " OR ", group.terms(), this::write).add(")");
    }

    private void compare(Comparison comparison) {
        Reference field = comparison.field();
        out.add(comparison.negated() ? "NOT " : "");
        Fields.reference(out, own, field);
        Optional<String> inside = field.representation();
        switch (comparison.operation()) {
            case Simple(var operator, String value) -> {
                out.add(" ").add(operator.sql()).add(" ");
                inside(inside, value);
            }
            case Quantified quantified -> quantified(quantified, inside);
            case In(List<String> values) -> {
                out.add(" = ANY (");
                elements(inside, isEmpty(values) ? List.of() : values);
                out.add(")");
            }
            case Is(var value) -> out.add(" IS ").add(value.sql());
            case IsDistinct(String value) -> out.add(" IS DISTINCT FROM ").value(value);
            case TextSearch(var function, var configuration, String query) -> {
                out.add(" @@ ").add(function.sql()).add("(");
                Fields.configuration(out, configuration);
                out.value(query).add(")");
            }
        }
    }

    /// `in.()` is a list of one empty text to the grammar.
    private static boolean isEmpty(List<String> values) {
        return values.equals(List.of(""));
    }

    private void quantified(Quantified quantified, Optional<String> inside) {
        boolean pattern =
                quantified.operator() == QuantifiedOperator.LIKE
                        || quantified.operator() == QuantifiedOperator.ILIKE;
        String value = pattern ? quantified.value().replace('*', '%') : quantified.value();
        Optional<String> function = pattern ? Optional.empty() : inside;
        out.add(" ").add(quantified.operator().sql()).add(" ");
        if (quantified.quantifier().isEmpty()) {
            inside(function, value);
            return;
        }
        out.add(quantified.quantifier().get().name()).add("(");
        if (function.isPresent()) {
            eachElement(function.get(), () -> out.value(value));
        } else {
            out.value(value);
        }
        out.add(")");
    }

    private void inside(Optional<String> function, String value) {
        if (function.isEmpty()) {
            out.value(value);
        } else {
            out.verbatim(function.get()).add("(").value(value).add(")");
        }
    }

    private void elements(Optional<String> function, List<String> values) {
        if (function.isEmpty()) {
            out.array(values);
        } else {
            eachElement(function.get(), () -> out.array(values));
        }
    }

    /// One parameter however many values there are.
    private void eachElement(String function, Runnable array) {
        out.add("SELECT ").verbatim(function).add("(unnest(");
        array.run();
        out.add("::text[]))");
    }
}
