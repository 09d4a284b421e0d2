package dev.hearth.rest.plan;

import dev.hearth.rest.plan.Embedding.SpreadField;
import dev.hearth.rest.request.SelectItem.Aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Aggregates of levels that are spread as one row work in the nearest level that is not: there
/// they have the rows that they are about (rest.md 5.6).
///
/// @param level without the aggregates that go up
/// @param hoisted what goes up
record Hoisting(Level level, List<Hoisted> hoisted) {

    /// An aggregate on its way up.
    ///
    /// @param alias of the joined rows that its field is a field of
    /// @param name of the field
    /// @param rename the name of the outcome
    record Hoisted(
            String alias,
            String name,
            Aggregate aggregate,
            Optional<String> cast,
            Optional<String> rename) {

        Hoisted outOf(Level level) {
            return new Hoisted(level.joined().alias(), name, aggregate, cast, rename);
        }
    }

    static Hoisting of(Level level) {
        List<Hoisting> below = level.below().stream().map(Hoisting::of).toList();
        List<Hoisted> fromBelow = below.stream().flatMap(each -> each.hoisted().stream()).toList();
        List<Level> levels = below.stream().map(Hoisting::level).toList();
        if (!level.isSpread() || level.joined().spreadsMany()) {
            return new Hoisting(
                    level.with(
                            level.fields(),
                            levels.stream().map(each -> applied(each, fromBelow)).toList()),
                    List.of());
        }
        var up = new ArrayList<Hoisted>();
        level.fields().forEach(field -> hoisted(level, field).ifPresent(up::add));
        fromBelow.forEach(each -> up.add(each.outOf(level)));
        return new Hoisting(
                level.with(
                        level.fields().stream().map(SelectedField::withoutAggregate).toList(),
                        levels),
                up);
    }

    private static Optional<Hoisted> hoisted(Level level, SelectedField field) {
        return field.aggregate()
                .map(
                        aggregate ->
                                new Hoisted(
                                        level.joined().alias(),
                                        field.alias().orElse(field.reference().name()),
                                        aggregate,
                                        field.aggregateCast(),
                                        field.alias()));
    }

    private static Level applied(Level spread, List<Hoisted> hoisted) {
        return spread.lifting(
                spread.lifted().stream()
                        .map(field -> applied(spread.joined().alias(), field, hoisted))
                        .toList());
    }

    private static SpreadField applied(String alias, SpreadField field, List<Hoisted> hoisted) {
        return hoisted.stream()
                .filter(each -> each.alias().equals(alias) && each.name().equals(field.name()))
                .findFirst()
                .map(
                        each ->
                                new SpreadField(
                                        field.name(),
                                        Optional.of(each.aggregate()),
                                        each.cast(),
                                        each.rename()))
                .orElse(field);
    }
}
