package dev.hearth.client.auth;

/// What goes with an anonymous sign-in. Immutable: each method gives another one.
///
/// ```java
/// client.auth().signInAnonymously(AnonymousCredentials.of().data(Map.of("nick", "ann")));
/// ```
public final class AnonymousCredentials {

    private final Form form;

    private AnonymousCredentials(Form form) {
        this.form = form;
    }

    /// Nothing so far.
    public static AnonymousCredentials of() {
        return new AnonymousCredentials(Form.EMPTY);
    }

    /// What the user shall have as [User#userMetadata]: a map or a record.
    public AnonymousCredentials data(Object data) {
        return new AnonymousCredentials(form.with("data", data));
    }

    /// The answer of a captcha, where the server wants one.
    public AnonymousCredentials captchaToken(String token) {
        return new AnonymousCredentials(form.captcha(token));
    }

    Form form() {
        return form;
    }
}
