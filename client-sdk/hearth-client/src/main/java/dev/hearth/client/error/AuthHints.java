package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What would work, by the server's code.
final class AuthHints {

    private static final Map<String, String> HINTS =
            Map.ofEntries(
                    Map.entry(
                            AuthErrorCode.SESSION_MISSING,
                            "sign in first, for example with auth().signInAnonymously()"),
                    Map.entry(AuthErrorCode.SESSION_NOT_FOUND, "sign in again"),
                    Map.entry(AuthErrorCode.SESSION_EXPIRED, "sign in again"),
                    Map.entry(AuthErrorCode.REFRESH_TOKEN_NOT_FOUND, "sign in again"),
                    Map.entry(
                            AuthErrorCode.REFRESH_TOKEN_ALREADY_USED,
                            "sign in again, and let programs that share a session share its"
                                    + " storage"),
                    Map.entry(
                            AuthErrorCode.INVALID_CREDENTIALS,
                            "check the address and the password; the server does not say which of"
                                    + " them is wrong"),
                    Map.entry(
                            AuthErrorCode.EMAIL_NOT_CONFIRMED,
                            "follow the link in the letter, or ask for another with"
                                    + " auth().resend(Resend.signUp(email))"),
                    Map.entry(AuthErrorCode.USER_ALREADY_EXISTS, "sign in instead of signing up"),
                    Map.entry(
                            AuthErrorCode.ANONYMOUS_PROVIDER_DISABLED,
                            "switch anonymous sign-ins on at the server"),
                    Map.entry(
                            AuthErrorCode.SIGNUP_DISABLED,
                            "switch sign-ups on at the server, or create the user with"
                                    + " auth().admin().createUser"),
                    Map.entry(AuthErrorCode.OTP_EXPIRED, "ask for a new code"),
                    Map.entry(
                            AuthErrorCode.OVER_EMAIL_SEND_RATE_LIMIT,
                            "wait before the next letter"),
                    Map.entry(
                            AuthErrorCode.OVER_SMS_SEND_RATE_LIMIT,
                            "wait before the next text message"),
                    Map.entry(
                            AuthErrorCode.OVER_REQUEST_RATE_LIMIT, "wait before the next request"),
                    Map.entry(
                            AuthErrorCode.NOT_ADMIN,
                            "use a client with a secret (service_role) key, on a server only"),
                    Map.entry(
                            AuthErrorCode.NO_AUTHORIZATION,
                            "sign in first, with a user that is allowed to do this"),
                    Map.entry(AuthErrorCode.BAD_JWT, "refresh the session or sign in again"),
                    Map.entry(
                            AuthErrorCode.INSUFFICIENT_AAL,
                            "verify a second factor first with auth().mfa().challengeAndVerify"),
                    Map.entry(
                            AuthErrorCode.REAUTHENTICATION_NEEDED,
                            "call auth().reauthenticate() and send its code as nonce"),
                    Map.entry(
                            AuthErrorCode.MANUAL_LINKING_DISABLED,
                            "switch manual linking on at the server"),
                    Map.entry(
                            AuthErrorCode.PKCE_CODE_VERIFIER_NOT_FOUND,
                            "finish the sign-in with the client, or the storage, that began it"),
                    Map.entry(
                            AuthErrorCode.CAPTCHA_FAILED, "send the answer of a captcha with it"));

    private AuthHints() {}

    static String of(@Nullable String code) {
        return code == null ? "" : HINTS.getOrDefault(code, "");
    }
}
