package dev.hearth.client;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.client.auth.AuthClient;
import dev.hearth.client.auth.AuthOptions;
import dev.hearth.client.database.DatabaseOptions;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.Project;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.internal.TraceContext;
import dev.hearth.client.internal.Version;
import dev.hearth.client.internal.http.HeaderRules;
import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.realtime.RealtimeClient;
import dev.hearth.client.realtime.RealtimeOptions;
import dev.hearth.client.time.SystemTimers;
import dev.hearth.client.time.Timers;

import okhttp3.OkHttpClient;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Makes a client; [SupabaseClient#builder] gives one. For one thread.
///
/// ```java
/// var client = SupabaseClient.builder(url, key)
///         .database(d -> d.schema("shop"))
///         .header("x-app", "shop")
///         .timeout(Duration.ofSeconds(20))
///         .build();
/// ```
public final class SupabaseClientBuilder {

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

    SupabaseClientBuilder(Project project) {
        this.project = project;
        headers.put("X-Client-Info", Version.clientInfo());
    }

    /// Sends a header with every request, unless the request has one of that name itself. Also
    /// replaces `X-Client-Info`, which otherwise says `hearth-java/<version>`.
    ///
    /// @throws IllegalArgumentException when it would not stand on one line
    public SupabaseClientBuilder header(String name, String value) {
        HeaderRules.check(name, value);
        headers.remove(name);
        headers.put(name, value);
        return this;
    }

    /// How long a call may take until its whole answer is there; default 60 s, zero for no end.
    /// Single calls may have a timeout of their own.
    ///
    /// @throws IllegalArgumentException when it is negative
    public SupabaseClientBuilder timeout(Duration whole) {
        if (whole.isNegative()) {
            throw new IllegalArgumentException(
                    "a negative timeout: " + whole + "; zero means none");
        }
        timeout = whole;
        return this;
    }

    /// The most that is read into memory of one answer, in bytes; default 256 MB. Beyond it a call
    /// ends with [dev.hearth.client.error.AnswerTooLargeException]. Streams have no limit.
    ///
    /// @throws IllegalArgumentException when it is not positive
    public SupabaseClientBuilder maxAnswerBytes(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("maxAnswerBytes must be positive, not " + bytes);
        }
        maxAnswerBytes = bytes;
        return this;
    }

    /// Options of users and sessions, such as where a session is kept.
    public SupabaseClientBuilder auth(Consumer<AuthOptions.Builder> options) {
        authWasSet = true;
        options.accept(auth);
        return this;
    }

    /// Options of tables, views and functions.
    public SupabaseClientBuilder database(Consumer<DatabaseOptions.Builder> options) {
        options.accept(database);
        return this;
    }

    /// Options of the socket and its channels.
    public SupabaseClientBuilder realtime(Consumer<RealtimeOptions.Builder> options) {
        options.accept(realtime);
        return this;
    }

    /// Takes access tokens from elsewhere, such as another provider of identities that the project
    /// trusts. Such a client has no [SupabaseClient#auth()].
    ///
    /// @param token asked for each request, on the thread that makes it; it may block. What it
    ///   throws goes to the caller; null or an empty text sends the API key instead, as without a
    ///   user
    public SupabaseClientBuilder accessToken(Supplier<? extends @Nullable String> token) {
        accessToken = Objects.requireNonNull(token);
        return this;
    }

    /// Where asynchronous calls and handlers run. It stays the program's own and is never shut down
    /// here.
    public SupabaseClientBuilder executor(Executor threads) {
        executor = Objects.requireNonNull(threads);
        return this;
    }

    /// Whether asynchronous calls and handlers run on virtual threads where the Java virtual
    /// machine has them (21 and later); default true. Without them a pool grows with the calls
    /// under way and shrinks after 5 s.
    public SupabaseClientBuilder virtualThreads(boolean wanted) {
        virtualThreads = wanted;
        return this;
    }

    /// Sends everything through the program's own client of OkHttp: its connections, its
    /// interceptors, its proxy, its certificates. Its timeouts for reading and writing are not
    /// used, since each call has one for the whole, nor are its dispatcher's limits. It is never
    /// shut down here.
    public SupabaseClientBuilder okHttpClient(OkHttpClient client) {
        okHttpClient = Objects.requireNonNull(client);
        return this;
    }

    /// Reads and writes the program's values by its own mapper, exactly as that is set up: names in
    /// snake case, `java.time`, bytes and ranges are then its affair. What the server says of
    /// itself is read by ours all the same.
    public SupabaseClientBuilder objectMapper(ObjectMapper mapper) {
        objectMapper = Objects.requireNonNull(mapper);
        return this;
    }

    /// The clock and the alarms to live by; for tests. They are not closed here.
    public SupabaseClientBuilder timers(Timers clock) {
        timers = Objects.requireNonNull(clock);
        return this;
    }

    /// Whether each request carries the `traceparent` of the OpenTelemetry span that its thread is
    /// in, so that the server's traces join the program's; default false. Needs
    /// `io.opentelemetry:opentelemetry-api` on the class path, else one warning is logged and
    /// nothing is sent. Spans that are not sampled are not told. Sent to the project's own host
    /// only, also when that redirects.
    public SupabaseClientBuilder tracePropagation(boolean wanted) {
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
    ///   `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`; null for none. What has another
    ///   shape is not sent
    public SupabaseClientBuilder tracePropagation(
            Supplier<? extends @Nullable String> traceparent) {
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
        Backend plain = backend();
        @Nullable AuthClient sessions =
                accessToken == null ? new AuthClient(plain, auth.build()) : null;
        var rooms = new Rooms(plain, tokens(sessions, plain), database.build(), project);
        var socket = new RealtimeClient(rooms.backend(), realtime.build());
        if (sessions != null) {
            sessions.onAccessTokenChange(socket::setAuth);
        }
        return new SupabaseClient(rooms, sessions, socket, timers == null);
    }

    /// What requests carry: the token of the session or of the program, or an empty text for none.
    private Supplier<String> tokens(@Nullable AuthClient sessions, Backend plain) {
        if (sessions != null) {
            return () -> ofSession(sessions, plain);
        }
        Supplier<? extends @Nullable String> token = Objects.requireNonNull(accessToken);
        return () -> orEmpty(token.get());
    }

    private static String ofSession(AuthClient sessions, Backend plain) {
        String token = sessions.accessToken();
        return token.equals(plain.key()) ? "" : token;
    }

    private static String orEmpty(@Nullable String token) {
        return token == null ? "" : token;
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
