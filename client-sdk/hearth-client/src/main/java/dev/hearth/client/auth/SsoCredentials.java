package dev.hearth.client.auth;

/// Single sign-on of an organisation. Immutable: each method gives another one.
///
/// ```java
/// URI page = client.auth().signInWithSSO(SsoCredentials.domain("example.com"));
/// ```
public final class SsoCredentials {

    private final Form form;

    private SsoCredentials(Form form) {
        this.form = form;
    }

    /// By the domain of the users' addresses.
    public static SsoCredentials domain(String domain) {
        return new SsoCredentials(Form.needing("domain", domain));
    }

    /// By the provider's id at the server.
    public static SsoCredentials providerId(String id) {
        return new SsoCredentials(Form.needing("provider_id", id));
    }

    /// Where the link leads in the end; one of the addresses that the server allows.
    public SsoCredentials redirectTo(String address) {
        return new SsoCredentials(form.to(address));
    }

    /// The answer of a captcha, where the server wants one.
    public SsoCredentials captchaToken(String token) {
        return new SsoCredentials(form.captcha(token));
    }

    Form form() {
        return form;
    }
}
