package dev.hearth.client.auth;

/// A forgotten password. Immutable: each method gives another one.
///
/// ```java
/// client.auth().resetPasswordForEmail(
///         PasswordReset.of("ann@example.com").redirectTo("https://app.example/new-password"));
/// ```
public final class PasswordReset {

    private final Form form;

    private PasswordReset(Form form) {
        this.form = form;
    }

    /// Of the user with this address.
    public static PasswordReset of(String email) {
        return new PasswordReset(Form.needing("email", email));
    }

    /// Where the link leads in the end; one of the addresses that the server allows.
    public PasswordReset redirectTo(String address) {
        return new PasswordReset(form.to(address));
    }

    /// The answer of a captcha, where the server wants one.
    public PasswordReset captchaToken(String token) {
        return new PasswordReset(form.captcha(token));
    }

    Form form() {
        return form;
    }
}
