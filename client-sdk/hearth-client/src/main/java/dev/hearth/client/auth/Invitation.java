package dev.hearth.client.auth;

/// Somebody who is invited. Immutable: each method gives another one.
///
/// ```java
/// admin.inviteUserByEmail(Invitation.of("ann@example.com").data(Map.of("team", "blue")));
/// ```
public final class Invitation {

    private final Form form;

    private Invitation(Form form) {
        this.form = form;
    }

    /// By address.
    public static Invitation of(String email) {
        return new Invitation(Form.needing("email", email));
    }

    /// What the user shall have as [User#userMetadata]: a map or a record.
    public Invitation data(Object data) {
        return new Invitation(form.with("data", data));
    }

    /// Where the link leads in the end; one of the addresses that the server allows.
    public Invitation redirectTo(String address) {
        return new Invitation(form.to(address));
    }

    Form form() {
        return form;
    }
}
