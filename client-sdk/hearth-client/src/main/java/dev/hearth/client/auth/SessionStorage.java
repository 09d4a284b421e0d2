package dev.hearth.client.auth;

import java.nio.file.Path;
import java.util.Optional;

/// Where a session outlives the client, and where the code verifiers of [FlowType#PKCE] wait.
/// Implement it for a key chain, a database, the preferences of a telephone.
///
/// Keys and values are those of supabase-js, so both can share a storage: the session is under
/// `sb-<ref>-auth-token` as JSON, the verifiers under keys that begin the same. Values are secrets.
///
/// Calls may block, and come from several threads, but one at a time for each client. What they
/// throw on reading reaches the caller as an [dev.hearth.client.error.AuthException]; what they
/// throw on writing is logged, and the session goes on in memory.
public interface SessionStorage {

    /// What is under a key.
    Optional<String> getItem(String key);

    /// Puts something under a key.
    void setItem(String key, String value);

    /// Takes a key away, if it is there.
    void removeItem(String key);

    /// In memory: gone with the client. The default, right for servers.
    static SessionStorage memory() {
        return new MemoryStorage();
    }

    /// In a file of its own, a JSON object of keys and texts, that only its owner may read (0600
    /// where the file system knows such rights). It is replaced as a whole, so that nobody ever
    /// reads half of one, and several clients and programs may share it.
    ///
    /// ```java
    /// client = SupabaseClient.builder(url, key)
    ///         .auth(a -> a.storage(SessionStorage.file(Path.of(home, ".chat", "session.json"))))
    ///         .build();
    /// ```
    static SessionStorage file(Path path) {
        return new FileStorage(path);
    }
}
