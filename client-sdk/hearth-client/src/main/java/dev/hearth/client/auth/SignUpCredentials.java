package dev.hearth.client.auth;

/// Who signs up. Immutable: each method gives another one.
///
/// ```java
/// client.auth().signUp(
///         SignUpCredentials.email("ann@example.com", password)
///                 .data(Map.of("nick", "ann"))
///                 .redirectTo("https://app.example/welcome"));
/// ```
public final class SignUpCredentials {

    private final Form form;

    private SignUpCredentials(Form form) {
        this.form = form;
    }

    /// By address.
    public static SignUpCredentials email(String email, String password) {
        return new SignUpCredentials(Form.needing("email", email).and("password", password));
    }

    /// By telephone number, such as `+15550100`.
    public static SignUpCredentials phone(String phone, String password) {
        return new SignUpCredentials(Form.needing("phone", phone).and("password", password));
    }

    /// What the user shall have as [User#userMetadata]: a map or a record.
    public SignUpCredentials data(Object data) {
        return new SignUpCredentials(form.with("data", data));
    }

    /// Where the link leads in the end; one of the addresses that the server allows.
    public SignUpCredentials redirectTo(String address) {
        return new SignUpCredentials(form.to(address));
    }

    /// How a code gets to the telephone; [MessageChannel#SMS] unless said.
    public SignUpCredentials channel(MessageChannel channel) {
        return new SignUpCredentials(form.with("channel", channel.wire()));
    }

    /// The answer of a captcha, where the server wants one.
    public SignUpCredentials captchaToken(String token) {
        return new SignUpCredentials(form.captcha(token));
    }

    Form form() {
        return form;
    }
}
