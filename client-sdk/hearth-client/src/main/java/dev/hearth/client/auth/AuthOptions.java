package dev.hearth.client.auth;

import java.util.Optional;

/// How this room of a client behaves. Immutable.
///
/// ```java
/// SupabaseClient.builder(url, key)
///         .auth(a -> a.storage(SessionStorage.file(path)).flowType(FlowType.PKCE))
///         .build();
/// ```
///
/// | option | unless said |
/// |---|---|
/// | `storage` | [SessionStorage#memory] |
/// | `storageKey` | `sb-<first part of the host>-auth-token` |
/// | `persistSession` | true |
/// | `autoRefreshToken` | true |
/// | `flowType` | [FlowType#IMPLICIT] |
public final class AuthOptions {

    private final Optional<String> storageKey;
    private final boolean persistSession;
    private final boolean autoRefreshToken;
    private final SessionStorage storage;
    private final FlowType flowType;

    private AuthOptions(Builder builder) {
        storageKey = builder.storageKey;
        persistSession = builder.persistSession;
        autoRefreshToken = builder.autoRefreshToken;
        storage = builder.persistSession ? builder.storage : SessionStorage.memory();
        flowType = builder.flowType;
    }

    /// The usual ones.
    public static Builder builder() {
        return new Builder();
    }

    /// Under what the session is kept, if it was said.
    public Optional<String> storageKey() {
        return storageKey;
    }

    /// Whether the session outlives the client, as far as the storage does.
    public boolean persistSession() {
        return persistSession;
    }

    /// Whether the session is refreshed by itself.
    public boolean autoRefreshToken() {
        return autoRefreshToken;
    }

    /// Where the session is kept; memory without [#persistSession].
    public SessionStorage storage() {
        return storage;
    }

    /// How sessions come back from browsers and letters.
    public FlowType flowType() {
        return flowType;
    }

    /// Makes options. For one thread.
    public static final class Builder {

        private Optional<String> storageKey = Optional.empty();
        private boolean persistSession = true;
        private boolean autoRefreshToken = true;
        private SessionStorage storage = SessionStorage.memory();
        private FlowType flowType = FlowType.IMPLICIT;

        private Builder() {}

        /// Under what the session is kept; several clients of one storage need several keys to hold
        /// several sessions.
        ///
        /// @throws IllegalArgumentException when it is empty
        public Builder storageKey(String key) {
            if (key.isEmpty()) {
                throw new IllegalArgumentException("the storage key is empty");
            }
            storageKey = Optional.of(key);
            return this;
        }

        /// Whether the session is kept in the storage; without, it is in memory only.
        public Builder persistSession(boolean persist) {
            persistSession = persist;
            return this;
        }

        /// Whether the session is refreshed by itself, 90 s before it runs out; without, a call
        /// that needs it does so.
        public Builder autoRefreshToken(boolean auto) {
            autoRefreshToken = auto;
            return this;
        }

        /// Where the session is kept.
        public Builder storage(SessionStorage where) {
            storage = where;
            return this;
        }

        /// How sessions come back from browsers and letters.
        public Builder flowType(FlowType type) {
            flowType = type;
            return this;
        }

        /// What was said so far.
        public AuthOptions build() {
            return new AuthOptions(this);
        }
    }
}
