package dev.hearth.rest.request;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a body is, or what one is wanted as (rest.md 8). Names are read in any case; parameters
/// that mean nothing here are passed over.
public sealed interface MediaType {

    /// As it is written in a header, without the character set.
    String text();

    /// As an answer says it: with the character set, where the body is a text of ours.
    default String contentType() {
        return this == Known.OCTET_STREAM || this instanceof Other
                ? text()
                : text() + "; charset=utf-8";
    }

    /// The types without parameters.
    enum Known implements MediaType {
        JSON("application/json"),
        GEOJSON("application/geo+json"),
        CSV("text/csv"),
        PLAIN_TEXT("text/plain"),
        XML("text/xml"),
        OPENAPI("application/openapi+json"),
        FORM("application/x-www-form-urlencoded"),
        OCTET_STREAM("application/octet-stream"),
        ANY("*/*");

        private final String text;

        Known(String text) {
            this.text = text;
        }

        @Override
        public String text() {
            return text;
        }
    }

    /// One row as an object.
    ///
    /// @param stripped without members that are null
    record SingularJson(boolean stripped) implements MediaType {
        @Override
        public String text() {
            return "application/vnd.pgrst.object+json" + (stripped ? ";nulls=stripped" : "");
        }
    }

    /// Rows as objects without members that are null.
    record StrippedArray() implements MediaType {
        @Override
        public String text() {
            return "application/vnd.pgrst.array+json;nulls=stripped";
        }
    }

    /// How the database would work out, or did, an answer of another type.
    record Plan(MediaType of, Format format, Set<Option> options) implements MediaType {

        /// As lines or as a document.
        public enum Format {
            TEXT,
            JSON
        }

        /// The options of `explain`, in the order of writing.
        public enum Option {
            ANALYZE,
            VERBOSE,
            SETTINGS,
            BUFFERS,
            WAL
        }

        /// Copies the set.
        public Plan {
            options = Set.copyOf(options);
        }

        @Override
        public String text() {
            String named =
                    options.stream().sorted().map(Plan::word).collect(Collectors.joining("|"));
            return "application/vnd.pgrst.plan+%s; for=\"%s\"%s"
                    .formatted(
                            word(format), of.text(), named.isEmpty() ? "" : "; options=" + named);
        }

        static String word(Enum<?> named) {
            return named.name().toLowerCase(Locale.ROOT);
        }
    }

    /// One that only a handler of the project's own may know; as it was sent.
    record Other(String text) implements MediaType {}
}
