package dev.hearth.client.auth;

/// A link that [AdminClient#generateLink] shall make. Immutable: each method gives another one.
///
/// ```java
/// GeneratedLink link = client.auth().admin().generateLink(LinkRequest.magicLink("ann@example.com"));
/// ```
public final class LinkRequest {

    private final Form form;

    private LinkRequest(Form form) {
        this.form = form;
    }

    /// For a sign-up.
    public static LinkRequest signUp(String email, String password) {
        return new LinkRequest(of("signup", email).and("password", password));
    }

    /// For an invitation.
    public static LinkRequest invite(String email) {
        return new LinkRequest(of("invite", email));
    }

    /// For a sign-in; the user is made if there is none.
    public static LinkRequest magicLink(String email) {
        return new LinkRequest(of("magiclink", email));
    }

    /// For a forgotten password.
    public static LinkRequest recovery(String email) {
        return new LinkRequest(of("recovery", email));
    }

    /// For a change of address, to be confirmed at the old one.
    public static LinkRequest emailChangeCurrent(String email, String newEmail) {
        return new LinkRequest(of("email_change_current", email).and("new_email", newEmail));
    }

    /// For a change of address, to be confirmed at the new one.
    public static LinkRequest emailChangeNew(String email, String newEmail) {
        return new LinkRequest(of("email_change_new", email).and("new_email", newEmail));
    }

    /// What the user shall have as [User#userMetadata]: a map or a record.
    public LinkRequest data(Object data) {
        return new LinkRequest(form.with("data", data));
    }

    /// Where the link leads in the end; one of the addresses that the server allows.
    public LinkRequest redirectTo(String address) {
        return new LinkRequest(form.to(address));
    }

    private static Form of(String type, String email) {
        return Form.needing("type", type).and("email", email);
    }

    Form form() {
        return form;
    }
}
