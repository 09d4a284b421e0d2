package dev.hearth.rest.plan;

import dev.hearth.rest.catalog.MediaHandler;
import dev.hearth.rest.request.MediaType;

/// What becomes of the rows of a plan.
///
/// @param body how the database builds the body
/// @param mediaType what the answer says that it is; under a [MediaType.Plan] the statement is
///   explained and not answered
public record Format(Body body, MediaType mediaType) {

    /// How a body is built.
    public sealed interface Body {

        /// A JSON array of the rows; the bare value of a function that returns one.
        ///
        /// @param stripped without members that are null
        record Rows(boolean stripped) implements Body {}

        /// The only row as a JSON object.
        ///
        /// @param stripped without members that are null
        record SingleRow(boolean stripped) implements Body {}

        /// A GeoJSON feature collection.
        record GeoJson() implements Body {}

        /// Comma-separated values with a line of names.
        record Csv() implements Body {}

        /// What a handler of the project makes of the rows.
        record Custom(MediaHandler handler) implements Body {}

        /// No body.
        record Nothing() implements Body {}
    }

    /// The same, with nobody to read the body.
    Format withoutBody() {
        return new Format(new Body.Nothing(), mediaType);
    }

    /// Whether there must be exactly one row.
    public boolean singular() {
        return mediaType instanceof MediaType.SingularJson;
    }
}
