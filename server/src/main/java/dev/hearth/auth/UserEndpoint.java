package dev.hearth.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.auth.AuditLog.Action;
import dev.hearth.auth.AuthProblem.BadChannel;
import dev.hearth.auth.AuthProblem.EmailLoginsDisabled;
import dev.hearth.auth.AuthProblem.LowAssurance;
import dev.hearth.auth.AuthProblem.ManagedBySso;
import dev.hearth.auth.AuthProblem.NotAdmin;
import dev.hearth.auth.AuthProblem.PasswordOfAnonymous;
import dev.hearth.auth.AuthProblem.PhoneLoginsDisabled;
import dev.hearth.auth.AuthProblem.UserGone;
import dev.hearth.auth.AuthProblem.WrongAudience;
import dev.hearth.auth.BearerAuthentication.Claimed;
import dev.hearth.auth.BearerAuthentication.SignedIn;
import dev.hearth.config.AuthConfig;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Request;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// `GET /user` and `PUT /user`: the signed-in user, and what they say of themselves. E-mail, phone
/// and password are refused while their providers are off, after upstream's other checks.
final class UserEndpoint {

    private final AuthConfig config;
    private final AuthDatabase database;
    private final BearerAuthentication bearer;
    private final Users users;
    private final AuditLog auditLog;
    private final Limits limits;
    private final Clock clock;

    UserEndpoint(Parts parts) {
        this.config = parts.config();
        this.database = parts.database();
        this.bearer = parts.bearer();
        this.users = parts.users();
        this.auditLog = parts.auditLog();
        this.limits = parts.limits();
        this.clock = parts.clock();
    }

    /// What a user wants to be changed.
    ///
    /// @param email empty when it stays
    /// @param phone empty when it stays
    /// @param password present when it was sent, even when it is empty
    /// @param nonce proof of a recent sign-in, or empty
    private record Change(
            String email,
            String phone,
            Optional<String> password,
            String nonce,
            Optional<ObjectNode> data,
            Optional<ObjectNode> appMetadata) {

        boolean newEmail(User user) {
            return !email.isEmpty() && !email.equals(user.email());
        }

        boolean newPhone(User user) {
            return !phone.isEmpty() && !phone.equals(user.phone());
        }

        boolean newPassword() {
            return password.filter(text -> !text.isEmpty()).isPresent();
        }
    }

    Answer get(Request request) throws SQLException {
        SignedIn signedIn = signedIn(request);
        String asked = bearer.audience(request, signedIn.token());
        if (!BearerAuthentication.audienceClaim(signedIn.token()).equals(Optional.of(asked))) {
            throw new WrongAudience().refusal();
        }
        return Json.answer(200, signedIn.user().json());
    }

    Answer put(Request request) throws IOException, SQLException {
        SignedIn signedIn = signedIn(request);
        limits.updates().take(request.client());
        // Read between two transactions: a slow client must not hold a connection.
        Change change = change(JsonBody.of(request));
        requireAllowed(change, signedIn);
        return Json.answer(200, changed(signedIn.user(), change).json());
    }

    private SignedIn signedIn(Request request) throws SQLException {
        Claimed claimed = bearer.claimed(request);
        return database.inTransaction(connection -> bearer.signedIn(connection, claimed));
    }

    private Change change(JsonBody body) {
        var change =
                new Change(
                        body.text("email"),
                        body.text("phone"),
                        body.optionalText("password"),
                        body.text("nonce"),
                        body.data("data"),
                        body.data("app_metadata"));
        body.text("current_password");
        body.text("code_challenge");
        body.text("code_challenge_method");
        String channel = body.text("channel");
        String email = change.email().isEmpty() ? "" : Inputs.email(change.email());
        String phone = change.phone().isEmpty() ? "" : Inputs.phone(change.phone());
        if (!phone.isEmpty() && !channel.isEmpty() && !channel.equals("sms")) {
            throw new BadChannel().refusal();
        }
        change.password().ifPresent(password -> Inputs.requireStrong(password, config.passwords()));
        return new Change(
                email,
                phone,
                change.password(),
                change.nonce(),
                change.data(),
                change.appMetadata());
    }

    private void requireAllowed(Change change, SignedIn signedIn) {
        User user = signedIn.user();
        boolean sensitive = change.newPassword() || change.newEmail(user) || change.newPhone(user);
        if (change.appMetadata().isPresent() && !bearer.admin(signedIn.token())) {
            throw new NotAdmin().refusal();
        }
        boolean secondFactorUsed =
                signedIn.session().filter(s -> s.assurance().equals("aal2")).isPresent();
        if (sensitive && user.hasVerifiedFactor() && !secondFactorUsed) {
            throw new LowAssurance().refusal();
        }
        if (user.anonymous()
                && change.newPassword()
                && change.email().isEmpty()
                && change.phone().isEmpty()) {
            throw new PasswordOfAnonymous().refusal();
        }
        if (user.managedBySso() && (sensitive || !change.nonce().isEmpty())) {
            throw new ManagedBySso().refusal();
        }
        if (change.newPhone(user) && !change.newEmail(user)) {
            throw new PhoneLoginsDisabled().refusal();
        }
        if (sensitive) {
            throw new EmailLoginsDisabled().refusal();
        }
    }

    private User changed(User user, Change change) throws SQLException {
        Instant now = clock.instant();
        return database.inTransaction(
                connection -> {
                    if (change.data().isPresent()) {
                        users.mergeUserMetadata(connection, user.id(), change.data().get(), now);
                    }
                    if (change.appMetadata().isPresent()) {
                        users.mergeAppMetadata(
                                connection, user.id(), change.appMetadata().get(), now);
                    }
                    User after =
                            users.find(connection, user.id())
                                    .orElseThrow(() -> new UserGone().refusal());
                    auditLog.note(connection, after, Action.USER_MODIFIED, now);
                    return after;
                });
    }
}
