package dev.hearth.client.auth;

import java.util.Locale;

/// What a code or link is for.
public enum OtpType {
    /// A letter of a sign-up.
    SIGNUP,
    /// An invitation.
    INVITE,
    /// A sign-in by link.
    MAGICLINK,
    /// A forgotten password.
    RECOVERY,
    /// A change of address.
    EMAIL_CHANGE,
    /// A sign-up or sign-in by letter, whichever it was; for codes of [AuthClient#signInWithOtp].
    EMAIL,
    /// A text message.
    SMS,
    /// A change of number.
    PHONE_CHANGE;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
