package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.HttpRequest;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Second factors of the user who is signed in. Safe for any thread.
///
/// ```java
/// MfaClient mfa = client.auth().mfa();
/// EnrolledFactor factor = mfa.enroll(FactorEnrollment.totp());
/// show(factor.totp().orElseThrow().qrCode());
/// mfa.challengeAndVerify(factor.id(), typedCode);
/// ```
///
/// All calls throw [AuthException]; `session_missing` when nobody is signed in.
public final class MfaClient {

    private final Backend backend;
    private final Calls calls;
    private final Sessions sessions;
    private final Account account;
    private final ServerClock clock;

    MfaClient(Backend backend, Calls calls, Sessions sessions, Account account, ServerClock clock) {
        this.backend = backend;
        this.calls = calls;
        this.sessions = sessions;
        this.account = account;
        this.clock = clock;
    }

    /// Begins a factor; it counts once [#verify] has succeeded.
    ///
    /// ```java
    /// EnrolledFactor factor = client.auth().mfa().enroll(FactorEnrollment.totp());
    /// ```
    ///
    /// @throws AuthException `mfa_totp_enroll_not_enabled`, `too_many_enrolled_mfa_factors`
    public EnrolledFactor enroll(FactorEnrollment enrollment) {
        return new EnrolledFactor(Fields.map(ask(calls.post("/factors", enrollment.body()))));
    }

    /// The asynchronous form of [#enroll(FactorEnrollment)].
    public CompletableFuture<EnrolledFactor> enrollAsync(FactorEnrollment enrollment) {
        return backend.async(() -> enroll(enrollment));
    }

    /// Asks a factor for its code.
    ///
    /// ```java
    /// Challenge challenge = client.auth().mfa().challenge(factor.id());
    /// ```
    public Challenge challenge(UUID factorId) {
        return challenge(factorId, Map.of());
    }

    /// The asynchronous form of [#challenge(UUID)].
    public CompletableFuture<Challenge> challengeAsync(UUID factorId) {
        return backend.async(() -> challenge(factorId));
    }

    /// The same by WhatsApp instead of a text message.
    public Challenge challenge(UUID factorId, MessageChannel channel) {
        return challenge(factorId, Map.of("channel", channel.wire()));
    }

    /// The asynchronous form of [#challenge(UUID, MessageChannel)].
    public CompletableFuture<Challenge> challengeAsync(UUID factorId, MessageChannel channel) {
        return backend.async(() -> challenge(factorId, channel));
    }

    /// Shows the code of a factor; the session counts as [AssuranceLevel#AAL2] then.
    ///
    /// ```java
    /// client.auth().mfa().verify(factor.id(), challenge.id(), "123456");
    /// ```
    ///
    /// @throws AuthException `mfa_verification_failed`, `mfa_challenge_expired`
    public AuthResponse verify(UUID factorId, UUID challengeId, String code) {
        return verified(factorId, challengeId, code);
    }

    /// The asynchronous form of [#verify(UUID, UUID, String)].
    public CompletableFuture<AuthResponse> verifyAsync(
            UUID factorId, UUID challengeId, String code) {
        return backend.async(() -> verify(factorId, challengeId, code));
    }

    /// Both at once, for apps that show codes.
    ///
    /// ```java
    /// client.auth().mfa().challengeAndVerify(factor.id(), "123456");
    /// ```
    public AuthResponse challengeAndVerify(UUID factorId, String code) {
        return verify(factorId, challenge(factorId).id(), code);
    }

    /// The asynchronous form of [#challengeAndVerify(UUID, String)].
    public CompletableFuture<AuthResponse> challengeAndVerifyAsync(UUID factorId, String code) {
        return backend.async(() -> challengeAndVerify(factorId, code));
    }

    /// Takes a factor away.
    ///
    /// ```java
    /// client.auth().mfa().unenroll(factor.id());
    /// ```
    ///
    /// @throws AuthException `insufficient_aal` when it is verified and was not shown
    public void unenroll(UUID factorId) {
        var unused = ask(Calls.delete("/factors/" + factorId));
    }

    /// The asynchronous form of [#unenroll(UUID)].
    public CompletableFuture<Void> unenrollAsync(UUID factorId) {
        return backend.run(() -> unenroll(factorId));
    }

    /// The factors of the user who is signed in, as the server knows them.
    ///
    /// ```java
    /// List<Factor> apps = client.auth().mfa().listFactors().totp();
    /// ```
    public Factors listFactors() {
        return new Factors(account.user().factors());
    }

    /// The asynchronous form of [#listFactors()].
    public CompletableFuture<Factors> listFactorsAsync() {
        return backend.async(() -> listFactors());
    }

    /// How sure the server is of who it is, and how sure it could be; by the session, without a
    /// request.
    ///
    /// ```java
    /// AssuranceLevel level = client.auth().mfa().getAuthenticatorAssuranceLevel().current();
    /// ```
    public AssuranceLevels getAuthenticatorAssuranceLevel() {
        return sessions.fresh()
                .map(session -> levels(session.accessToken(), session.user()))
                .orElse(new AssuranceLevels(AssuranceLevel.NONE, AssuranceLevel.NONE, List.of()));
    }

    /// The asynchronous form of [#getAuthenticatorAssuranceLevel()].
    public CompletableFuture<AssuranceLevels> getAuthenticatorAssuranceLevelAsync() {
        return backend.async(() -> getAuthenticatorAssuranceLevel());
    }

    /// The same of any token; asks the server for its user.
    public AssuranceLevels getAuthenticatorAssuranceLevel(String accessToken) {
        return levels(accessToken, account.user(accessToken));
    }

    /// The asynchronous form of [#getAuthenticatorAssuranceLevel(String)].
    public CompletableFuture<AssuranceLevels> getAuthenticatorAssuranceLevelAsync(
            String accessToken) {
        return backend.async(() -> getAuthenticatorAssuranceLevel(accessToken));
    }

    private Challenge challenge(UUID factorId, Map<String, String> channel) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("factorId", factorId.toString());
        body.putAll(channel);
        return new Challenge(
                Fields.map(ask(calls.post("/factors/" + factorId + "/challenge", body))));
    }

    private AuthResponse verified(UUID factorId, UUID challengeId, String code) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("challenge_id", challengeId.toString());
        body.put("code", code);
        Session session =
                Session.in(ask(calls.post("/factors/" + factorId + "/verify", body)), clock.now())
                        .orElseThrow(
                                () ->
                                        AuthException.local(
                                                "the server answered without a session",
                                                AuthErrorCode.UNEXPECTED_FAILURE));
        sessions.begin(session, AuthChangeEvent.MFA_CHALLENGE_VERIFIED);
        return Account.response(session);
    }

    private JsonNode ask(HttpRequest request) {
        return calls.ask(Calls.as(sessions.needed().accessToken(), request));
    }

    private static AssuranceLevels levels(String accessToken, User user) {
        Claims claims = new Claims(Fields.map(Jwt.parse(accessToken).claims()), Map.of());
        AssuranceLevel current = claims.assuranceLevel();
        boolean more = user.factors().stream().anyMatch(Factor::isVerified);
        return new AssuranceLevels(
                current, more ? AssuranceLevel.AAL2 : current, claims.authenticationMethods());
    }
}
