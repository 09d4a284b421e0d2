package dev.hearth.rest.plan;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.catalog.Catalog;
import dev.hearth.rest.catalog.MediaHandler;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.request.MediaType;
import dev.hearth.rest.request.MediaType.Known;

import java.util.List;
import java.util.Optional;

/// Chooses what a body is made as: the first of the accepted media types that something makes
/// (rest.md 8).
///
/// @param explains whether the plan of a statement may be asked for
record Negotiation(Catalog catalog, boolean explains) {

    /// @param relation whose rows are answered
    /// @throws Refusal with [PlanProblem.NotAcceptable]
    Format format(List<MediaType> accepted, Optional<QualifiedName> relation, ReadNode rows) {
        boolean everything =
                rows.embeddings().isEmpty()
                        && rows.fields().equals(List.of(SelectedField.of(Reference.ALL)));
        Optional<QualifiedName> whole = everything ? relation : Optional.empty();
        return accepted.stream()
                .flatMap(type -> format(type, whole).stream())
                .findFirst()
                .orElseThrow(() -> notAcceptable(accepted));
    }

    /// @throws Refusal with [PlanProblem.NotAcceptable] unless a description of the schema would do
    static void refuseUnlessDescription(List<MediaType> accepted) {
        if (accepted.stream().noneMatch(List.of(Known.OPENAPI, Known.JSON, Known.ANY)::contains)) {
            throw notAcceptable(accepted);
        }
    }

    private static Refusal notAcceptable(List<MediaType> accepted) {
        return new Refusal(
                new PlanProblem.NotAcceptable(accepted.stream().map(MediaType::text).toList()));
    }

    private Optional<Format> format(MediaType type, Optional<QualifiedName> whole) {
        return switch (type) {
            case MediaType.SingularJson(boolean stripped) ->
                    Optional.of(new Format(new Format.Body.SingleRow(stripped), type));
            case MediaType.StrippedArray() ->
                    Optional.of(new Format(new Format.Body.Rows(true), type));
            case MediaType.Plan plan ->
                    explains
                            ? format(plan.of(), whole)
                                    .map(explained -> new Format(explained.body(), plan))
                            : Optional.empty();
            case Known _, MediaType.Other _ -> custom(type, whole).or(() -> builtIn(type));
        };
    }

    private Optional<Format> custom(MediaType type, Optional<QualifiedName> whole) {
        return whole.flatMap(rows -> catalog.handler(Optional.of(rows), Known.ANY.text()))
                .or(() -> whole.flatMap(rows -> catalog.handler(Optional.of(rows), type.text())))
                .or(() -> catalog.handler(Optional.empty(), type.text()))
                .map(handler -> new Format(new Format.Body.Custom(handler), made(handler, type)));
    }

    private static MediaType made(MediaHandler handler, MediaType asked) {
        return handler.mediaType().equals(Known.ANY.text()) ? Known.OCTET_STREAM : asked;
    }

    private static Optional<Format> builtIn(MediaType type) {
        return switch (type) {
            case Known.ANY, Known.JSON ->
                    Optional.of(new Format(new Format.Body.Rows(false), Known.JSON));
            case Known.GEOJSON -> Optional.of(new Format(new Format.Body.GeoJson(), Known.GEOJSON));
            case Known.CSV -> Optional.of(new Format(new Format.Body.Csv(), Known.CSV));
            default -> Optional.empty();
        };
    }
}
