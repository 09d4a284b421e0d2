package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The server refused something about users and sessions, or this side saw that it would.
///
/// ```java
/// try {
///     client.auth().signInWithPassword("ann@example.com", password);
/// } catch (AuthException e) {
///     if (e.isInvalidCredentials()) {
///         show("No such address, or another password.");
///     } else if (e.isEmailNotConfirmed()) {
///         show("Please follow the link that we sent you.");
///     } else {
///         throw e;
///     }
/// }
/// ```
///
/// [#code] is the server's own word; all of them are in [AuthErrorCode]. Mirrors the `AuthError`
/// family of supabase-js: `AuthApiError`, `AuthWeakPasswordError` ([#weakPasswordReasons]),
/// `AuthSessionMissingError` ([#isSessionMissing]), `AuthRetryableFetchError` ([#isRetryable]).
public final class AuthException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String code;
    private final int status;
    private final List<String> weakPasswordReasons;

    /// @param message what the server said, or what is wrong
    /// @param code one of [AuthErrorCode], or null where the server gave none
    /// @param status of the answer, 0 where there was none
    /// @param weakPasswordReasons `length`, `characters`, `pwned`; empty for other errors
    public AuthException(
            String message,
            @Nullable String code,
            int status,
            List<String> weakPasswordReasons,
            @Nullable RequestInfo request,
            @Nullable Throwable cause) {
        super(withHint(message, code), request, cause);
        this.code = code;
        this.status = status;
        this.weakPasswordReasons = List.copyOf(weakPasswordReasons);
    }

    /// One that this side saw without asking the server.
    public static AuthException local(String message, String code) {
        return new AuthException(message, code, 0, List.of(), null, null);
    }

    private static String withHint(String message, @Nullable String code) {
        String hint = AuthHints.of(code);
        return hint.isEmpty() ? message : message + "; " + hint;
    }

    @Override
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    @Override
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    @Override
    public Optional<String> hint() {
        return Optional.of(AuthHints.of(code)).filter(hint -> !hint.isEmpty());
    }

    /// Why a password is too weak: `length`, `characters`, `pwned`, or what the server may add.
    /// Empty for other errors.
    public List<String> weakPasswordReasons() {
        return weakPasswordReasons;
    }

    /// Whether the server gave this code, one of [AuthErrorCode].
    public boolean is(String expected) {
        return expected.equals(code);
    }

    /// Wrong address or wrong password; the server does not say which.
    public boolean isInvalidCredentials() {
        return is(AuthErrorCode.INVALID_CREDENTIALS);
    }

    /// The address has to be confirmed first.
    public boolean isEmailNotConfirmed() {
        return is(AuthErrorCode.EMAIL_NOT_CONFIRMED);
    }

    /// Somebody has an account with this address or number already.
    public boolean isUserAlreadyExists() {
        return is(AuthErrorCode.USER_ALREADY_EXISTS)
                || is(AuthErrorCode.EMAIL_EXISTS)
                || is(AuthErrorCode.PHONE_EXISTS);
    }

    /// The password does not satisfy the server's rules: [#weakPasswordReasons].
    public boolean isWeakPassword() {
        return is(AuthErrorCode.WEAK_PASSWORD) || !weakPasswordReasons.isEmpty();
    }

    /// Nobody is signed in, or the server knows the session no more.
    public boolean isSessionMissing() {
        return is(AuthErrorCode.SESSION_MISSING) || is(AuthErrorCode.SESSION_NOT_FOUND);
    }

    /// Too many requests, letters or text messages; wait before the next.
    public boolean isRateLimited() {
        return status == 429 || (code != null && code.startsWith("over_"));
    }

    /// The code or link was wrong, used before, or too old.
    public boolean isOtpExpired() {
        return is(AuthErrorCode.OTP_EXPIRED);
    }

    /// A second factor has to be shown first.
    public boolean isInsufficientAal() {
        return is(AuthErrorCode.INSUFFICIENT_AAL);
    }

    /// The fault is the server's, or between here and it, and may be gone on the next try: statuses
    /// 408, 429 and 5xx.
    public boolean isRetryable() {
        return status >= 500 || status == 429 || status == 408;
    }
}
