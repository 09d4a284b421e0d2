package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.internal.http.HttpRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks for sessions, and begins those that come. Safe for any thread.
final class SessionAnswers {

    private final Calls calls;
    private final Sessions sessions;
    private final ServerClock clock;

    SessionAnswers(Calls calls, Sessions sessions, ServerClock clock) {
        this.calls = calls;
        this.sessions = sessions;
        this.clock = clock;
    }

    /// A request for a session, by one of the grants of `/token`.
    HttpRequest token(String grant, Map<String, ? extends @Nullable Object> body) {
        return calls.post("/token", body).query("grant_type", grant);
    }

    /// Keeps the session of an answer, if there is one.
    AuthResponse signedIn(JsonNode answer, AuthChangeEvent event) {
        Optional<Session> session = Session.in(answer, clock.now());
        session.ifPresent(begun -> sessions.begin(begun, event));
        JsonNode user = answer.path("user").isObject() ? answer.path("user") : answer;
        return new AuthResponse(
                user.path("id").isTextual()
                        ? Optional.of(new User(Fields.map(user)))
                        : Optional.empty(),
                session,
                weakPassword(answer.path("weak_password")),
                Optional.empty());
    }

    /// The same where an answer without a session is none.
    AuthResponse certain(HttpRequest request, AuthChangeEvent event) {
        AuthResponse response = signedIn(calls.ask(request), event);
        if (response.session().isEmpty()) {
            throw AuthException.local(
                    "the server answered without a session", AuthErrorCode.UNEXPECTED_FAILURE);
        }
        return response;
    }

    private static Optional<WeakPassword> weakPassword(JsonNode node) {
        Map<String, @Nullable Object> raw = Fields.map(node);
        List<String> reasons = Fields.texts(raw, "reasons");
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(new WeakPassword(Fields.text(raw, "message").orElse(""), reasons));
    }
}
