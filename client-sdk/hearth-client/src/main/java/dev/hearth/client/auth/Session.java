package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A user who is signed in: a token for requests and one to get the next.
///
/// Its raw form is what supabase-js keeps in its storage, so a session can go from one to the
/// other.
///
/// @param raw all that the server sent, with `expires_at`
public record Session(Map<String, @Nullable Object> raw) {

    /// Copies.
    public Session {
        raw = Fields.copy(raw);
    }

    /// The session in an answer of the server, if there is one: auth-js `_sessionResponse`.
    ///
    /// @param now by the server's clock
    static Optional<Session> in(JsonNode answer, Instant now) {
        if (answer.path("access_token").asText("").isEmpty()
                || answer.path("refresh_token").asText("").isEmpty()
                || answer.path("expires_in").asLong(0) == 0) {
            return Optional.empty();
        }
        var raw = new LinkedHashMap<String, @Nullable Object>(Fields.map(answer));
        if (Fields.seconds(raw, "expires_at").isEmpty()) {
            raw.put("expires_at", now.getEpochSecond() + answer.path("expires_in").asLong());
        }
        return Optional.of(new Session(raw));
    }

    /// What requests carry, a JWT.
    public String accessToken() {
        return Fields.needed(raw, "access_token");
    }

    /// What gets the next session, once.
    public String refreshToken() {
        return Fields.needed(raw, "refresh_token");
    }

    /// `bearer`.
    public String tokenType() {
        return Fields.text(raw, "token_type").orElse("bearer");
    }

    /// How long the access token lives, from when it was made.
    public Duration expiresIn() {
        return Fields.number(raw, "expires_in")
                .map(seconds -> Duration.ofMillis((long) (seconds.doubleValue() * 1000)))
                .orElse(Duration.ZERO);
    }

    /// When the access token runs out, by the server's clock.
    public Instant expiresAt() {
        return Fields.seconds(raw, "expires_at").orElse(Instant.MAX);
    }

    /// Who is signed in, as of when the session was made or changed.
    public User user() {
        return new User(Fields.object(raw, "user"));
    }

    /// The token of the provider that the user came by, right after that sign-in.
    public Optional<String> providerToken() {
        return Fields.text(raw, "provider_token");
    }

    /// The provider's refresh token, right after that sign-in.
    public Optional<String> providerRefreshToken() {
        return Fields.text(raw, "provider_refresh_token");
    }

    /// Without the tokens, so that it may be logged.
    @Override
    public String toString() {
        return "Session[user="
                + Fields.text(user().raw(), "id").orElse("")
                + ", expiresAt="
                + (raw.containsKey("expires_at") ? expiresAt() : "")
                + "]";
    }
}
