package dev.hearth.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// A row of `auth.users` with its identities and factors, without its secrets.
///
/// @param id the user
/// @param audience who tokens of this user are for
/// @param role the database role of this user
/// @param email lower case; empty when there is none
/// @param phone without `+`; empty when there is none
/// @param newEmail a change that is not confirmed yet, or empty
/// @param newPhone a change that is not confirmed yet, or empty
/// @param anonymous whether nothing is known by which the user could sign in again
/// @param managedBySso whether the user comes from single sign-on
/// @param times the points in time that are set, by their names on the wire
/// @param appMetadata what administrators wrote
/// @param userMetadata what the user wrote; not to be trusted
/// @param identities as on the wire
/// @param factors as on the wire
record User(
        UUID id,
        String audience,
        String role,
        String email,
        String phone,
        String newEmail,
        String newPhone,
        boolean anonymous,
        boolean managedBySso,
        Map<String, Instant> times,
        ObjectNode appMetadata,
        ObjectNode userMetadata,
        ArrayNode identities,
        ArrayNode factors) {

    User {
        times = Map.copyOf(times);
    }

    /// Whether the user may not sign in now.
    boolean banned(Instant now) {
        return Optional.ofNullable(times.get("banned_until")).filter(now::isBefore).isPresent();
    }

    /// Whether the user has a second factor that works.
    boolean hasVerifiedFactor() {
        for (JsonNode factor : factors) {
            if (factor.path("status").asText().equals("verified")) {
                return true;
            }
        }
        return false;
    }

    /// The same user with one more time set.
    User at(String name, Instant instant) {
        var more = new TreeMap<>(times);
        more.put(name, instant);
        return new User(
                id,
                audience,
                role,
                email,
                phone,
                newEmail,
                newPhone,
                anonymous,
                managedBySso,
                more,
                appMetadata,
                userMetadata,
                identities,
                factors);
    }

    /// The user as clients see it (auth.md 3.1).
    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("id", id.toString());
        json.put("aud", audience);
        json.put("role", role);
        json.put("email", email);
        time(json, "email_confirmed_at");
        time(json, "invited_at");
        json.put("phone", phone);
        time(json, "phone_confirmed_at");
        time(json, "confirmation_sent_at");
        time(json, "confirmed_at");
        time(json, "recovery_sent_at");
        unlessEmpty(json, "new_email", newEmail);
        time(json, "email_change_sent_at");
        unlessEmpty(json, "new_phone", newPhone);
        time(json, "phone_change_sent_at");
        time(json, "reauthentication_sent_at");
        time(json, "last_sign_in_at");
        json.set("app_metadata", appMetadata);
        json.set("user_metadata", userMetadata);
        if (!factors.isEmpty()) {
            json.set("factors", factors);
        }
        json.set("identities", identities);
        time(json, "created_at");
        time(json, "updated_at");
        time(json, "banned_until");
        time(json, "deleted_at");
        json.put("is_anonymous", anonymous);
        return json;
    }

    private void time(ObjectNode json, String name) {
        Optional.ofNullable(times.get(name)).map(WireTime::of).ifPresent(t -> json.put(name, t));
    }

    private static void unlessEmpty(ObjectNode json, String name, String text) {
        if (!text.isEmpty()) {
            json.put(name, text);
        }
    }

    /// The id only: the rest is personal data.
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
