package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.AuthException;
import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The session in its storage, in the format of auth-js 2.119. Used under the lock of
/// [CurrentSession].
final class SessionStore {

    private static final System.Logger LOG = System.getLogger("dev.hearth.client.auth");

    private static final List<String> NEEDED =
            List.of("access_token", "refresh_token", "expires_at");

    private final SessionStorage storage;
    private final String key;
    private boolean written = true;

    SessionStore(SessionStorage storage, String key) {
        this.storage = storage;
        this.key = key;
    }

    /// What is there; what cannot be a session counts as none.
    ///
    /// @throws dev.hearth.client.error.AuthException when the storage fails
    Optional<Session> read() {
        Optional<Map<String, @Nullable Object>> found = object(key);
        if (found.isEmpty() || !NEEDED.stream().allMatch(found.get()::containsKey)) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> raw = found.get();
        if (Fields.text(raw, "access_token").isEmpty()
                || Fields.text(raw, "refresh_token").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Session(raw.get("user") instanceof Map ? raw : withUser(raw)));
    }

    /// What is there now; when the storage fails, the session that was here goes on in memory.
    Optional<Session> readAgain(Session mine) {
        try {
            return read();
        } catch (AuthException e) {
            written = false;
            LOG.log(Level.WARNING, "the session was not read again and lives in memory only", e);
            return Optional.of(mine);
        }
    }

    /// Pages may keep the user apart (`userStorage` of supabase-js).
    private Map<String, @Nullable Object> withUser(Map<String, @Nullable Object> raw) {
        Optional<Map<String, @Nullable Object>> apart = object(key + "-user");
        if (apart.isEmpty() || !(apart.get().get("user") instanceof Map<?, ?> user)) {
            return raw;
        }
        var whole = new LinkedHashMap<String, @Nullable Object>(raw);
        whole.put("user", user);
        return whole;
    }

    private Optional<Map<String, @Nullable Object>> object(String name) {
        try {
            JsonNode tree = Json.protocol().readTree(storage.getItem(name).orElse("null"));
            return tree.isObject() ? Optional.of(Fields.map(tree)) : Optional.empty();
        } catch (IOException spoilt) {
            return Optional.empty();
        }
    }

    /// Whether the last write came through, so that what is read is what was written here or by
    /// another since.
    boolean isTrue() {
        return written;
    }

    void write(Session session) {
        try {
            storage.setItem(key, Fields.json(session.raw()));
            written = true;
        } catch (RuntimeException e) {
            written = false;
            LOG.log(Level.WARNING, "the session was not stored and lives in memory only", e);
        }
    }

    void remove() {
        try {
            storage.removeItem(key);
            storage.removeItem(key + "-user");
            written = true;
        } catch (RuntimeException e) {
            written = false;
            LOG.log(Level.WARNING, "the session was not removed from its storage", e);
        }
    }
}
