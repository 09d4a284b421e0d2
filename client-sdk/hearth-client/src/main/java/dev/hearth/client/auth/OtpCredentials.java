package dev.hearth.client.auth;

/// Who signs in by a code or link. Immutable: each method gives another one.
///
/// ```java
/// client.auth().signInWithOtp(OtpCredentials.email("ann@example.com").shouldCreateUser(false));
/// ```
public final class OtpCredentials {

    private final Form form;

    private OtpCredentials(Form form) {
        this.form = form;
    }

    /// By letter.
    public static OtpCredentials email(String email) {
        return new OtpCredentials(Form.needing("email", email));
    }

    /// By text message.
    public static OtpCredentials phone(String phone) {
        return new OtpCredentials(Form.needing("phone", phone));
    }

    /// Whether somebody whom the server does not know is signed up; yes unless said.
    public OtpCredentials shouldCreateUser(boolean should) {
        return new OtpCredentials(form.with("create_user", should));
    }

    /// What the user shall have as [User#userMetadata]: a map or a record.
    public OtpCredentials data(Object data) {
        return new OtpCredentials(form.with("data", data));
    }

    /// Where the link leads in the end; one of the addresses that the server allows.
    public OtpCredentials redirectTo(String address) {
        return new OtpCredentials(form.to(address));
    }

    /// How a code gets to the telephone; [MessageChannel#SMS] unless said.
    public OtpCredentials channel(MessageChannel channel) {
        return new OtpCredentials(form.with("channel", channel.wire()));
    }

    /// The answer of a captcha, where the server wants one.
    public OtpCredentials captchaToken(String token) {
        return new OtpCredentials(form.captcha(token));
    }

    Form form() {
        return form;
    }
}
