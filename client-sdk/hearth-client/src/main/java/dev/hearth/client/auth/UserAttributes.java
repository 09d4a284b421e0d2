package dev.hearth.client.auth;

/// What a user changes about itself. Immutable: each method gives another one. What is not said
/// stays.
///
/// ```java
/// client.auth().updateUser(UserAttributes.of().data(Map.of("nick", "ann")));
/// ```
public final class UserAttributes {

    private final Form form;

    private UserAttributes(Form form) {
        this.form = form;
    }

    /// Nothing so far.
    public static UserAttributes of() {
        return new UserAttributes(Form.EMPTY);
    }

    /// The address; it changes once it is confirmed.
    public UserAttributes email(String email) {
        return new UserAttributes(form.with("email", email));
    }

    /// The telephone number; it changes once it is confirmed.
    public UserAttributes phone(String phone) {
        return new UserAttributes(form.with("phone", phone));
    }

    /// The password.
    public UserAttributes password(String password) {
        return new UserAttributes(form.with("password", password));
    }

    /// The password until now, where the server wants to see it.
    public UserAttributes currentPassword(String password) {
        return new UserAttributes(form.with("current_password", password));
    }

    /// The code of [AuthClient#reauthenticate()].
    public UserAttributes nonce(String nonce) {
        return new UserAttributes(form.with("nonce", nonce));
    }

    /// What is merged into [User#userMetadata]: a map or a record; null takes a name away.
    public UserAttributes data(Object data) {
        return new UserAttributes(form.with("data", data));
    }

    /// Where the links of the letters lead in the end.
    public UserAttributes redirectTo(String address) {
        return new UserAttributes(form.to(address));
    }

    Form form() {
        return form;
    }
}
