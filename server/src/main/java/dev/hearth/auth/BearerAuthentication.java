package dev.hearth.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.auth.AuthProblem.BadToken;
import dev.hearth.auth.AuthProblem.Banned;
import dev.hearth.auth.AuthProblem.NoBearer;
import dev.hearth.auth.AuthProblem.SessionGone;
import dev.hearth.auth.AuthProblem.SessionIdNotUuid;
import dev.hearth.auth.AuthProblem.SubjectMissing;
import dev.hearth.auth.AuthProblem.SubjectNotUuid;
import dev.hearth.auth.AuthProblem.UserGone;
import dev.hearth.config.AuthConfig;
import dev.hearth.config.TokenConfig;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Request;
import dev.hearth.problem.Refusal;
import dev.hearth.token.Token;
import dev.hearth.token.Tokens;
import dev.hearth.token.Verification;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Who is asking, for the endpoints of a user (auth.md 2.2): first the token alone, then the rows
/// it names, so that a sign-out holds at once.
final class BearerAuthentication {

    private static final Pattern HEADER = Pattern.compile("(?i)bearer\\s+\\S+");
    private static final Pattern UUID_FORM =
            Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final UUID NONE = new UUID(0, 0);

    private final AuthConfig config;
    private final TokenConfig tokenConfig;
    private final Tokens tokens;
    private final Users users;
    private final Sessions sessions;
    private final Clock clock;

    BearerAuthentication(
            AuthConfig config,
            TokenConfig tokenConfig,
            Tokens tokens,
            Users users,
            Sessions sessions,
            Clock clock) {
        this.config = config;
        this.tokenConfig = tokenConfig;
        this.tokens = tokens;
        this.users = users;
        this.sessions = sessions;
        this.clock = clock;
    }

    /// A token that holds, and what it names.
    ///
    /// @param token the claims
    /// @param userId the user
    /// @param sessionId the session; old tokens and those made by hand have none
    record Claimed(Token token, UUID userId, Optional<UUID> sessionId) {}

    /// A user who is there, and their session.
    record SignedIn(Token token, User user, Optional<Session> session) {}

    /// Checks the token; no I/O.
    ///
    /// @throws dev.hearth.problem.Refusal with the case of auth.md 2.2
    Claimed claimed(Request request) {
        boolean malformed =
                request.headers()
                        .first("authorization")
                        .filter(header -> !HEADER.matcher(header.strip()).matches())
                        .isPresent();
        if (malformed) {
            throw new NoBearer().refusal();
        }
        return switch (request.credential()) {
            case Credential.None() -> throw new NoBearer().refusal();
            // The key stands for a token with a role and no user.
            case Credential.ProjectKey _ -> throw new SubjectMissing().refusal();
            case Credential.Bearer(var text) -> claimed(verified(text));
        };
    }

    /// Reads the rows that the token names, in the caller's transaction.
    ///
    /// @throws dev.hearth.problem.Refusal when one is gone, or the user is banned
    SignedIn signedIn(Connection connection, Claimed claimed) throws SQLException {
        User user =
                users.find(connection, claimed.userId())
                        .orElseThrow(() -> new UserGone().refusal());
        Optional<Session> session = Optional.empty();
        if (claimed.sessionId().isPresent()) {
            session = sessions.find(connection, claimed.sessionId().get());
            if (session.isEmpty()) {
                throw new SessionGone().refusal();
            }
        }
        if (user.banned(clock.instant())) {
            throw new Banned().refusal();
        }
        return new SignedIn(claimed.token(), user, session);
    }

    /// Whether the token is an administrator's.
    boolean admin(Token token) {
        return token.role().filter(config.adminRoles()::contains).isPresent();
    }

    /// For whom a signed-in request asks: the header, else the token, else the configured audience.
    String audience(Request request, Token token) {
        return audienceHeader(request)
                .or(() -> admin(token) ? Optional.empty() : audienceClaim(token))
                .orElse(tokenConfig.audience());
    }

    /// For whom a request without a user asks.
    String audience(Request request) {
        return audienceHeader(request).orElse(tokenConfig.audience());
    }

    /// The token's first audience.
    static Optional<String> audienceClaim(Token token) {
        JsonNode audience = token.claims().path("aud");
        return Optional.of((audience.isArray() ? audience.path(0) : audience).asText())
                .filter(text -> !text.isEmpty());
    }

    private static Optional<String> audienceHeader(Request request) {
        return request.headers().first("x-jwt-aud").filter(text -> !text.isEmpty());
    }

    private Token verified(String text) {
        return switch (tokens.verify(text)) {
            case Verification.Verified(var token) -> token;
            case Verification.Malformed _ ->
                    throw bad("token is malformed: token contains an invalid number of segments");
            case Verification.UnsupportedAlgorithm(var algorithm) ->
                    throw bad(
                            "token signature is invalid: signing method %s is invalid"
                                    .formatted(shown(algorithm)));
            case Verification.UnknownKey(var keyId, var algorithm) ->
                    throw bad(
                            "token is unverifiable: error while executing keyfunc: unrecognized"
                                    + " JWT kid %s for algorithm %s"
                                            .formatted(
                                                    keyId.map(id -> shown(id)).orElse("<nil>"),
                                                    shown(algorithm)));
            case Verification.BadSignature() ->
                    throw bad("token signature is invalid: signature is invalid");
            case Verification.Expired _ -> throw bad("token has invalid claims: token is expired");
            case Verification.NotValid _ ->
                    throw bad("token has invalid claims: token is not valid yet");
        };
    }

    private static Claimed claimed(Token token) {
        if (token.expiresAt().isEmpty()) {
            throw bad("token has invalid claims: token is missing required claim: exp");
        }
        String subject = token.text("sub").orElse("");
        if (subject.isEmpty()) {
            throw new SubjectMissing().refusal();
        }
        UUID userId = uuid(subject).orElseThrow(() -> new SubjectNotUuid().refusal());
        String session = token.text("session_id").orElse("");
        if (session.isEmpty()) {
            return new Claimed(token, userId, Optional.empty());
        }
        UUID sessionId = uuid(session).orElseThrow(() -> new SessionIdNotUuid().refusal());
        return new Claimed(token, userId, Optional.of(sessionId).filter(id -> !id.equals(NONE)));
    }

    /// Strict: [UUID#fromString(String)] takes shortened groups too.
    private static Optional<UUID> uuid(String text) {
        return Optional.of(text)
                .filter(id -> UUID_FORM.matcher(id).matches())
                .map(UUID::fromString);
    }

    private static Refusal bad(String reason) {
        return new BadToken(reason).refusal();
    }

    /// What a stranger wrote into a header, fit to be sent back.
    private static String shown(String text) {
        String plain = text.replaceAll("[^\\w.-]", "?");
        return plain.substring(0, Math.min(plain.length(), 64));
    }
}
