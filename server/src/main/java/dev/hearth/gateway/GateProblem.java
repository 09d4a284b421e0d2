package dev.hearth.gateway;

import dev.hearth.problem.Problem;

/// Refusals at the front door, in the hosted platform's words (auth.md 1.5).
sealed interface GateProblem extends Problem {

    /// Neither header nor query parameter holds a key.
    record NoKey() implements GateProblem {
        @Override
        public Facts facts() {
            return Facts.of(401, "", "No API key found in request")
                    .withHint("No `apikey` request header or url param was found.");
        }
    }

    /// A key that is none of the project's.
    record UnknownKey() implements GateProblem {
        @Override
        public Facts facts() {
            return Facts.of(401, "", "Invalid API key")
                    .withHint("Double check your Supabase `anon` or `service_role` API key.");
        }
    }

    /// A public key on a route that asks for a secret one.
    record KeyLacksRight() implements GateProblem {
        @Override
        public Facts facts() {
            return Facts.of(403, "", "You cannot consume this service");
        }
    }

    /// No route of that method and path.
    record NoRoute() implements GateProblem {
        @Override
        public Facts facts() {
            return Facts.of(404, "", "no Route matched with those values");
        }
    }

    /// Path and query together are too long.
    record UrlTooLong() implements GateProblem {
        @Override
        public Facts facts() {
            return Facts.of(414, "", "URI Too Long");
        }
    }

    /// Something that is our fault; the log has the rest under the request's id.
    record Fault() implements GateProblem {
        @Override
        public Facts facts() {
            return Facts.of(500, "", "An unexpected error occurred");
        }
    }
}
