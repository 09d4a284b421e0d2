package dev.hearth.client.auth;

/// What happened to the session, by the names of supabase-js.
public enum AuthChangeEvent {
    /// The first that every listener hears: who is signed in when it begins to listen.
    INITIAL_SESSION,
    /// Somebody signed in, or was signed in by [AuthClient#setSession].
    SIGNED_IN,
    /// Nobody is signed in any more; [AuthStateChange#reason] tells why.
    SIGNED_OUT,
    /// The same user with new tokens.
    TOKEN_REFRESHED,
    /// The same session with a changed user.
    USER_UPDATED,
    /// Signed in by a link of [AuthClient#resetPasswordForEmail]: ask for the new password.
    PASSWORD_RECOVERY,
    /// The same user, who has shown a second factor.
    MFA_CHALLENGE_VERIFIED
}
