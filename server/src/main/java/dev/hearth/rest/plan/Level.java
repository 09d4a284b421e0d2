package dev.hearth.rest.plan;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.plan.Embedding.Nested;
import dev.hearth.rest.plan.Embedding.Spread;
import dev.hearth.rest.plan.Embedding.SpreadField;
import dev.hearth.rest.request.Window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A level whose names are resolved, before it is fixed in which level its aggregates work.
///
/// @param lifted what the level above takes of it, where it is spread
record Level(
        Joined joined,
        List<SelectedField> fields,
        List<SpreadField> lifted,
        List<Predicate> where,
        List<Ordering> order,
        Window window,
        List<Level> below) {

    boolean hasAggregate() {
        return fields.stream().anyMatch(field -> field.aggregate().isPresent())
                || below.stream().anyMatch(Level::hasAggregate);
    }

    /// Whether nothing is selected of it, nor of anything below.
    boolean isBare() {
        return fields.isEmpty() && below.stream().allMatch(Level::isBare);
    }

    boolean isSpread() {
        return joined.branch().spread();
    }

    /// The same, knowing what is lifted out of each level.
    Level described() {
        List<Level> described = below.stream().map(Level::described).toList();
        var lifting = new ArrayList<SpreadField>();
        fields.forEach(field -> lifting.add(lift(field.alias().orElse(field.reference().name()))));
        for (Level each : described) {
            if (each.isSpread()) {
                lifting.addAll(each.lifted);
            } else {
                lifting.add(lift(each.joined.branch().key()));
            }
        }
        return new Level(joined, fields, lifting, where, order, window, described);
    }

    private static SpreadField lift(String name) {
        return new SpreadField(name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The same with other fields, and what is below with what is lifted out of it.
    Level with(List<SelectedField> otherFields, List<Level> otherBelow) {
        return new Level(joined, otherFields, lifted, where, order, window, otherBelow);
    }

    /// The same with other fields for the level above.
    Level lifting(List<SpreadField> otherLifted) {
        return new Level(joined, fields, otherLifted, where, order, window, below);
    }

    /// @throws Refusal with [PlanProblem.AggregateOfMany]
    ReadNode node() {
        List<Embedding> embeddings = below.stream().map(Level::embedding).toList();
        boolean arrays = joined.spreadsMany();
        if (arrays && (hasOwnAggregate() || spreadsAggregate())) {
            throw new Refusal(new PlanProblem.AggregateOfMany());
        }
        List<SelectedField> selected =
                fields.isEmpty() && below.isEmpty()
                        ? List.of(SelectedField.of(Reference.ALL))
                        : fields;
        return new ReadNode(
                joined.source(),
                arrays ? Stream.concat(selected.stream(), orderFields()).toList() : selected,
                embeddings,
                where,
                joined.joins(),
                arrays ? List.of() : order,
                window);
    }

    private boolean hasOwnAggregate() {
        return fields.stream().anyMatch(field -> field.aggregate().isPresent());
    }

    private boolean spreadsAggregate() {
        return below.stream()
                .filter(Level::isSpread)
                .flatMap(each -> each.lifted.stream())
                .anyMatch(field -> field.aggregate().isPresent());
    }

    private Embedding embedding() {
        ReadNode rows = node();
        if (isSpread()) {
            return new Spread(
                    joined.alias(),
                    joined.toOne(),
                    joined.branch().inner(),
                    lifted,
                    joined.spreadsMany() ? arrayOrder() : List.of(),
                    rows);
        }
        return new Nested(
                joined.branch().key(),
                joined.alias(),
                joined.toOne(),
                joined.branch().inner(),
                isBare(),
                rows);
    }

    /// What arrays are ordered by must be selected below, under a name of its own.
    private Stream<SelectedField> orderFields() {
        var fieldsOfOrder = new ArrayList<SelectedField>();
        for (int place = 0; place < order.size(); place++) {
            fieldsOfOrder.add(SelectedField.of(order.get(place).field()).called(orderName(place)));
        }
        return fieldsOfOrder.stream();
    }

    private List<Ordering> arrayOrder() {
        var ordering = new ArrayList<Ordering>();
        for (int place = 0; place < order.size(); place++) {
            ordering.add(
                    new Ordering(
                            Reference.of(orderName(place)).qualified(joined.alias()),
                            order.get(place).direction(),
                            order.get(place).nulls()));
        }
        return ordering;
    }

    private String orderName(int place) {
        return "%s_%s_%d".formatted(joined.alias(), order.get(place).field().name(), place + 1);
    }
}
