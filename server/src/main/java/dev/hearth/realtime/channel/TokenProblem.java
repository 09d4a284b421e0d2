package dev.hearth.realtime.channel;

import java.time.Duration;
import java.util.Optional;

/// Why a token does not do, in upstream's words (realtime.md 1.2, 3.6 and 5.2).
sealed interface TokenProblem {

    /// Upstream's name for it.
    String code();

    /// What a channel is told.
    String text();

    /// What a handshake is told.
    default String handshakeText() {
        return text();
    }

    /// It has run out.
    record Expired(Duration since) implements TokenProblem {
        @Override
        public String code() {
            return "InvalidJWTToken";
        }

        @Override
        public String text() {
            return "Token has expired " + since.toSeconds() + " seconds ago";
        }

        @Override
        public String handshakeText() {
            return "Token has expired";
        }
    }

    /// It lacks `role` or `exp`.
    record MissingClaims() implements TokenProblem {
        @Override
        public String code() {
            return "InvalidJWTToken";
        }

        @Override
        public String text() {
            return "Fields `role` and `exp` are required in JWT";
        }
    }

    /// It is not valid yet, or a claim of time is no number.
    record NotValid() implements TokenProblem {
        @Override
        public String code() {
            return "InvalidJWTToken";
        }

        @Override
        public String text() {
            return "Token is not valid yet";
        }
    }

    /// It is no JWT.
    record Malformed() implements TokenProblem {
        @Override
        public String code() {
            return "MalformedJWT";
        }

        @Override
        public String text() {
            return "The token provided is not a valid JWT";
        }
    }

    /// The signature does not hold.
    record BadSignature() implements TokenProblem {
        @Override
        public String code() {
            return "JwtSignatureError";
        }

        @Override
        public String text() {
            return "Failed to validate JWT signature";
        }
    }

    /// No key for its algorithm, or for the key that it names.
    ///
    /// @param keyId the key that it names, cut to a sane length
    record NoSigner(Optional<String> keyId) implements TokenProblem {
        @Override
        public String code() {
            return "JwtSignerError";
        }

        @Override
        public String text() {
            return "Failed to generate JWT signer"
                    + keyId.map(id -> " for key ID (kid) \"" + id + "\"").orElse("")
                    + ", check your JWT secret or JWKS configuration";
        }
    }
}
