package dev.hearth.client.auth;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A user as the server tells of it. Two are equal when everything in them is.
///
/// ```java
/// User user = client.auth().getUser();
/// Object nick = user.userMetadata().get("nick");
/// ```
///
/// @param raw all that the server sent, as maps, lists, strings, numbers and booleans; what has no
///   method here is found there
public record User(Map<String, @Nullable Object> raw) {

    /// Copies.
    public User {
        raw = Fields.copy(raw);
    }

    /// The user's id, the value of `auth.uid()` in policies.
    ///
    /// @throws IllegalStateException when the session came from a storage that keeps the user
    ///   elsewhere; ask the server with [AuthClient#getUser()]
    public UUID id() {
        return Fields.uuid(raw, "id")
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "the stored session has no user in it; call"
                                                + " auth().getUser()"));
    }

    /// The address, if there is one.
    public Optional<String> email() {
        return Fields.text(raw, "email");
    }

    /// The number without `+`, if there is one.
    public Optional<String> phone() {
        return Fields.text(raw, "phone");
    }

    /// Whether nobody knows who it is: signed in by [AuthClient#signInAnonymously()].
    public boolean isAnonymous() {
        return Fields.flag(raw, "is_anonymous");
    }

    /// The role in the database, `authenticated` for everybody who is signed in.
    public Optional<String> role() {
        return Fields.text(raw, "role");
    }

    /// For whom its tokens are, `authenticated`.
    public Optional<String> audience() {
        return Fields.text(raw, "aud");
    }

    /// What only the server may change, such as `provider` and `providers`.
    public Map<String, @Nullable Object> appMetadata() {
        return Fields.object(raw, "app_metadata");
    }

    /// What users may change themselves: [UserAttributes#data]. Not for rights.
    public Map<String, @Nullable Object> userMetadata() {
        return Fields.object(raw, "user_metadata");
    }

    /// The ways this user signs in. Empty also after a sign-up with an address that somebody has
    /// already: the server does not tell strangers.
    public List<Identity> identities() {
        return Fields.objects(raw, "identities", Identity::new);
    }

    /// Second factors, verified or not.
    public List<Factor> factors() {
        return Fields.objects(raw, "factors", Factor::new);
    }

    /// When it was made.
    public Optional<Instant> createdAt() {
        return Fields.time(raw, "created_at");
    }

    /// When it was changed last.
    public Optional<Instant> updatedAt() {
        return Fields.time(raw, "updated_at");
    }

    /// When it signed in last.
    public Optional<Instant> lastSignInAt() {
        return Fields.time(raw, "last_sign_in_at");
    }

    /// When the address or the number was confirmed, the earlier of both.
    public Optional<Instant> confirmedAt() {
        return Fields.time(raw, "confirmed_at");
    }

    /// When the address was confirmed.
    public Optional<Instant> emailConfirmedAt() {
        return Fields.time(raw, "email_confirmed_at");
    }

    /// When the number was confirmed.
    public Optional<Instant> phoneConfirmedAt() {
        return Fields.time(raw, "phone_confirmed_at");
    }

    /// When a confirmation was sent last.
    public Optional<Instant> confirmationSentAt() {
        return Fields.time(raw, "confirmation_sent_at");
    }

    /// When it was invited.
    public Optional<Instant> invitedAt() {
        return Fields.time(raw, "invited_at");
    }

    /// The address that waits for its confirmation.
    public Optional<String> newEmail() {
        return Fields.text(raw, "new_email");
    }

    /// The number that waits for its confirmation.
    public Optional<String> newPhone() {
        return Fields.text(raw, "new_phone");
    }

    /// Until when it may not sign in.
    public Optional<Instant> bannedUntil() {
        return Fields.time(raw, "banned_until");
    }

    /// When it was deleted, if it is still kept.
    public Optional<Instant> deletedAt() {
        return Fields.time(raw, "deleted_at");
    }

    /// Neither address nor metadata, so that it may be logged.
    @Override
    public String toString() {
        return "User[id="
                + Fields.text(raw, "id").orElse("")
                + ", anonymous="
                + isAnonymous()
                + "]";
    }
}
