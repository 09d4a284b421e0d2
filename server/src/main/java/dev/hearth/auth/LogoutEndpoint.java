package dev.hearth.auth;

import dev.hearth.auth.AuditLog.Action;
import dev.hearth.auth.AuthProblem.UnsupportedScope;
import dev.hearth.auth.BearerAuthentication.Claimed;
import dev.hearth.auth.BearerAuthentication.SignedIn;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Request;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;

/// `POST /logout?scope=…`: ends sessions, and with them their refresh tokens. Access tokens that
/// are out stay good for the other services until they expire.
final class LogoutEndpoint {

    private final AuthDatabase database;
    private final BearerAuthentication bearer;
    private final Sessions sessions;
    private final AuditLog auditLog;
    private final Clock clock;

    LogoutEndpoint(Parts parts) {
        this.database = parts.database();
        this.bearer = parts.bearer();
        this.sessions = parts.sessions();
        this.auditLog = parts.auditLog();
        this.clock = parts.clock();
    }

    /// Whose sessions end.
    private enum Scope {
        GLOBAL,
        LOCAL,
        OTHERS;

        static Scope of(String text) {
            return switch (text) {
                case "", "global" -> GLOBAL;
                case "local" -> LOCAL;
                case "others" -> OTHERS;
                default -> throw new UnsupportedScope(Quoted.of(text)).refusal();
            };
        }
    }

    Answer answer(Request request) throws SQLException {
        Claimed claimed = bearer.claimed(request);
        database.inTransaction(
                connection -> {
                    SignedIn signedIn = bearer.signedIn(connection, claimed);
                    end(connection, signedIn, Scope.of(request.parameter("scope").orElse("")));
                    return signedIn;
                });
        return Answer.empty(204);
    }

    private void end(Connection connection, SignedIn signedIn, Scope scope) throws SQLException {
        User user = signedIn.user();
        auditLog.note(connection, user, Action.LOGOUT, clock.instant());
        if (scope == Scope.GLOBAL || signedIn.session().isEmpty()) {
            sessions.endAll(connection, user.id());
            return;
        }
        UUID current = signedIn.session().get().id();
        if (scope == Scope.LOCAL) {
            sessions.end(connection, current);
        } else {
            sessions.endOthers(connection, user.id(), current);
        }
    }
}
