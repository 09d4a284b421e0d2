package dev.hearth.gateway;

import dev.hearth.problem.Problem;

import java.util.Optional;

/// Refusals at the front door, in the hosted platform's words (auth.md 1.5).
sealed interface GateProblem extends Problem {

    @Override
    default String code() {
        return "";
    }

    /// Neither header nor query parameter holds a key.
    record NoKey() implements GateProblem {
        @Override
        public int status() {
            return 401;
        }

        @Override
        public String message() {
            return "No API key found in request";
        }

        @Override
        public Optional<String> hint() {
            return Optional.of("No `apikey` request header or url param was found.");
        }
    }

    /// A key that is none of the project's.
    record UnknownKey() implements GateProblem {
        @Override
        public int status() {
            return 401;
        }

        @Override
        public String message() {
            return "Invalid API key";
        }

        @Override
        public Optional<String> hint() {
            return Optional.of("Double check your Supabase `anon` or `service_role` API key.");
        }
    }

    /// A public key on a route that asks for a secret one.
    record KeyLacksRight() implements GateProblem {
        @Override
        public int status() {
            return 403;
        }

        @Override
        public String message() {
            return "You cannot consume this service";
        }
    }

    /// No route of that method and path.
    record NoRoute() implements GateProblem {
        @Override
        public int status() {
            return 404;
        }

        @Override
        public String message() {
            return "no Route matched with those values";
        }
    }

    /// Path and query together are too long.
    record UrlTooLong() implements GateProblem {
        @Override
        public int status() {
            return 414;
        }

        @Override
        public String message() {
            return "URI Too Long";
        }
    }

    /// Something that is our fault; the log has the rest under the request's id.
    record Fault() implements GateProblem {
        @Override
        public int status() {
            return 500;
        }

        @Override
        public String message() {
            return "An unexpected error occurred";
        }
    }
}
