package dev.hearth.client.auth;

/// A token of a provider, such as Google or Apple, that the program has already. Immutable: each
/// method gives another one.
///
/// ```java
/// client.auth().signInWithIdToken(IdTokenCredentials.of("google", idToken).nonce(nonce));
/// ```
public final class IdTokenCredentials {

    private final Form form;

    private IdTokenCredentials(Form form) {
        this.form = form;
    }

    /// A provider and its OpenID Connect token.
    public static IdTokenCredentials of(String provider, String idToken) {
        return new IdTokenCredentials(Form.needing("provider", provider).and("id_token", idToken));
    }

    /// The provider's access token, where the id token holds a hash of it.
    public IdTokenCredentials accessToken(String token) {
        return new IdTokenCredentials(form.with("access_token", token));
    }

    /// What the nonce of the token is the hash of.
    public IdTokenCredentials nonce(String nonce) {
        return new IdTokenCredentials(form.with("nonce", nonce));
    }

    /// The answer of a captcha, where the server wants one.
    public IdTokenCredentials captchaToken(String token) {
        return new IdTokenCredentials(form.captcha(token));
    }

    Form form() {
        return form;
    }
}
