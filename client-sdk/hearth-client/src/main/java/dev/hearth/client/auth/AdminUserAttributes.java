package dev.hearth.client.auth;

import java.time.Duration;
import java.util.UUID;

/// What an admin says about a user. Immutable: each method gives another one. What is not said
/// stays.
///
/// ```java
/// client.auth().admin().createUser(
///         AdminUserAttributes.of().email("ann@example.com").password(password).emailConfirm(true));
/// ```
public final class AdminUserAttributes {

    private final Form form;

    private AdminUserAttributes(Form form) {
        this.form = form;
    }

    /// Nothing so far.
    public static AdminUserAttributes of() {
        return new AdminUserAttributes(Form.EMPTY);
    }

    /// The address.
    public AdminUserAttributes email(String email) {
        return new AdminUserAttributes(form.with("email", email));
    }

    /// The telephone number.
    public AdminUserAttributes phone(String phone) {
        return new AdminUserAttributes(form.with("phone", phone));
    }

    /// The password.
    public AdminUserAttributes password(String password) {
        return new AdminUserAttributes(form.with("password", password));
    }

    /// The password as bcrypt or Argon2 has hashed it, instead of itself.
    public AdminUserAttributes passwordHash(String hash) {
        return new AdminUserAttributes(form.with("password_hash", hash));
    }

    /// Whether the address counts as confirmed.
    public AdminUserAttributes emailConfirm(boolean confirmed) {
        return new AdminUserAttributes(form.with("email_confirm", confirmed));
    }

    /// Whether the number counts as confirmed.
    public AdminUserAttributes phoneConfirm(boolean confirmed) {
        return new AdminUserAttributes(form.with("phone_confirm", confirmed));
    }

    /// [User#userMetadata]: a map or a record.
    public AdminUserAttributes userMetadata(Object data) {
        return new AdminUserAttributes(form.with("user_metadata", data));
    }

    /// [User#appMetadata]: a map or a record.
    public AdminUserAttributes appMetadata(Object data) {
        return new AdminUserAttributes(form.with("app_metadata", data));
    }

    /// The role in the database, instead of `authenticated`.
    public AdminUserAttributes role(String role) {
        return new AdminUserAttributes(form.with("role", role));
    }

    /// The id, of a new user only.
    public AdminUserAttributes id(UUID id) {
        return new AdminUserAttributes(form.with("id", id.toString()));
    }

    /// For how long the user may not sign in; zero lifts the ban.
    public AdminUserAttributes banDuration(Duration duration) {
        return new AdminUserAttributes(
                form.with("ban_duration", duration.isZero() ? "none" : duration.toSeconds() + "s"));
    }

    Form form() {
        return form;
    }
}
