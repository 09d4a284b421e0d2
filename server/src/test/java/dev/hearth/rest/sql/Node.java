package dev.hearth.rest.sql;

import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.plan.Embedding;
import dev.hearth.rest.plan.JoinCondition;
import dev.hearth.rest.plan.JoinCondition.Side;
import dev.hearth.rest.plan.Ordering;
import dev.hearth.rest.plan.Predicate;
import dev.hearth.rest.plan.Predicate.Comparison;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.plan.ReadNode;
import dev.hearth.rest.plan.Reference;
import dev.hearth.rest.plan.SelectedField;
import dev.hearth.rest.plan.Source;
import dev.hearth.rest.request.Operation;
import dev.hearth.rest.request.Operation.Quantified;
import dev.hearth.rest.request.Operation.QuantifiedOperator;
import dev.hearth.rest.request.OrderTerm.Direction;
import dev.hearth.rest.request.SelectItem.Aggregate;
import dev.hearth.rest.request.Window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A node of a plan while a test makes it.
final class Node {
    private final Source source;
    private final List<SelectedField> fields = new ArrayList<>();
    private final List<Embedding> embeddings = new ArrayList<>();
    private final List<Predicate> where = new ArrayList<>();
    private final List<JoinCondition> joins = new ArrayList<>();
    private final List<Ordering> order = new ArrayList<>();
    private Window window = Window.ALL;

    private Node(Source source) {
        this.source = source;
    }

    static QualifiedName name(String name) {
        return new QualifiedName("api", name);
    }

    static Node table(String name) {
        return new Node(new Source.Table(name(name), Optional.empty()));
    }

    static Node table(String name, String alias) {
        return new Node(new Source.Table(name(name), Optional.of(alias)));
    }

    static Node behind(String junction, String name) {
        return new Node(new Source.BehindJunction(name(name), name(junction)));
    }

    static Node function(String name, Qualifier row, String rowType, String alias) {
        return new Node(new Source.RowFunction(name(name), row, name(rowType), alias));
    }

    static Node outcome(String alias) {
        return new Node(new Source.Outcome(alias));
    }

    Node select(String... columns) {
        for (String column : columns) {
            fields.add(SelectedField.of(Reference.of(column)));
        }
        return this;
    }

    Node select(SelectedField field) {
        fields.add(field);
        return this;
    }

    Node aggregate(Aggregate aggregate, Reference reference) {
        return select(
                new SelectedField(
                        reference,
                        Optional.empty(),
                        Optional.of(aggregate),
                        Optional.empty(),
                        Optional.empty()));
    }

    Node embed(Embedding embedding) {
        embeddings.add(embedding);
        return this;
    }

    /// Under a key, as an object.
    Node one(String key, String alias, Node rows) {
        return embed(new Embedding.Nested(key, alias, true, false, false, rows.done()));
    }

    /// Under a key, as an array.
    Node many(String key, String alias, Node rows) {
        return embed(new Embedding.Nested(key, alias, false, false, false, rows.done()));
    }

    Node where(Predicate predicate) {
        where.add(predicate);
        return this;
    }

    Node where(String column, Operation operation) {
        return where(new Comparison(Reference.of(column), false, operation));
    }

    Node whereEquals(String column, String value) {
        return where(column, is(value));
    }

    static Operation is(String value) {
        return new Quantified(QuantifiedOperator.EQ, Optional.empty(), value);
    }

    Node join(Qualifier left, String leftColumn, Qualifier right, String rightColumn) {
        joins.add(new JoinCondition(new Side(left, leftColumn), new Side(right, rightColumn)));
        return this;
    }

    Node order(String column) {
        return order(
                new Ordering(Reference.of(column), Optional.of(Direction.ASC), Optional.empty()));
    }

    Node order(Ordering item) {
        order.add(item);
        return this;
    }

    Node limit(long limit) {
        window = new Window(0, OptionalLong.of(limit));
        return this;
    }

    Node window(Window given) {
        window = given;
        return this;
    }

    ReadNode done() {
        return new ReadNode(source, fields, embeddings, where, joins, order, window);
    }
}
