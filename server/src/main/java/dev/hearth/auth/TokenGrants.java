package dev.hearth.auth;

import dev.hearth.auth.AuthProblem.AuthCodeMissing;
import dev.hearth.auth.AuthProblem.EmailAndPhone;
import dev.hearth.auth.AuthProblem.EmailLoginsDisabled;
import dev.hearth.auth.AuthProblem.EmailOrPhoneMissing;
import dev.hearth.auth.AuthProblem.FlowStateNotFound;
import dev.hearth.auth.AuthProblem.InvalidRequest;
import dev.hearth.auth.AuthProblem.PhoneLoginsDisabled;
import dev.hearth.auth.AuthProblem.ProviderDisabled;
import dev.hearth.auth.AuthProblem.UnsupportedGrant;
import dev.hearth.auth.AuthProblem.Web3Disabled;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Request;
import dev.hearth.problem.Refusal;

import java.io.IOException;

/// `POST /token?grant_type=…`: a session for a proof. Of the proofs, the refresh token works; the
/// others refuse as upstream does while their provider is off.
final class TokenGrants {

    private static final String INVALID_REQUEST = "invalid request";

    private final RefreshGrant refresh;
    private final Limits limits;

    TokenGrants(RefreshGrant refresh, Limits limits) {
        this.refresh = refresh;
        this.limits = limits;
    }

    Answer answer(Request request) throws Exception {
        String grant = request.parameter("grant_type").orElse("");
        switch (grant) {
            case "password", "refresh_token", "id_token", "pkce", "web3" ->
                    limits.tokens().take(request.client());
            default -> throw new UnsupportedGrant().refusal();
        }
        return switch (grant) {
            case "refresh_token" -> refresh.answer(request);
            case "password" -> throw password(JsonBody.of(request));
            case "pkce" -> throw pkce(JsonBody.of(request));
            case "id_token" -> throw idToken(JsonBody.of(request));
            default -> throw new Web3Disabled().refusal();
        };
    }

    private static Refusal password(JsonBody body) throws IOException {
        String email = body.text("email");
        String phone = body.text("phone");
        body.text("password");
        if (!email.isEmpty() && !phone.isEmpty()) {
            return new EmailAndPhone("login").refusal();
        }
        if (!email.isEmpty()) {
            return new EmailLoginsDisabled().refusal();
        }
        return phone.isEmpty()
                ? new EmailOrPhoneMissing().refusal()
                : new PhoneLoginsDisabled().refusal();
    }

    /// No flow was ever begun, so no code belongs to one.
    private static Refusal pkce(JsonBody body) {
        return body.text("auth_code").isEmpty() || body.text("code_verifier").isEmpty()
                ? new AuthCodeMissing().refusal()
                : new FlowStateNotFound().refusal();
    }

    private static Refusal idToken(JsonBody body) {
        if (body.text("id_token").isEmpty()) {
            return new InvalidRequest(INVALID_REQUEST, "id_token required").refusal();
        }
        String provider = body.text("provider");
        String issuer = body.text("issuer");
        if (provider.isEmpty() && (body.text("client_id").isEmpty() || issuer.isEmpty())) {
            return new InvalidRequest(INVALID_REQUEST, "provider or client_id and issuer required")
                    .refusal();
        }
        return new ProviderDisabled(Quoted.of(issuer.isEmpty() ? provider : issuer)).refusal();
    }
}
