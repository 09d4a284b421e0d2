package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.error.SessionExpiredException;
import dev.hearth.client.internal.http.HttpRequest;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;

/// What a user who is signed in does with its own account, as auth-js 2.119 `GoTrueClient.ts` puts
/// it on the wire. Safe for any thread.
final class Account {

    private final Calls calls;
    private final Sessions sessions;
    private final Verifiers verifiers;
    private final ServerClock clock;
    private final SigningKeys keys;

    Account(
            Calls calls,
            Sessions sessions,
            Verifiers verifiers,
            ServerClock clock,
            SigningKeys keys) {
        this.calls = calls;
        this.sessions = sessions;
        this.verifiers = verifiers;
        this.clock = clock;
        this.keys = keys;
    }

    User user() {
        Session session = sessions.needed();
        try {
            return user(session.accessToken());
        } catch (AuthException e) {
            if (e.is(AuthErrorCode.SESSION_NOT_FOUND)) {
                sessions.endSession(session, SignOutReason.SESSION_GONE);
            }
            throw e;
        }
    }

    User user(String accessToken) {
        Form.needed("access_token", accessToken);
        return user(calls.ask(Calls.as(accessToken, Calls.get("/user"))));
    }

    static User user(JsonNode answer) {
        return new User(Fields.map(answer.path("user").isObject() ? answer.path("user") : answer));
    }

    User update(Form form) {
        Session session = sessions.needed();
        if (!form.has("email")) {
            return update(session, form, Verifiers.none());
        }
        return verifiers.inFlow(false, flow -> update(session, form, flow));
    }

    private User update(Session session, Form form, Verifiers.Flow flow) {
        var body = new LinkedHashMap<String, @Nullable Object>(form.fields());
        body.putAll(flow.fields());
        User changed =
                user(
                        calls.ask(
                                Calls.as(
                                        session.accessToken(),
                                        Calls.to(form.redirectTo(), calls.put("/user", body)))));
        sessions.changeUser(changed);
        return changed;
    }

    AuthResponse setSession(String accessToken, String refreshToken) {
        Form.needed("access_token", accessToken);
        Form.needed("refresh_token", refreshToken);
        Instant end = Instant.ofEpochSecond(Jwt.parse(accessToken).claims().path("exp").asLong());
        if (!end.isAfter(clock.now())) {
            return response(sessions.refresh(refreshToken));
        }
        User user = user(accessToken);
        var raw = new LinkedHashMap<String, @Nullable Object>();
        raw.put("access_token", accessToken);
        raw.put("refresh_token", refreshToken);
        raw.put("user", user.raw());
        raw.put("token_type", "bearer");
        raw.put("expires_in", end.getEpochSecond() - clock.now().getEpochSecond());
        raw.put("expires_at", end.getEpochSecond());
        Session session = new Session(raw);
        sessions.begin(session, AuthChangeEvent.SIGNED_IN);
        return response(session);
    }

    static AuthResponse response(Session session) {
        return new AuthResponse(
                Optional.of(session.user()),
                Optional.of(session),
                Optional.empty(),
                Optional.empty());
    }

    void signOut(SignOutScope scope) {
        Optional<Session> session;
        try {
            session = sessions.fresh();
        } catch (SessionExpiredException e) {
            if (scope == SignOutScope.LOCAL) {
                sessions.end(SignOutReason.REQUESTED);
            }
            throw e;
        } catch (AuthException alreadySignedOut) {
            if (sessions.current().isPresent()) {
                throw alreadySignedOut;
            }
            return;
        }
        if (session.isEmpty()) {
            if (scope != SignOutScope.OTHERS) {
                sessions.end(SignOutReason.REQUESTED);
            }
            return;
        }
        if (scope == SignOutScope.LOCAL) {
            sessions.endUser(session.get(), SignOutReason.REQUESTED);
        }
        revoke(session.get().accessToken(), scope);
        if (scope == SignOutScope.GLOBAL) {
            sessions.endUser(session.get(), SignOutReason.REQUESTED);
        }
    }

    /// What the server does not know needs no revoking: auth-js takes 401, 403 and 404 for it.
    private void revoke(String accessToken, SignOutScope scope) {
        try {
            logout(accessToken, scope);
        } catch (AuthException e) {
            int status = e.status().orElse(0);
            boolean unknown = status == 401 || status == 403 || status == 404;
            if (!unknown) {
                throw e;
            }
        }
    }

    void logout(String accessToken, SignOutScope scope) {
        Form.needed("access_token", accessToken);
        var unused =
                calls.send(
                        Calls.as(
                                accessToken,
                                HttpRequest.of("POST", Calls.ROOT + "/logout")
                                        .query("scope", scope.wire())));
    }

    void reauthenticate() {
        var unused =
                calls.send(Calls.as(sessions.needed().accessToken(), Calls.get("/reauthenticate")));
    }

    void unlink(UUID identity) {
        var unused =
                calls.send(
                        Calls.as(
                                sessions.needed().accessToken(),
                                Calls.delete("/user/identities/" + identity)));
    }

    Claims claims(String token, ClaimsOptions options) {
        Jwt jwt = Jwt.parse(token);
        if (!options.allowsExpired()) {
            refuseOld(jwt);
        }
        Optional<JsonNode> key =
                Signatures.knows(jwt.algorithm()) && !jwt.keyId().isEmpty()
                        ? keys.find(jwt.keyId(), options)
                        : Optional.empty();
        if (key.isEmpty()) {
            // The server knows the secret; a user that comes back makes the claims true.
            var unused = user(token);
        } else if (!Signatures.holds(jwt, key.get())) {
            throw Jwt.invalid("the token's signature is not that of the server's key");
        }
        return new Claims(Fields.map(jwt.claims()), Fields.map(jwt.header()));
    }

    private void refuseOld(Jwt jwt) {
        JsonNode end = jwt.claims().path("exp");
        if (!end.isNumber()) {
            throw Jwt.invalid("the token does not say when it runs out");
        }
        if (!Instant.ofEpochSecond(end.asLong()).isAfter(clock.now())) {
            throw Jwt.invalid("the token ran out; sign in again or refresh the session");
        }
    }
}
