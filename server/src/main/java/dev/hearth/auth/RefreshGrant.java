package dev.hearth.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.auth.AuditLog.Action;
import dev.hearth.auth.AuthProblem.InvalidRequest;
import dev.hearth.auth.AuthProblem.RefreshConflict;
import dev.hearth.auth.AuthProblem.RefreshOfBanned;
import dev.hearth.auth.AuthProblem.RefreshTokenInvalid;
import dev.hearth.auth.AuthProblem.RefreshTokenNotFound;
import dev.hearth.auth.AuthProblem.RefreshTokenUsed;
import dev.hearth.auth.AuthProblem.RefreshWithoutSession;
import dev.hearth.auth.AuthProblem.SessionExpired;
import dev.hearth.auth.RefreshTokens.RefreshToken;
import dev.hearth.config.AuthConfig;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Request;
import dev.hearth.observe.Observer;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// `grant_type=refresh_token`: a used token gives the next one (auth.md 5; supabase/auth
/// `internal/tokens/service.go`). A client that lost an answer, or asks twice at once, gets a
/// session that works; a token that comes again later ends the whole session.
///
/// Each try is one transaction that takes its row locks without waiting; while another one holds
/// them, it is tried again a moment later, so that no connection is spent on waiting. A refusal is
/// a result of the transaction, not an exception in it: what it wrote is committed.
final class RefreshGrant {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SHORTEST_PAUSE_MILLIS = 10;
    private static final int LONGEST_PAUSE_MILLIS = 30;

    /// The database chose this transaction to end a deadlock: as good as a lock that was taken.
    private static final Set<String> DEADLOCKED = Set.of("40P01", "40001");

    private final AuthConfig config;
    private final AuthDatabase database;
    private final Users users;
    private final Sessions sessions;
    private final RefreshTokens tokens;
    private final AuditLog auditLog;
    private final AccessTokens accessTokens;
    private final Observer observer;
    private final Clock clock;

    RefreshGrant(Parts parts) {
        this.config = parts.config();
        this.database = parts.database();
        this.users = parts.users();
        this.sessions = parts.sessions();
        this.tokens = parts.refreshTokens();
        this.auditLog = parts.auditLog();
        this.accessTokens = parts.accessTokens();
        this.observer = parts.observer();
        this.clock = parts.clock();
    }

    /// What one try came to.
    private sealed interface Outcome {
        record Refreshed(ObjectNode session) implements Outcome {}

        record Refused(AuthProblem problem) implements Outcome {}

        record Busy() implements Outcome {}
    }

    /// The rows of one refresh, locked.
    private record Grant(RefreshToken token, Session session, User user, Instant now) {}

    Answer answer(Request request) throws IOException, SQLException, InterruptedException {
        String value = JsonBody.of(request).text("refresh_token");
        if (!RefreshTokens.wellFormed(value)) {
            throw new RefreshTokenInvalid().refusal();
        }
        ClientFacts client = ClientFacts.of(request);
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            switch (attempt(value, client)) {
                case Outcome.Refreshed(var session) -> {
                    return Json.answer(200, session);
                }
                case Outcome.Refused(var problem) -> throw problem.refusal();
                case Outcome.Busy() ->
                        Thread.sleep(
                                ThreadLocalRandom.current()
                                        .nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
            }
        }
        throw new RefreshConflict().refusal();
    }

    private Outcome attempt(String value, ClientFacts client) throws SQLException {
        try {
            return database.inTransaction(connection -> attempt(connection, value, client));
        } catch (SQLException e) {
            if (DEADLOCKED.contains(String.valueOf(e.getSQLState()))) {
                return new Outcome.Busy();
            }
            throw e;
        }
    }

    private Outcome attempt(Connection connection, String value, ClientFacts client)
            throws SQLException {
        Instant now = clock.instant();
        Optional<RefreshToken> token = tokens.lock(connection, value);
        if (token.isEmpty()) {
            return tokens.exists(connection, value)
                    ? new Outcome.Busy()
                    : new Outcome.Refused(new RefreshTokenNotFound());
        }
        if (token.get().sessionId().isEmpty()) {
            tokens.remove(connection, token.get().id());
            return new Outcome.Refused(new RefreshWithoutSession());
        }
        UUID sessionId = token.get().sessionId().get();
        Optional<Session> session = sessions.lock(connection, sessionId);
        if (session.isEmpty()) {
            return sessions.find(connection, sessionId).isPresent()
                    ? new Outcome.Busy()
                    : new Outcome.Refused(new RefreshWithoutSession());
        }
        Optional<User> user = users.find(connection, session.get().userId());
        if (user.isEmpty()) {
            return new Outcome.Refused(new RefreshTokenNotFound());
        }
        var grant = new Grant(token.get(), session.get(), user.get(), now);
        Optional<AuthProblem> refusal = refusal(grant);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        if (config.sessions().singlePerUser()) {
            if (!users.lock(connection, grant.user().id())) {
                return new Outcome.Busy();
            }
            if (newerSession(connection, grant)) {
                return new Outcome.Refused(new SessionExpired(" (Revoked by Newer Login)"));
            }
        }
        return refreshed(connection, grant, client);
    }

    private Optional<AuthProblem> refusal(Grant grant) {
        if (grant.user().banned(grant.now())) {
            return Optional.of(new RefreshOfBanned());
        }
        if (grant.session().ofOauthClient()) {
            return Optional.of(
                    new InvalidRequest(
                            "invalid_client", "Client authentication required for OAuth session"));
        }
        return grant.session()
                .expiry(
                        config.sessions(),
                        grant.now(),
                        Optional.of(grant.token().updatedAt()),
                        grant.user().hasVerifiedFactor());
    }

    /// Whether the user has another session of the same kind that was in use later.
    private boolean newerSession(Connection connection, Grant grant) throws SQLException {
        String kind = grant.session().kind(config.sessions().tags());
        Instant used = grant.session().lastRefresh(Optional.of(grant.token().updatedAt()));
        boolean secondFactor = grant.user().hasVerifiedFactor();
        return sessions.of(connection, grant.user().id()).stream()
                .filter(other -> !other.id().equals(grant.session().id()))
                .filter(other -> other.kind(config.sessions().tags()).equals(kind))
                .filter(
                        other ->
                                other.expiry(
                                                config.sessions(),
                                                grant.now(),
                                                Optional.empty(),
                                                secondFactor)
                                        .isEmpty())
                .anyMatch(other -> other.lastRefresh(Optional.empty()).isAfter(used));
    }

    private Outcome refreshed(Connection connection, Grant grant, ClientFacts client)
            throws SQLException {
        RefreshToken token = grant.token();
        Optional<String> again = Optional.empty();
        if (token.revoked()) {
            again =
                    tokens.active(connection, grant.session().id())
                            .filter(active -> active.parent().equals(token.value()))
                            .map(RefreshToken::value);
            Instant last = token.updatedAt().plus(config.rotation().reuseInterval());
            if (again.isEmpty() && grant.now().isAfter(last)) {
                return reused(connection, grant);
            }
        }
        auditLog.note(connection, grant.user(), Action.TOKEN_REFRESHED, grant.now());
        User user = grant.user();
        String next;
        if (again.isPresent()) {
            next = again.get();
        } else {
            next = rotate(connection, grant);
            user = user.at("updated_at", grant.now());
        }
        sessions.refreshed(connection, grant.session().id(), client, grant.now());
        return new Outcome.Refreshed(
                accessTokens.sessionJson(user, grant.session(), next, grant.now()));
    }

    private String rotate(Connection connection, Grant grant) throws SQLException {
        Instant now = grant.now();
        auditLog.note(connection, grant.user(), Action.TOKEN_REVOKED, now);
        tokens.revoke(connection, grant.token().id(), now);
        String next =
                tokens.add(
                        connection,
                        grant.user().id(),
                        grant.session().id(),
                        grant.token().value(),
                        now);
        users.refreshed(connection, grant.user().id(), now);
        return next;
    }

    private Outcome reused(Connection connection, Grant grant) throws SQLException {
        observer.tell(new AuthEvent.RefreshTokenReused(grant.user().id(), grant.session().id()));
        if (config.rotation().enabled()) {
            tokens.revokeFamily(connection, grant.session().id(), grant.now());
        }
        return new Outcome.Refused(new RefreshTokenUsed());
    }
}
