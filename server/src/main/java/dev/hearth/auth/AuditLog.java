package dev.hearth.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.database.Sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What users did, in `auth.audit_log_entries`, as supabase/auth writes it
/// (`internal/models/audit_log_entry.go`; an anonymous sign-up is not among it).
final class AuditLog {

    /// What was done.
    enum Action {
        LOGOUT("logout", "account"),
        USER_MODIFIED("user_modified", "user"),
        TOKEN_REFRESHED("token_refreshed", "token"),
        TOKEN_REVOKED("token_revoked", "token");

        private final String name;
        private final String kind;

        Action(String name, String kind) {
            this.name = name;
            this.kind = kind;
        }
    }

    private final boolean on;

    /// @param on whether anything is written
    AuditLog(boolean on) {
        this.on = on;
    }

    /// Notes what a user did, in the caller's transaction.
    void note(Connection connection, User actor, Action action, Instant now) throws SQLException {
        if (!on) {
            return;
        }
        Rows.change(
                connection,
                Sql.of(
                        """
                        insert into auth.audit_log_entries
                            (instance_id, id, payload, created_at, ip_address)
                        values (?, ?, ?::json, ?, '')\
                        """,
                        Users.INSTANCE,
                        UUID.randomUUID(),
                        payload(actor, action).toString(),
                        Rows.timestamp(now)));
    }

    private static ObjectNode payload(User actor, Action action) {
        ObjectNode payload = Json.object();
        payload.put("action", action.name);
        payload.put("actor_id", actor.id().toString());
        Optional<JsonNode> name = Optional.ofNullable(actor.userMetadata().get("full_name"));
        name.ifPresent(value -> payload.set("actor_name", value));
        payload.put("actor_username", actor.phone().isEmpty() ? actor.email() : actor.phone());
        payload.put("actor_via_sso", actor.managedBySso());
        payload.put("log_type", action.kind);
        return payload;
    }
}
