package dev.hearth.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.auth.AuthProblem.AnonymousDisabled;
import dev.hearth.auth.AuthProblem.BadChannel;
import dev.hearth.auth.AuthProblem.ChallengeForPhone;
import dev.hearth.auth.AuthProblem.EmailAndPhone;
import dev.hearth.auth.AuthProblem.EmailSignupsDisabled;
import dev.hearth.auth.AuthProblem.NotStorable;
import dev.hearth.auth.AuthProblem.PasswordMissing;
import dev.hearth.auth.AuthProblem.PhoneSignupsDisabled;
import dev.hearth.auth.AuthProblem.SignupDisabled;
import dev.hearth.config.AuthConfig;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Request;
import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// `POST /signup`: a new user. Without e-mail and phone it is an anonymous one; with either, the
/// checks of auth.md 4.1 run in their order and end at the provider, which is off.
final class SignUp {

    private static final int LONGEST_AUDIENCE = 255;

    private final AuthConfig config;
    private final AuthDatabase database;
    private final BearerAuthentication bearer;
    private final Users users;
    private final Sessions sessions;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final Limits limits;
    private final Clock clock;

    SignUp(Parts parts) {
        this.config = parts.config();
        this.database = parts.database();
        this.bearer = parts.bearer();
        this.users = parts.users();
        this.sessions = parts.sessions();
        this.refreshTokens = parts.refreshTokens();
        this.accessTokens = parts.accessTokens();
        this.limits = parts.limits();
        this.clock = parts.clock();
    }

    Answer answer(Request request) throws IOException, SQLException {
        JsonBody body = JsonBody.of(request);
        if (body.text("email").isEmpty() && body.text("phone").isEmpty()) {
            return anonymous(request, body);
        }
        limits.signUps().take(request.client());
        throw refusal(body);
    }

    private Answer anonymous(Request request, JsonBody body) throws SQLException {
        if (!config.anonymousUsers()) {
            throw new AnonymousDisabled().refusal();
        }
        limits.anonymous().take(request.client());
        if (config.signupDisabled()) {
            throw new SignupDisabled().refusal();
        }
        ObjectNode data = body.data("data").orElseGet(Json::object);
        String audience = StorableData.text(bearer.audience(request));
        if (audience.length() > LONGEST_AUDIENCE) {
            throw new NotStorable("An audience is too long").refusal();
        }
        ClientFacts client = ClientFacts.of(request);
        return Json.answer(
                200,
                database.inTransaction(
                        connection -> newSession(connection, audience, data, client)));
    }

    private ObjectNode newSession(
            Connection connection, String audience, ObjectNode data, ClientFacts client)
            throws SQLException {
        Instant now = clock.instant();
        UUID userId = UUID.randomUUID();
        UUID sessionId = UUID.randomUUID();
        users.addAnonymous(connection, userId, audience, config.defaultRole(), data, now);
        sessions.open(connection, sessionId, userId, "anonymous", client, now);
        String refreshToken = refreshTokens.add(connection, userId, sessionId, null, now);
        users.signedIn(connection, userId, now);
        // Read again: triggers may have changed what was written.
        Optional<User> user = users.find(connection, userId);
        Optional<Session> session = sessions.find(connection, sessionId);
        if (user.isEmpty() || session.isEmpty()) {
            throw new IllegalStateException("a trigger removed the new user");
        }
        return accessTokens.sessionJson(user.get(), session.get(), refreshToken, now);
    }

    /// Why a sign-up by e-mail or phone is refused.
    private Refusal refusal(JsonBody body) {
        String email = body.text("email");
        String phone = body.text("phone");
        String password = body.text("password");
        String challenge = body.text("code_challenge");
        String method = body.text("code_challenge_method");
        String channel = body.text("channel");
        body.data("data");
        if (config.signupDisabled()) {
            return new SignupDisabled().refusal();
        }
        if (password.isEmpty()) {
            return new PasswordMissing().refusal();
        }
        Inputs.requireStrong(password, config.passwords());
        if (!email.isEmpty() && !phone.isEmpty()) {
            return new EmailAndPhone("signup").refusal();
        }
        if (!phone.isEmpty() && !channel.isEmpty() && !channel.equals("sms")) {
            return new BadChannel().refusal();
        }
        if (!phone.isEmpty() && !challenge.isEmpty()) {
            return new ChallengeForPhone().refusal();
        }
        Inputs.requireChallenge(method, challenge);
        return email.isEmpty()
                ? new PhoneSignupsDisabled().refusal()
                : new EmailSignupsDisabled().refusal();
    }
}
