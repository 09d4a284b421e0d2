package dev.hearth.auth;

import dev.hearth.observe.Event;
import dev.hearth.observe.Told;

import java.util.Optional;
import java.util.UUID;

/// What auth tells. Names and ids only: nothing that a user said, no token.
sealed interface AuthEvent extends Event {

    /// A request failed through a fault of ours or of the database.
    ///
    /// @param request the request's id, which the caller got too
    /// @param error the kind of exception
    /// @param sqlState the database's code, where it was the database
    /// @param place where in our code
    record Failed(String request, String error, Optional<String> sqlState, String place)
            implements AuthEvent {
        @Override
        public Told told() {
            Told told =
                    Told.error("auth failed to answer")
                            .with("request", request)
                            .with("error", error);
            return sqlState.map(state -> told.with("sqlstate", state))
                    .orElse(told)
                    .with("place", place);
        }
    }

    /// A function or constraint of the project's owner refused what auth wrote. The message is not
    /// told: it may quote the row.
    ///
    /// @param request the request's id
    /// @param sqlState the database's code
    /// @param function the function that failed, or `-`
    /// @param object the constraint, column or table that was named, or `-`
    record DatabaseRefused(String request, String sqlState, String function, String object)
            implements AuthEvent {
        @Override
        public Told told() {
            return Told.warn("a function or constraint of the database refused a change of a user")
                    .with("request", request)
                    .with("sqlstate", sqlState)
                    .with("function", function)
                    .with("object", object);
        }
    }

    /// A refresh token was used again after its time; its session was ended where rotation is on.
    record RefreshTokenReused(UUID user, UUID session) implements AuthEvent {
        @Override
        public Told told() {
            return Told.warn("a used refresh token came again")
                    .with("user", user)
                    .with("session", session);
        }
    }
}
