package dev.hearth.rest;

import dev.hearth.problem.Problem;

import java.util.Map;
import java.util.Optional;

/// What the door of the data API refuses by itself.
sealed interface RestProblem extends Problem {

    /// The catalog was not read yet.
    record NoCatalog() implements RestProblem {

        private static final String SECONDS = "1";

        @Override
        public int status() {
            return 503;
        }

        @Override
        public String code() {
            return "PGRST002";
        }

        @Override
        public String message() {
            return "Could not query the database for the schema cache. Retrying.";
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
        public int status() {
            return 413;
        }

        @Override
        public String code() {
            return "PGRST102";
        }

        @Override
        public String message() {
            return "The body exceeds the limit of %d bytes".formatted(limit);
        }

        @Override
        public Optional<String> hint() {
            return Optional.of("Send it in parts, or have HEARTH_REST_BODY_LIMIT raised.");
        }
    }

    /// Something that is our fault; the log has the rest under the request's id.
    record Unexpected() implements RestProblem {

        @Override
        public int status() {
            return 500;
        }

        @Override
        public String code() {
            return "PGRSTX00";
        }

        @Override
        public String message() {
            return "An unexpected error occurred";
        }
    }
}
