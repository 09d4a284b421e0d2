package dev.hearth.auth;

import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every way in which auth refuses. Codes and texts are upstream's, byte for byte, since clients
/// match on them; [#facts()] is the one table of them.
sealed interface AuthProblem extends Problem {

    // Transport

    record BadJson(String reason) implements AuthProblem {}

    record BodyOverLimit(long limit) implements AuthProblem {}

    record TimedOut() implements AuthProblem {}

    record RateLimited() implements AuthProblem {}

    record Unexpected() implements AuthProblem {}

    /// A function or constraint that the project's owner put on `auth.users` said no.
    ///
    /// @param attempt what auth was doing, for people
    record RefusedByDatabase(
            String attempt,
            String sqlState,
            String text,
            Optional<String> hint,
            Optional<String> detail)
            implements AuthProblem {

        private static final Set<String> TOLD =
                Set.of("P0001", "23000", "23001", "23502", "23503", "23505", "23514", "23P01");

        /// Whether upstream tells older clients what the database said.
        boolean told() {
            return TOLD.contains(sqlState) || sqlState.matches("PT[45]\\d\\d");
        }

        /// The status for older clients: that of a code `PTnnn`, else 500.
        int chosenStatus() {
            return sqlState.startsWith("PT") ? Integer.parseInt(sqlState.substring(2)) : 500;
        }
    }

    /// @param reason what about the value cannot be stored
    record NotStorable(String reason) implements AuthProblem {}

    // Bearer

    record NoBearer() implements AuthProblem {}

    record BadToken(String reason) implements AuthProblem {}

    record SubjectMissing() implements AuthProblem {}

    record SubjectNotUuid() implements AuthProblem {}

    record UserGone() implements AuthProblem {}

    record SessionIdNotUuid() implements AuthProblem {}

    record SessionGone() implements AuthProblem {}

    record Banned() implements AuthProblem {}

    record WrongAudience() implements AuthProblem {}

    // Sign-up and sign-in

    record AnonymousDisabled() implements AuthProblem {}

    record SignupDisabled() implements AuthProblem {}

    record PasswordMissing() implements AuthProblem {}

    record PasswordTooLong(int limit) implements AuthProblem {}

    /// @param reasons `length`, `characters`
    record WeakPassword(List<String> reasons, String text) implements AuthProblem {}

    record EmailAndPhone(String attempt) implements AuthProblem {}

    record ChallengeForPhone() implements AuthProblem {}

    record BadChannel() implements AuthProblem {}

    record BadChallenge(String text) implements AuthProblem {}

    record EmailSignupsDisabled() implements AuthProblem {}

    record PhoneSignupsDisabled() implements AuthProblem {}

    record EmailLoginsDisabled() implements AuthProblem {}

    record PhoneLoginsDisabled() implements AuthProblem {}

    record UnsupportedGrant() implements AuthProblem {}

    record EmailOrPhoneMissing() implements AuthProblem {}

    record AuthCodeMissing() implements AuthProblem {}

    record FlowStateNotFound() implements AuthProblem {}

    record Web3Disabled() implements AuthProblem {}

    record ProviderDisabled(String issuer) implements AuthProblem {}

    /// Answered as `{"error":…,"error_description":…}`.
    record InvalidRequest(String error, String description) implements AuthProblem {}

    // Refresh

    record RefreshTokenInvalid() implements AuthProblem {}

    record RefreshTokenNotFound() implements AuthProblem {}

    record RefreshTokenUsed() implements AuthProblem {}

    record RefreshOfBanned() implements AuthProblem {}

    record RefreshWithoutSession() implements AuthProblem {}

    /// @param cause ` (Inactivity)` and the like, or empty
    record SessionExpired(String cause) implements AuthProblem {}

    record RefreshConflict() implements AuthProblem {}

    // The user, and logout

    record NotAdmin() implements AuthProblem {}

    record InvalidEmail(String text) implements AuthProblem {}

    record InvalidPhone() implements AuthProblem {}

    record LowAssurance() implements AuthProblem {}

    record PasswordOfAnonymous() implements AuthProblem {}

    record ManagedBySso() implements AuthProblem {}

    /// @param scope quoted
    record UnsupportedScope(String scope) implements AuthProblem {}

    /// The table.
    @Override
    default Facts facts() {
        return switch (this) {
            case BadJson(var reason) ->
                    Facts.of(400, "bad_json", "Could not parse request body as JSON: " + reason);
            case BodyOverLimit(var limit) ->
                    Facts.of(
                            413,
                            "request_entity_too_large",
                            "Request body too large (max %d bytes)".formatted(limit));
            case TimedOut() ->
                    Facts.of(
                            504,
                            "request_timeout",
                            "Processing this request timed out, please retry after a moment.");
            case RateLimited() ->
                    Facts.of(429, "over_request_rate_limit", "Request rate limit reached");
            case Unexpected() ->
                    Facts.of(
                            500,
                            "unexpected_failure",
                            "Unexpected failure, please check server logs for more information");
            case RefusedByDatabase refused ->
                    Facts.of(500, "unexpected_failure", refused.attempt());
            case NotStorable(var reason) -> invalid(reason);

            case NoBearer() ->
                    Facts.of(
                            401, "no_authorization", "This endpoint requires a valid Bearer token");
            case BadToken(var reason) ->
                    badJwt("invalid JWT: unable to parse or verify signature, " + reason);
            case SubjectMissing() -> badJwt("invalid claim: missing sub claim");
            case SubjectNotUuid() ->
                    Facts.of(400, "bad_jwt", "invalid claim: sub claim must be a UUID");
            case UserGone() ->
                    Facts.of(403, "user_not_found", "User from sub claim in JWT does not exist");
            case SessionIdNotUuid() -> badJwt("invalid claim: session_id claim must be a UUID");
            case SessionGone() ->
                    Facts.of(
                            403,
                            "session_not_found",
                            "Session from session_id claim in JWT does not exist");
            case Banned() -> Facts.of(403, "user_banned", "User is banned");
            case WrongAudience() -> invalid("Token audience doesn't match request audience");

            case AnonymousDisabled() ->
                    Facts.of(422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled");
            case SignupDisabled() ->
                    Facts.of(422, "signup_disabled", "Signups not allowed for this instance");
            case PasswordMissing() -> invalid("Signup requires a valid password");
            case PasswordTooLong(var limit) ->
                    invalid("Password cannot be longer than %d characters".formatted(limit));
            case WeakPassword weak -> Facts.of(422, "weak_password", weak.text());
            case EmailAndPhone(var attempt) ->
                    invalid(
                            "Only an email address or phone number should be provided on %s."
                                    .formatted(attempt));
            case ChallengeForPhone() -> invalid("PKCE not supported for phone signups");
            case BadChannel() ->
                    invalid(
                            "Invalid channel, supported values are 'sms' or 'whatsapp'. 'whatsapp'"
                                    + " is only supported if Twilio or Twilio Verify is used as the"
                                    + " provider.");
            case BadChallenge(var text) -> invalid(text);
            case EmailSignupsDisabled() ->
                    Facts.of(400, "email_provider_disabled", "Email signups are disabled");
            case PhoneSignupsDisabled() ->
                    Facts.of(400, "phone_provider_disabled", "Phone signups are disabled");
            case EmailLoginsDisabled() ->
                    Facts.of(422, "email_provider_disabled", "Email logins are disabled");
            case PhoneLoginsDisabled() ->
                    Facts.of(422, "phone_provider_disabled", "Phone logins are disabled");
            case UnsupportedGrant() ->
                    Facts.of(400, "invalid_credentials", "unsupported_grant_type");
            case EmailOrPhoneMissing() -> invalid("missing email or phone");
            case AuthCodeMissing() ->
                    invalid(
                            "invalid request: both auth code and code verifier should be"
                                    + " non-empty");
            case FlowStateNotFound() ->
                    Facts.of(
                            404,
                            "flow_state_not_found",
                            "invalid flow state, no valid flow state found");
            case Web3Disabled() ->
                    Facts.of(422, "web3_provider_disabled", "Web3 provider is disabled");
            case ProviderDisabled(var issuer) ->
                    Facts.of(
                            400,
                            "provider_disabled",
                            "Provider (issuer %s) is not enabled".formatted(issuer));
            case InvalidRequest(_, var description) -> invalid(description);

            case RefreshTokenInvalid() -> invalid("Refresh token is not valid");
            case RefreshTokenNotFound() ->
                    Facts.of(
                            400,
                            "refresh_token_not_found",
                            "Invalid Refresh Token: Refresh Token Not Found");
            case RefreshTokenUsed() ->
                    Facts.of(
                            400,
                            "refresh_token_already_used",
                            "Invalid Refresh Token: Already Used");
            case RefreshOfBanned() ->
                    Facts.of(400, "user_banned", "Invalid Refresh Token: User Banned");
            case RefreshWithoutSession() ->
                    Facts.of(
                            400,
                            "session_not_found",
                            "Invalid Refresh Token: No Valid Session Found");
            case SessionExpired(var cause) ->
                    Facts.of(
                            400,
                            "session_expired",
                            "Invalid Refresh Token: Session Expired" + cause);
            case RefreshConflict() ->
                    Facts.of(
                            409,
                            "conflict",
                            "Too many concurrent token refresh requests on the same session or"
                                    + " refresh token");

            case NotAdmin() ->
                    Facts.of(403, "not_admin", "Updating app_metadata requires admin privileges");
            case InvalidEmail(var text) -> invalid(text);
            case InvalidPhone() -> invalid("Invalid phone number format (E.164 required)");
            case LowAssurance() ->
                    Facts.of(
                            401,
                            "insufficient_aal",
                            "AAL2 session is required to update email or password when MFA is"
                                    + " enabled.");
            case PasswordOfAnonymous() ->
                    Facts.of(
                            422,
                            "validation_failed",
                            "Updating password of an anonymous user without an email or phone is"
                                    + " not allowed");
            case ManagedBySso() ->
                    Facts.of(
                            422,
                            "user_sso_managed",
                            "Updating email, phone, password of a SSO account only possible via"
                                    + " SSO");
            case UnsupportedScope(var scope) -> invalid("Unsupported logout scope " + scope);
        };
    }

    /// Carries this to the one place that answers it.
    default Refusal refusal() {
        return new Refusal(this);
    }

    private static Facts invalid(String text) {
        return Facts.of(400, "validation_failed", text);
    }

    private static Facts badJwt(String text) {
        return Facts.of(403, "bad_jwt", text);
    }
}
