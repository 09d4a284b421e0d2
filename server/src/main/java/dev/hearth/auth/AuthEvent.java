package dev.hearth.auth;

import dev.hearth.observe.Event;

import java.util.LinkedHashMap;
import java.util.Map;
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
        public Level level() {
            return Level.ERROR;
        }

        @Override
        public String sentence() {
            return "auth failed to answer";
        }

        @Override
        public Map<String, ?> fields() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("request", request);
            fields.put("error", error);
            sqlState.ifPresent(state -> fields.put("sqlstate", state));
            fields.put("place", place);
            return fields;
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
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "a function or constraint of the database refused a change of a user";
        }

        @Override
        public Map<String, ?> fields() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("request", request);
            fields.put("sqlstate", sqlState);
            fields.put("function", function);
            fields.put("object", object);
            return fields;
        }
    }

    /// A refresh token was used again after its time; its session was ended where rotation is on.
    record RefreshTokenReused(UUID user, UUID session) implements AuthEvent {
        @Override
        public Level level() {
            return Level.WARN;
        }

        @Override
        public String sentence() {
            return "a used refresh token came again";
        }

        @Override
        public Map<String, ?> fields() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("user", user);
            fields.put("session", session);
            return fields;
        }
    }
}
