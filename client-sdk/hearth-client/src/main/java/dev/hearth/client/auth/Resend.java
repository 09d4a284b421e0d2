package dev.hearth.client.auth;

/// A letter or text message that shall be sent once more. Immutable: each method gives another one.
///
/// ```java
/// client.auth().resend(Resend.signUp("ann@example.com"));
/// ```
public final class Resend {

    private final Form form;

    private Resend(Form form) {
        this.form = form;
    }

    /// The confirmation of a sign-up.
    public static Resend signUp(String email) {
        return new Resend(Form.needing("email", email).with("type", "signup"));
    }

    /// The confirmation of a changed address.
    public static Resend emailChange(String email) {
        return new Resend(Form.needing("email", email).with("type", "email_change"));
    }

    /// The code of a sign-up or sign-in by telephone.
    public static Resend sms(String phone) {
        return new Resend(Form.needing("phone", phone).with("type", "sms"));
    }

    /// The code of a changed number.
    public static Resend phoneChange(String phone) {
        return new Resend(Form.needing("phone", phone).with("type", "phone_change"));
    }

    /// Where the link leads in the end; one of the addresses that the server allows.
    public Resend redirectTo(String address) {
        return new Resend(form.to(address));
    }

    /// The answer of a captcha, where the server wants one.
    public Resend captchaToken(String token) {
        return new Resend(form.captcha(token));
    }

    Form form() {
        return form;
    }
}
