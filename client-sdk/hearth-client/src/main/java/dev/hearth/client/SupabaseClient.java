package dev.hearth.client;

import dev.hearth.client.auth.AuthClient;
import dev.hearth.client.database.DatabaseClient;
import dev.hearth.client.database.QueryBuilder;
import dev.hearth.client.database.RpcBuilder;
import dev.hearth.client.database.RpcOptions;
import dev.hearth.client.functions.FunctionsClient;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.Project;
import dev.hearth.client.realtime.Channel;
import dev.hearth.client.realtime.ChannelOptions;
import dev.hearth.client.realtime.RealtimeClient;
import dev.hearth.client.realtime.SendResult;
import dev.hearth.client.storage.StorageClient;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

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

    SupabaseClient(
            Rooms rooms, @Nullable AuthClient auth, RealtimeClient realtime, boolean ownTimers) {
        this.rooms = rooms;
        this.auth = auth;
        this.realtime = realtime;
        this.ownTimers = ownTimers;
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
    ///         .database(d -> d.schema("shop"))
    ///         .header("x-app", "shop")
    ///         .timeout(Duration.ofSeconds(20))
    ///         .build();
    /// ```
    ///
    /// @param url of the project, such as `https://abc.supabase.co`; a path in it is kept
    /// @param key a publishable (anon) key, or on servers only a secret (service_role) key
    /// @throws IllegalArgumentException as [#create] does
    public static SupabaseClientBuilder builder(String url, String key) {
        return new SupabaseClientBuilder(new Project(url, key));
    }

    /// Users and sessions.
    ///
    /// @throws IllegalStateException when the client takes its tokens from elsewhere, by
    ///   [SupabaseClientBuilder#accessToken]
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
}
