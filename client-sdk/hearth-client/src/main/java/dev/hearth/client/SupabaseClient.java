package dev.hearth.client;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.client.auth.AuthClient;
import dev.hearth.client.auth.AuthOptions;
import dev.hearth.client.database.DatabaseClient;
import dev.hearth.client.database.DatabaseOptions;
import dev.hearth.client.database.QueryBuilder;
import dev.hearth.client.database.RpcBuilder;
import dev.hearth.client.database.RpcOptions;
import dev.hearth.client.functions.FunctionsClient;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.Project;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.internal.TraceContext;
import dev.hearth.client.internal.Version;
import dev.hearth.client.internal.http.HeaderRules;
import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.realtime.Channel;
import dev.hearth.client.realtime.ChannelOptions;
import dev.hearth.client.realtime.RealtimeClient;
import dev.hearth.client.realtime.RealtimeOptions;
import dev.hearth.client.realtime.SendResult;
import dev.hearth.client.storage.StorageClient;
import dev.hearth.client.time.SystemTimers;
import dev.hearth.client.time.Timers;

import okhttp3.OkHttpClient;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
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
///
/// Every call blocks its thread; the twin whose name ends in `Async` gives a `CompletableFuture`,
/// and to cancel that cancels the request. A call that fails throws a
/// [dev.hearth.client.error.SupabaseException]; one that comes after [#close()] throws
/// [dev.hearth.client.error.ClientClosedException]. All threads of a client are daemons: they keep
/// no program alive whose `main` has returned.
///
/// Mirrors `createClient` of supabase-js 2.119.
public final class SupabaseClient implements AutoCloseable {

    private final Rooms rooms;
    private final @Nullable AuthClient auth;
    private final RealtimeClient realtime;
    private final boolean ownTimers;

    private SupabaseClient(Builder builder) {
        ownTimers = builder.timers == null;
        Backend plain = builder.backend();
        @Nullable Supplier<? extends @Nullable String> accessToken = builder.accessToken;
        Supplier<String> token;
        if (accessToken == null) {
            var sessions = new AuthClient(plain, builder.auth.build());
            auth = sessions;
            token = () -> ofSession(sessions, plain);
        } else {
            auth = null;
            token = () -> orEmpty(accessToken.get());
        }
        rooms = new Rooms(plain, token, builder.database.build(), builder.project);
        realtime = new RealtimeClient(rooms.backend(), builder.realtime.build());
        if (auth != null) {
            auth.onAccessTokenChange(realtime::setAuth);
        }
    }

    private static String ofSession(AuthClient auth, Backend plain) {
        String token = auth.accessToken();
        return token.equals(plain.key()) ? "" : token;
    }

    private static String orEmpty(@Nullable String token) {
        return token == null ? "" : token;
    }

    /// A client with the usual options. Nothing is sent before the first call.
    ///
    /// @param url of the project, such as `https://abc.supabase.co`; a path in it is kept
    /// @param key a publishable (anon) key, or on servers only a secret (service_role) key
    /// @throws IllegalArgumentException when the address is none, or the key cannot be one; the
    ///   message says what to give instead
    public static SupabaseClient create(String url, String key) {
        return builder(url, key).build();
    }

    /// A client with options of its own.
    ///
    /// ```java
    /// var client = SupabaseClient.builder(url, key)
    ///         .schema("shop")
    ///         .header("x-app", "shop")
    ///         .timeout(Duration.ofSeconds(20))
    ///         .build();
    /// ```
    ///
    /// @param url of the project, such as `https://abc.supabase.co`; a path in it is kept
    /// @param key a publishable (anon) key, or on servers only a secret (service_role) key
    /// @throws IllegalArgumentException as [#create] does
    public static Builder builder(String url, String key) {
        return new Builder(new Project(url, key));
    }

    /// Users and sessions.
    ///
    /// @throws IllegalStateException when the client takes its tokens from elsewhere, by
    ///   [Builder#accessToken]
    public AuthClient auth() {
        if (auth == null) {
            throw new IllegalStateException(
                    "this client takes its tokens from accessToken(...), so it has no users and"
                            + " sessions of its own; sign in where the tokens come from");
        }
        rooms.backend().ensureOpen();
        return auth;
    }

    /// Tables, views and functions.
    public DatabaseClient database() {
        return rooms.database();
    }

    /// A table or view, to be read or changed.
    ///
    /// ```java
    /// List<Task> open = client.from("tasks").select().eq("done", false).execute(Task.class);
    /// ```
    public QueryBuilder from(String relation) {
        return database().from(relation);
    }

    /// The tables, views and functions of another schema, which must be among those that the server
    /// exposes.
    public DatabaseClient schema(String name) {
        return database().schema(name);
    }

    /// A function without arguments.
    public RpcBuilder rpc(String function) {
        return database().rpc(function);
    }

    /// A function.
    ///
    /// ```java
    /// long unread = client.rpc("unread", Map.of("org", 7)).execute(Long.class);
    /// ```
    ///
    /// @param arguments by their names: a map, a record, whatever JSON writes as an object
    public RpcBuilder rpc(String function, Object arguments) {
        return database().rpc(function, arguments);
    }

    /// A function, by GET or HEAD, or with a count.
    public RpcBuilder rpc(String function, Object arguments, RpcOptions how) {
        return database().rpc(function, arguments, how);
    }

    /// The socket and its channels.
    public RealtimeClient realtime() {
        rooms.backend().ensureOpen();
        return realtime;
    }

    /// A channel with the usual options: the one that there is by that name, or a new one. Nothing
    /// is sent before it is subscribed.
    public Channel channel(String topic) {
        return realtime().channel(topic);
    }

    /// A channel with options of its own.
    public Channel channel(String topic, ChannelOptions options) {
        return realtime().channel(topic, options);
    }

    /// All channels that there are.
    public List<Channel> getChannels() {
        return realtime().getChannels();
    }

    /// Leaves a channel and forgets it; the socket goes with the last.
    public SendResult removeChannel(Channel channel) {
        return realtime().removeChannel(channel);
    }

    /// Leaves all channels.
    public List<SendResult> removeAllChannels() {
        return realtime().removeAllChannels();
    }

    /// Files.
    public StorageClient storage() {
        return rooms.storage();
    }

    /// Functions at the edge.
    public FunctionsClient functions() {
        return rooms.functions();
    }

    /// The same server as somebody else sees it, for one request that a server handles: connections
    /// and threads are this client's, the rights are those of the token.
    ///
    /// ```java
    /// String token = request.getHeader("Authorization").substring("Bearer ".length());
    /// List<Order> theirs = client.asUser(token).from("orders").select().execute(Order.class);
    /// ```
    ///
    /// It costs nothing to make, it has nothing to close, and it never refreshes the token: when
    /// that has run out, the calls are refused by the server.
    ///
    /// @param accessToken of the user, without `Bearer`
    /// @throws IllegalArgumentException when it cannot be a token; an empty one would be nobody
    public UserView asUser(String accessToken) {
        rooms.backend().ensureOpen();
        if (accessToken.isBlank() || accessToken.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException(
                    "no access token; give what stands behind `Bearer ` in the user's request");
        }
        return new UserView(rooms.withToken(() -> accessToken));
    }

    /// Ends every thread, socket and timer of the client at once. Calls under way end with
    /// [dev.hearth.client.error.ClientClosedException]. What the program brought (an
    /// `OkHttpClient`, an `Executor`, `Timers`) stays as it is. Closing again does nothing.
    ///
    /// OkHttp's own housekeeping threads, which all its clients in a Java virtual machine share, go
    /// by themselves after a minute without work.
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /// The same, but lets calls under way come to their end first. New ones are refused from now
    /// on.
    ///
    /// @param drain how long to wait at most
    public void close(Duration drain) {
        Backend backend = rooms.backend();
        if (auth != null) {
            auth.dispose();
        }
        realtime.close();
        backend.http().drain(drain);
        backend.http().close();
        backend.tasks().close();
        if (ownTimers) {
            backend.timers().close();
        }
    }

    Rooms rooms() {
        return rooms;
    }

    /// The address, and no key.
    @Override
    public String toString() {
        return "SupabaseClient[" + rooms.backend().http().address() + "]";
    }

    /// Makes a client. For one thread.
    public static final class Builder {

        private static final System.Logger LOG =
                System.getLogger(SupabaseClient.class.getPackageName());

        private final Project project;
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final AuthOptions.Builder auth = AuthOptions.builder();
        private final DatabaseOptions.Builder database = DatabaseOptions.builder();
        private final RealtimeOptions.Builder realtime = RealtimeOptions.builder();
        private Duration timeout = Duration.ofSeconds(60);
        private long maxAnswerBytes = Http.MOST_IN_MEMORY;
        private boolean virtualThreads = true;
        private boolean authWasSet;
        private @Nullable Supplier<? extends @Nullable String> accessToken;
        private @Nullable Executor executor;
        private @Nullable OkHttpClient okHttpClient;
        private @Nullable ObjectMapper objectMapper;
        private @Nullable Timers timers;
        private Supplier<Map<String, String>> trace = Map::of;

        private Builder(Project project) {
            this.project = project;
            headers.put("X-Client-Info", Version.clientInfo());
        }

        /// Sends a header with every request, unless the request has one of that name itself. Also
        /// replaces `X-Client-Info`, which otherwise says `hearth-java/<version>`.
        ///
        /// @throws IllegalArgumentException when it would not stand on one line
        public Builder header(String name, String value) {
            HeaderRules.check(name, value);
            headers.remove(name);
            headers.put(name, value);
            return this;
        }

        /// How long a call may take until its whole answer is there; default 60 s, zero for no end.
        /// Single calls may have a timeout of their own.
        ///
        /// @throws IllegalArgumentException when it is negative
        public Builder timeout(Duration whole) {
            if (whole.isNegative()) {
                throw new IllegalArgumentException(
                        "a negative timeout: " + whole + "; zero means none");
            }
            timeout = whole;
            return this;
        }

        /// The most that is read into memory of one answer, in bytes; default 256 MB. Beyond it a
        /// call ends with [dev.hearth.client.error.AnswerTooLargeException]. Streams have no limit.
        ///
        /// @throws IllegalArgumentException when it is not positive
        public Builder maxAnswerBytes(long bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("maxAnswerBytes must be positive, not " + bytes);
            }
            maxAnswerBytes = bytes;
            return this;
        }

        /// Options of users and sessions, such as where a session is kept.
        public Builder auth(Consumer<AuthOptions.Builder> options) {
            authWasSet = true;
            options.accept(auth);
            return this;
        }

        /// Options of tables, views and functions.
        public Builder database(Consumer<DatabaseOptions.Builder> options) {
            options.accept(database);
            return this;
        }

        /// Options of the socket and its channels.
        public Builder realtime(Consumer<RealtimeOptions.Builder> options) {
            options.accept(realtime);
            return this;
        }

        /// Takes access tokens from elsewhere, such as another provider of identities that the
        /// project trusts. Such a client has no [SupabaseClient#auth()].
        ///
        /// @param token asked for each request, on the thread that makes it; it may block. What it
        ///   throws goes to the caller; null or an empty text sends the API key instead, as without
        ///   a user
        public Builder accessToken(Supplier<? extends @Nullable String> token) {
            accessToken = Objects.requireNonNull(token);
            return this;
        }

        /// Where asynchronous calls and handlers run. It stays the program's own and is never shut
        /// down here.
        public Builder executor(Executor threads) {
            executor = Objects.requireNonNull(threads);
            return this;
        }

        /// Whether asynchronous calls and handlers run on virtual threads where the Java virtual
        /// machine has them (21 and later); default true. Without them a pool grows with the calls
        /// under way and shrinks after 5 s.
        public Builder virtualThreads(boolean wanted) {
            virtualThreads = wanted;
            return this;
        }

        /// Sends everything through the program's own client of OkHttp: its connections, its
        /// interceptors, its proxy, its certificates. Its timeouts for reading and writing are not
        /// used, since each call has one for the whole, nor are its dispatcher's limits. It is
        /// never shut down here.
        public Builder okHttpClient(OkHttpClient client) {
            okHttpClient = Objects.requireNonNull(client);
            return this;
        }

        /// Reads and writes the program's values by its own mapper, exactly as that is set up:
        /// names in snake case, `java.time`, bytes and ranges are then its affair. What the server
        /// says of itself is read by ours all the same.
        public Builder objectMapper(ObjectMapper mapper) {
            objectMapper = Objects.requireNonNull(mapper);
            return this;
        }

        /// The clock and the alarms to live by; for tests. They are not closed here.
        public Builder timers(Timers clock) {
            timers = Objects.requireNonNull(clock);
            return this;
        }

        /// Whether each request carries the `traceparent` of the OpenTelemetry span that its thread
        /// is in, so that the server's traces join the program's; default false. Needs
        /// `io.opentelemetry:opentelemetry-api` on the class path, else one warning is logged and
        /// nothing is sent. Spans that are not sampled are not told. Sent to the project's own host
        /// only, also when that redirects.
        public Builder tracePropagation(boolean wanted) {
            if (!wanted) {
                trace = Map::of;
                return this;
            }
            trace =
                    TraceContext.openTelemetry(SupabaseClient.class.getClassLoader())
                            .or(
                                    () ->
                                            TraceContext.openTelemetry(
                                                    Thread.currentThread().getContextClassLoader()))
                            .orElseGet(
                                    () -> {
                                        LOG.log(
                                                System.Logger.Level.WARNING,
                                                "tracePropagation(true) does nothing:"
                                                    + " io.opentelemetry:opentelemetry-api is not"
                                                    + " on the class path; add it, or give a"
                                                    + " supplier");
                                        return Map::of;
                                    });
            return this;
        }

        /// The same with the header's value from the program.
        ///
        /// @param traceparent asked for each request, on the thread that makes it, such as
        ///   `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`; null for none. What has
        ///   another shape is not sent
        public Builder tracePropagation(Supplier<? extends @Nullable String> traceparent) {
            trace = TraceContext.of(Objects.requireNonNull(traceparent));
            return this;
        }

        /// The client. Nothing is sent before its first call.
        ///
        /// @throws IllegalStateException when options exclude each other
        public SupabaseClient build() {
            if (accessToken != null && authWasSet) {
                throw new IllegalStateException(
                        "accessToken(...) and auth(...) exclude each other: either the tokens come"
                                + " from elsewhere, or users sign in through this client");
            }
            return new SupabaseClient(this);
        }

        private Backend backend() {
            Timers clock = timers == null ? new SystemTimers() : timers;
            String key = project.key();
            return new Backend(
                    new Http(okHttpClient, project.url(), timeout, maxAnswerBytes, clock),
                    new Json(objectMapper),
                    executor == null ? Tasks.own(virtualThreads) : Tasks.on(executor),
                    clock,
                    key,
                    () -> key,
                    headers,
                    trace);
        }
    }
}
