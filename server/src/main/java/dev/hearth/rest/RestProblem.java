package dev.hearth.rest;

import dev.hearth.problem.Problem;

import java.util.Map;

/// What the door of the data API refuses by itself.
sealed interface RestProblem extends Problem {

    /// The catalog was not read yet.
    record NoCatalog() implements RestProblem {

        private static final String SECONDS = "1";

        @Override
        public Facts facts() {
            return Facts.of(
                    503,
                    "PGRST002",
                    "Could not query the database for the schema cache. Retrying.");
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("Retry-After", SECONDS);
        }
    }

    /// A body over the limit. Upstream has none; the code is that of bodies that cannot be used.
    ///
    /// @param limit in bytes
    record BodyOverLimit(long limit) implements RestProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            413,
                            "PGRST102",
                            "The body exceeds the limit of %d bytes".formatted(limit))
                    .withHint("Send it in parts, or have HEARTH_REST_BODY_LIMIT raised.");
        }
    }

    /// Something that is our fault; the log has the rest under the request's id.
    record Unexpected() implements RestProblem {
        @Override
        public Facts facts() {
            return Facts.of(500, "PGRSTX00", "An unexpected error occurred");
        }
    }
}
