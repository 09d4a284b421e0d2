package dev.hearth.client;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.client.auth.AuthClient;
import dev.hearth.client.auth.AuthOptions;
import dev.hearth.client.database.DatabaseClient;
import dev.hearth.client.database.DatabaseOptions;
import dev.hearth.client.functions.FunctionsClient;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.realtime.RealtimeClient;
import dev.hearth.client.realtime.RealtimeOptions;
import dev.hearth.client.storage.StorageClient;
import dev.hearth.client.time.SystemTimers;
import dev.hearth.client.time.Timers;

import okhttp3.OkHttpClient;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// A project's server, as one program sees it. Immutable and safe for any thread; make one, keep
/// it, close it.
///
/// ```java
/// try (var client = SupabaseClient.create("http://127.0.0.1:54321", key)) {
///     client.auth().signInAnonymously();
///     List<Message> messages = client.from("messages").select().execute(Message.class);
/// }
/// ```
public final class SupabaseClient implements AutoCloseable {

    private final Backend backend;
    private final AuthClient auth;
    private final DatabaseClient database;
    private final RealtimeClient realtime;
    private final StorageClient storage;
    private final FunctionsClient functions;

    private SupabaseClient(Builder builder) {
        var http = new Http(builder.okHttpClient, builder.url, builder.timeout);
        var tasks =
                builder.executor == null
                        ? Tasks.own(builder.virtualThreads)
                        : Tasks.on(builder.executor);
        var anonymous =
                new Backend(
                        http,
                        new Json(builder.objectMapper),
                        tasks,
                        builder.timers == null ? new SystemTimers() : builder.timers,
                        builder.key,
                        () -> builder.key,
                        builder.headers);
        auth = new AuthClient(anonymous, builder.auth.build());
        backend = anonymous;
        database = new DatabaseClient(backend, builder.database.build());
        realtime = new RealtimeClient(backend, builder.realtime.build());
        storage = new StorageClient(backend);
        functions = new FunctionsClient(backend);
    }

    /// A client with the usual options. Nothing is sent before the first call.
    ///
    /// @param url of the project, such as `https://abc.supabase.co`
    /// @param key a publishable (anon) key, or on servers only a secret (service_role) key
    /// @throws IllegalArgumentException when the address is none, or the key is empty
    public static SupabaseClient create(String url, String key) {
        return builder(url, key).build();
    }

    /// A client with options of its own.
    public static Builder builder(String url, String key) {
        return new Builder(url, key);
    }

    /// Users and sessions.
    public AuthClient auth() {
        return auth;
    }

    /// Tables, views and functions.
    public DatabaseClient database() {
        return database;
    }

    /// The socket and its channels.
    public RealtimeClient realtime() {
        return realtime;
    }

    /// Files.
    public StorageClient storage() {
        return storage;
    }

    /// Functions at the edge.
    public FunctionsClient functions() {
        return functions;
    }

    /// Ends every thread, socket and timer of the client.
    @Override
    public void close() {
        backend.timers().close();
        backend.http().close();
        backend.tasks().close();
    }

    /// Makes a client. For one thread.
    public static final class Builder {

        private final String url;
        private final String key;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final AuthOptions.Builder auth = AuthOptions.builder();
        private final DatabaseOptions.Builder database = DatabaseOptions.builder();
        private final RealtimeOptions.Builder realtime = RealtimeOptions.builder();
        private Duration timeout = Duration.ofSeconds(60);
        private boolean virtualThreads = true;
        private @Nullable Supplier<String> accessToken;
        private @Nullable Executor executor;
        private @Nullable OkHttpClient okHttpClient;
        private @Nullable ObjectMapper objectMapper;
        private @Nullable Timers timers;

        private Builder(String url, String key) {
            this.url = url;
            this.key = key;
        }

        /// Sends a header with every request.
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /// The client.
        public SupabaseClient build() {
            return new SupabaseClient(this);
        }
    }
}
