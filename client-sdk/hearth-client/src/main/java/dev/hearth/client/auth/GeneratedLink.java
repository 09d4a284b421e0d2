package dev.hearth.client.auth;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// A link that the server would have sent, and the user it is for. Whoever has it can sign in, so
/// it prints without.
///
/// @param user whom it is for
/// @param properties all of it as the server sent it
public record GeneratedLink(User user, Map<String, @Nullable Object> properties) {

    /// Copies.
    public GeneratedLink {
        properties = Fields.copy(properties);
    }

    /// The link itself.
    public String actionLink() {
        return Fields.text(properties, "action_link").orElse("");
    }

    /// The code, for those who type it.
    public String emailOtp() {
        return Fields.text(properties, "email_otp").orElse("");
    }

    /// For [OtpVerification#tokenHash].
    public String hashedToken() {
        return Fields.text(properties, "hashed_token").orElse("");
    }

    /// Where the link leads in the end.
    public String redirectTo() {
        return Fields.text(properties, "redirect_to").orElse("");
    }

    /// What the link is for, such as `magiclink`; `signup` when the user was made for it.
    public String verificationType() {
        return Fields.text(properties, "verification_type").orElse("");
    }

    @Override
    public String toString() {
        return "GeneratedLink[user=" + user + "]";
    }
}
