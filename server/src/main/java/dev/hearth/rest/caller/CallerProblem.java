package dev.hearth.rest.caller;

import dev.hearth.problem.Problem;

import java.util.Map;
import java.util.Optional;

/// Why nobody can be told to be asking (rest.md 14).
public sealed interface CallerProblem extends Problem {

    /// The `WWW-Authenticate` field of the answer.
    default Optional<String> challenge() {
        return Optional.of(
                "Bearer error=\"invalid_token\", error_description=\"%s\"".formatted(message()));
    }

    @Override
    default Map<String, String> headers() {
        return challenge().map(field -> Map.of("WWW-Authenticate", field)).orElse(Map.of());
    }

    /// A token came, and there is no key.
    record NoSecret() implements CallerProblem {
        @Override
        public Facts facts() {
            return Facts.of(500, "PGRST300", "Server lacks JWT secret");
        }

        @Override
        public Optional<String> challenge() {
            return Optional.empty();
        }
    }

    /// No role is named, and nobody may ask without one.
    record RoleRequired() implements CallerProblem {
        @Override
        public Facts facts() {
            return Facts.of(401, "PGRST302", "Anonymous access is disabled");
        }

        @Override
        public Optional<String> challenge() {
            return Optional.of("Bearer");
        }
    }

    /// A token that cannot be read or believed.
    record Unbelievable(String message, Optional<String> details) implements CallerProblem {

        static final Unbelievable EMPTY =
                new Unbelievable("Empty JWT is sent in Authorization header", Optional.empty());

        static final Unbelievable UNDECODABLE =
                new Unbelievable("JWT cryptographic operation failed", Optional.empty());

        static final Unbelievable UNSIGNED =
                new Unbelievable(
                        "Wrong or unsupported encoding algorithm",
                        Optional.of("JWT is unsecured but expected 'alg' was not 'none'"));

        static final Unbelievable NO_KEY = wrongKey("No suitable key was found to decode the JWT");

        static final Unbelievable FORGED = wrongKey("None of the keys was able to decode the JWT");

        static Unbelievable parts(int count) {
            return new Unbelievable("Expected 3 parts in JWT; got " + count, Optional.empty());
        }

        private static Unbelievable wrongKey(String details) {
            return new Unbelievable("No suitable key or wrong key type", Optional.of(details));
        }

        @Override
        public Facts facts() {
            return Facts.of(401, "PGRST301", message).withDetails(details);
        }
    }

    /// A token whose claims do not allow it to be used.
    record Unacceptable(String message) implements CallerProblem {

        static final Unacceptable EXPIRED = new Unacceptable("JWT expired");
        static final Unacceptable NOT_YET_VALID = new Unacceptable("JWT not yet valid");
        static final Unacceptable ISSUED_AT_FUTURE = new Unacceptable("JWT issued at future");
        static final Unacceptable NOT_IN_AUDIENCE = new Unacceptable("JWT not in audience");
        static final Unacceptable NO_CLAIMS = new Unacceptable("Parsing claims failed");

        static final Unacceptable BAD_AUDIENCE =
                new Unacceptable("The JWT 'aud' claim must be a string or an array of strings");

        static Unacceptable notNumber(String claim) {
            return new Unacceptable("The JWT '%s' claim must be a number".formatted(claim));
        }

        @Override
        public Facts facts() {
            return Facts.of(401, "PGRST303", message);
        }
    }
}
