package dev.hearth.client.auth;

/// A code or link that came back. Immutable: each method gives another one.
///
/// ```java
/// client.auth().verifyOtp(OtpVerification.email("ann@example.com", "123456", OtpType.EMAIL));
/// ```
public final class OtpVerification {

    private final Form form;

    private OtpVerification(Form form) {
        this.form = form;
    }

    /// A code out of a letter.
    public static OtpVerification email(String email, String token, OtpType type) {
        return new OtpVerification(
                Form.needing("email", email).and("token", token).with("type", type.wire()));
    }

    /// A code out of a text message.
    public static OtpVerification phone(String phone, String token, OtpType type) {
        return new OtpVerification(
                Form.needing("phone", phone).and("token", token).with("type", type.wire()));
    }

    /// The hash out of a link, [GeneratedLink#hashedToken].
    public static OtpVerification tokenHash(String tokenHash, OtpType type) {
        return new OtpVerification(Form.needing("token_hash", tokenHash).with("type", type.wire()));
    }

    /// Where the link leads in the end; one of the addresses that the server allows.
    public OtpVerification redirectTo(String address) {
        return new OtpVerification(form.to(address));
    }

    /// The answer of a captcha, where the server wants one.
    public OtpVerification captchaToken(String token) {
        return new OtpVerification(form.captcha(token));
    }

    Form form() {
        return form;
    }
}
