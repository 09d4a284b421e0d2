package dev.hearth.client.auth;

/// Who signs in with a password. Immutable: each method gives another one.
///
/// ```java
/// client.auth().signInWithPassword(PasswordCredentials.phone("+15550100", password));
/// ```
public final class PasswordCredentials {

    private final Form form;

    private PasswordCredentials(Form form) {
        this.form = form;
    }

    /// By address.
    public static PasswordCredentials email(String email, String password) {
        return new PasswordCredentials(Form.needing("email", email).and("password", password));
    }

    /// By telephone number.
    public static PasswordCredentials phone(String phone, String password) {
        return new PasswordCredentials(Form.needing("phone", phone).and("password", password));
    }

    /// The answer of a captcha, where the server wants one.
    public PasswordCredentials captchaToken(String token) {
        return new PasswordCredentials(form.captcha(token));
    }

    Form form() {
        return form;
    }
}
