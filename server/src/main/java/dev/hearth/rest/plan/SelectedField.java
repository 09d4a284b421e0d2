package dev.hearth.rest.plan;

import dev.hearth.rest.request.SelectItem.Aggregate;

import java.util.Optional;

/// A field of the answer.
///
/// @param cast the type that the field is cast to, as it was asked for
/// @param aggregateCast the type that the aggregate is cast to
/// @param alias its name in the answer; the database's own choice where there is none
public record SelectedField(
        Reference reference,
        Optional<String> cast,
        Optional<Aggregate> aggregate,
        Optional<String> aggregateCast,
        Optional<String> alias) {

    /// The same under a name.
    SelectedField called(String name) {
        return new SelectedField(reference, cast, aggregate, aggregateCast, Optional.of(name));
    }

    /// The same without an aggregate.
    SelectedField withoutAggregate() {
        return new SelectedField(reference, cast, Optional.empty(), Optional.empty(), alias);
    }

    /// A field as it is.
    public static SelectedField of(Reference reference) {
        return new SelectedField(
                reference, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
