package dev.hearth.rest.plan;

import dev.hearth.rest.request.Field;
import dev.hearth.rest.request.JsonStep;
import dev.hearth.rest.request.SelectItem;
import dev.hearth.rest.request.SelectItem.Aggregate;
import dev.hearth.rest.request.SelectItem.Column;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The fields of one level, with the names that they have in the answer.
///
/// @param grouped whether a level above groups
record Selection(FieldResolver resolver, Joined joined, boolean grouped) {

    private static final String ALL = "*";

    /// Whether this level groups, or is spread as arrays: then `*` must be every column by name.
    boolean groups() {
        return grouped || joined.spreadsMany() || items().stream().anyMatch(Selection::isAggregate);
    }

    List<SelectedField> fields() {
        boolean everyColumn = groups() || resolver.hasRepresentation();
        return items().stream()
                .flatMap(item -> fields(item, everyColumn))
                .map(this::named)
                .toList();
    }

    private List<SelectItem> items() {
        return joined.branch().fields();
    }

    private Stream<SelectedField> fields(SelectItem item, boolean everyColumn) {
        return switch (item) {
            case SelectItem.Star _ ->
                    everyColumn
                            ? resolver.everyColumn().stream().map(SelectedField::of)
                            : Stream.of(SelectedField.of(Reference.ALL));
            case Column(var field, var cast, var aggregate, var aggregateCast, var alias) ->
                    Stream.of(
                            new SelectedField(
                                    reference(field, aggregate),
                                    cast,
                                    aggregate,
                                    aggregateCast,
                                    alias));
            case SelectItem.Embed _, SelectItem.Spread _ -> Stream.empty();
        };
    }

    /// Rows that are spread are counted as rows, so that none is counted where there is none.
    private Reference reference(Field field, Optional<Aggregate> aggregate) {
        boolean rows =
                joined.branch().spread()
                        && aggregate.equals(Optional.of(Aggregate.COUNT))
                        && field.equals(Field.of(ALL));
        return rows ? Reference.ALL.asWholeRow() : resolver.selected(field);
    }

    /// The database would name the value of a path or of a function by itself.
    private SelectedField named(SelectedField field) {
        if (field.alias().isPresent()) {
            return field;
        }
        if (field.aggregate().isPresent()) {
            return joined.branch().spread()
                    ? field.called(field.aggregate().get().name().toLowerCase(Locale.ROOT))
                    : field;
        }
        Reference reference = field.reference();
        if (!reference.path().isEmpty()) {
            return field.called(lastKey(reference));
        }
        return reference.representation().isPresent() ? field.called(reference.name()) : field;
    }

    private static String lastKey(Reference reference) {
        return reference.path().reversed().stream()
                .map(JsonStep::target)
                .filter(JsonStep.Member.class::isInstance)
                .map(target -> ((JsonStep.Member) target).name())
                .findFirst()
                .orElse(reference.name());
    }

    private static boolean isAggregate(SelectItem item) {
        return item instanceof Column column && column.aggregate().isPresent();
    }
}
