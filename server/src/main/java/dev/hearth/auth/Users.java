package dev.hearth.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.database.Sql;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The rows of `auth.users` and what hangs on them. All methods run in the caller's transaction.
///
/// Users' triggers see the same statements as with supabase/auth (`internal/models/user.go`): the
/// insert without a role, then the update of the role, then those of sign-in.
final class Users {

    /// The value of every `instance_id`.
    static final UUID INSTANCE = new UUID(0, 0);

    private static final List<String> TIMES =
            List.of(
                    "email_confirmed_at",
                    "invited_at",
                    "phone_confirmed_at",
                    "confirmation_sent_at",
                    "confirmed_at",
                    "recovery_sent_at",
                    "email_change_sent_at",
                    "phone_change_sent_at",
                    "reauthentication_sent_at",
                    "last_sign_in_at",
                    "created_at",
                    "updated_at",
                    "banned_until",
                    "deleted_at");

    private static final String FIND =
            """
            select u.id, u.aud, u.role, u.email, u.phone, u.email_change, u.phone_change,
                   u.is_anonymous, u.is_sso_user, u.raw_app_meta_data, u.raw_user_meta_data,
                   u.email_confirmed_at, u.invited_at, u.phone_confirmed_at,
                   u.confirmation_sent_at, u.confirmed_at, u.recovery_sent_at,
                   u.email_change_sent_at, u.phone_change_sent_at, u.reauthentication_sent_at,
                   u.last_sign_in_at, u.created_at, u.updated_at, u.banned_until, u.deleted_at,
                   (select json_agg(json_build_object(
                               'identity_id', i.id, 'id', i.provider_id, 'user_id', i.user_id,
                               'identity_data', i.identity_data, 'provider', i.provider,
                               'last_sign_in_at', i.last_sign_in_at,
                               'created_at', i.created_at, 'updated_at', i.updated_at,
                               'email', i.email) order by i.created_at, i.id)
                      from auth.identities i where i.user_id = u.id) as identities,
                   (select json_agg(json_build_object(
                               'id', f.id, 'created_at', f.created_at, 'updated_at', f.updated_at,
                               'status', f.status, 'friendly_name', f.friendly_name,
                               'factor_type', f.factor_type, 'phone', f.phone,
                               'last_challenged_at', f.last_challenged_at,
                               'web_authn_aaguid', f.web_authn_aaguid,
                               'last_webauthn_challenge_data', f.last_webauthn_challenge_data)
                               order by f.created_at, f.id)
                      from auth.mfa_factors f where f.user_id = u.id) as factors
              from auth.users u
             where u.id = ?\
            """;

    private static final String INSERT_ANONYMOUS =
            """
            insert into auth.users (
                instance_id, id, aud, role, email, phone, encrypted_password,
                confirmation_token, recovery_token, email_change, email_change_token_new,
                email_change_token_current, email_change_confirm_status,
                phone_change, phone_change_token, reauthentication_token,
                raw_app_meta_data, raw_user_meta_data, created_at, updated_at,
                is_sso_user, is_anonymous)
            values (?, ?, ?, '', null, null, '',
                '', '', '', '',
                '', 0,
                '', '', '',
                '{}', ?::jsonb, ?, ?,
                false, true)\
            """;

    /// The user; empty when there is none.
    Optional<User> find(Connection connection, UUID id) throws SQLException {
        return Rows.first(connection, Sql.of(FIND, id), Users::user);
    }

    /// Makes an anonymous user.
    ///
    /// @param data what the user says of themselves
    void addAnonymous(
            Connection connection,
            UUID id,
            String audience,
            String role,
            ObjectNode data,
            Instant now)
            throws SQLException {
        OffsetDateTime time = Rows.timestamp(now);
        Rows.change(
                connection,
                Sql.of(INSERT_ANONYMOUS, INSTANCE, id, audience, data.toString(), time, time));
        Rows.change(
                connection,
                Sql.of(
                        "update auth.users set role = ?, updated_at = ? where id = ?",
                        role,
                        time,
                        id));
    }

    /// Notes a sign-in.
    void signedIn(Connection connection, UUID id, Instant now) throws SQLException {
        OffsetDateTime time = Rows.timestamp(now);
        Rows.change(
                connection,
                Sql.of(
                        "update auth.users set last_sign_in_at = ?, updated_at = ? where id = ?",
                        time,
                        time,
                        id));
    }

    /// Notes a refresh: upstream writes the old time of sign-in again, and triggers may count on
    /// the update.
    void refreshed(Connection connection, UUID id, Instant now) throws SQLException {
        Rows.change(
                connection,
                Sql.of(
                        """
                        update auth.users set last_sign_in_at = last_sign_in_at, updated_at = ?
                         where id = ?\
                        """,
                        Rows.timestamp(now),
                        id));
    }

    /// Merges into the user's own data, key by key; a null value removes its key. Atomic: of two at
    /// once, neither undoes the other's keys.
    void mergeUserMetadata(Connection connection, UUID id, ObjectNode data, Instant now)
            throws SQLException {
        merge(
                connection,
                """
                update auth.users
                   set raw_user_meta_data = (case jsonb_typeof(raw_user_meta_data)
                           when 'object' then raw_user_meta_data else '{}' end || ?::jsonb)
                           - array(select jsonb_array_elements_text(?::jsonb)),
                       updated_at = ?
                 where id = ?\
                """,
                id,
                data,
                now);
    }

    /// Merges into the administrators' data in the same way.
    void mergeAppMetadata(Connection connection, UUID id, ObjectNode data, Instant now)
            throws SQLException {
        merge(
                connection,
                """
                update auth.users
                   set raw_app_meta_data = (case jsonb_typeof(raw_app_meta_data)
                           when 'object' then raw_app_meta_data else '{}' end || ?::jsonb)
                           - array(select jsonb_array_elements_text(?::jsonb)),
                       updated_at = ?
                 where id = ?\
                """,
                id,
                data,
                now);
    }

    /// Locks the user's row without waiting.
    ///
    /// @return whether it could be locked
    boolean lock(Connection connection, UUID id) throws SQLException {
        return Rows.exists(
                connection,
                Sql.of("select id from auth.users where id = ? for update skip locked", id));
    }

    private static void merge(
            Connection connection, String text, UUID id, ObjectNode data, Instant now)
            throws SQLException {
        ArrayNode removed = data.arrayNode();
        data.properties()
                .forEach(
                        entry -> {
                            if (entry.getValue().isNull()) {
                                removed.add(entry.getKey());
                            }
                        });
        Rows.change(
                connection,
                Sql.of(text, data.toString(), removed.toString(), Rows.timestamp(now), id));
    }

    private static User user(ResultSet row) throws SQLException {
        var times = new TreeMap<String, Instant>();
        for (String name : TIMES) {
            Rows.instant(row, name).ifPresent(time -> times.put(name, time));
        }
        return new User(
                row.getObject("id", UUID.class),
                Rows.text(row, "aud"),
                Rows.text(row, "role"),
                Rows.text(row, "email"),
                Rows.text(row, "phone"),
                Rows.text(row, "email_change"),
                Rows.text(row, "phone_change"),
                row.getBoolean("is_anonymous"),
                row.getBoolean("is_sso_user"),
                times,
                object(row.getString("raw_app_meta_data")),
                object(row.getString("raw_user_meta_data")),
                items(
                        row.getString("identities"),
                        List.of("last_sign_in_at", "email"),
                        List.of("last_sign_in_at", "created_at", "updated_at")),
                items(
                        row.getString("factors"),
                        List.of(
                                "friendly_name",
                                "web_authn_aaguid",
                                "last_webauthn_challenge_data"),
                        List.of("last_challenged_at", "created_at", "updated_at")));
    }

    private static ObjectNode object(@Nullable String json) {
        return json != null && Json.row(json) instanceof ObjectNode object ? object : Json.object();
    }

    /// Objects of the database as they go on the wire.
    ///
    /// @param omitted members that are left out when they are null or empty
    /// @param times members that are points in time
    private static ArrayNode items(
            @Nullable String json, List<String> omitted, List<String> times) {
        ArrayNode items = Json.object().arrayNode();
        if (json == null) {
            return items;
        }
        for (JsonNode row : Json.row(json)) {
            ObjectNode item = (ObjectNode) row;
            omitted.stream()
                    .filter(name -> item.path(name).asText("").isEmpty())
                    .filter(name -> !item.path(name).isObject())
                    .forEach(item::remove);
            times.stream()
                    .filter(name -> item.path(name).isTextual())
                    .forEach(name -> item.put(name, wireTime(item.get(name).textValue())));
            items.add(item);
        }
        return items;
    }

    private static String wireTime(String time) {
        return WireTime.of(OffsetDateTime.parse(time).toInstant());
    }
}
