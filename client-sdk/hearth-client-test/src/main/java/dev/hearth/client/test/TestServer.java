package dev.hearth.client.test;

import dev.hearth.client.SupabaseClient;

import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// A Hearth server that tests own: a process beside this one, with a PostgreSQL of its own. Comes
/// from [HearthServer], or without JUnit:
///
/// ```java
/// try (var server = TestServer.start()) {
///     server.sql("create table public.notes (id int primary key, body text)");
///     …
/// }
/// ```
///
/// It ends with this JVM at the latest, also when that is killed, and leaves no files. Safe for any
/// thread.
public final class TestServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration CATALOG_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /// What anybody may see, so that a probe sees it under every role.
    private static final String MARKERS =
            """
            create schema hearth_test;
            create table hearth_test.marker (
                probe text not null, number int not null, primary key (probe, number)
            );
            alter table hearth_test.marker enable row level security;
            create policy "everybody" on hearth_test.marker for select using (true);
            grant usage on schema hearth_test to anon, authenticated, service_role;
            grant select on hearth_test.marker to anon, authenticated, service_role;
            alter publication supabase_realtime add table hearth_test.marker;
            """;

    private final ServerProcess process;
    private final ServerDatabase database;
    private final Door door;
    private final Accounts accounts;
    private final Tokens tokens;
    private final ReentrantLock layingMarkers = new ReentrantLock();
    private boolean markersLaid;
    private final Deque<SupabaseClient> clients = new ConcurrentLinkedDeque<>();

    private TestServer(ServerProcess process) {
        this.process = process;
        database = new ServerDatabase(process.value("DB_URL"));
        door = new Door(url());
        accounts = new Accounts(door, database, anonKey());
        tokens = new Tokens(process.value("JWT_SECRET"));
    }

    /// Starts one on an empty database, and returns when it answers.
    ///
    /// @throws TestServerException when it does not start within two minutes, or there is no Java
    ///   25 for it; the message says what to do
    public static TestServer start() {
        return start(START_LIMIT);
    }

    /// The same with another limit.
    public static TestServer start(Duration limit) {
        return start(List.of(), limit);
    }

    static TestServer start(List<Script> scripts, Duration limit) {
        var server = new TestServer(ServerProcess.start(JavaHomes.ofThisMachine(), limit));
        try {
            scripts.forEach(script -> server.run("the migration " + script.name(), script.sql()));
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// Its address, such as `http://127.0.0.1:40123`.
    public String url() {
        return process.value("API_URL");
    }

    /// The key for programs that people have.
    public String anonKey() {
        return process.value("ANON_KEY");
    }

    /// The key that row security does not hold.
    public String serviceKey() {
        return process.value("SERVICE_ROLE_KEY");
    }

    /// Where PostgreSQL is, with the role that owns the tables, such as
    /// `postgresql://postgres:…@127.0.0.1:40124/postgres`.
    public String databaseUrl() {
        return process.value("DB_URL");
    }

    /// What the server logged last: what to look at when a test fails for no plain reason.
    public String log() {
        return process.lastWords();
    }

    /// Runs SQL as the role `postgres`, each text in a transaction of its own; a text may hold
    /// several statements. Row security does not hold it back from tables that it made. When the
    /// schema was changed, it returns once the server knows.
    ///
    /// @throws TestServerException when PostgreSQL refuses, with its reason
    public void sql(String... texts) {
        for (String text : texts) {
            run("the SQL", text);
        }
    }

    private void run(String name, String text) {
        if (database.run(name, text)) {
            awaitCatalog();
        }
    }

    /// Catalogs are read in the order of the changes: once the server knows a function that was
    /// made after them, it knows them.
    private void awaitCatalog() {
        String marker = "hearth_test_" + NUMBERS.incrementAndGet();
        database.run(
                "a marker",
                "create function public.%s() returns int language sql immutable return 1"
                        .formatted(marker));
        long begun = System.nanoTime();
        while (door.get("/rest/v1/rpc/" + marker, serviceKey()).status()
                != HttpURLConnection.HTTP_OK) {
            if (System.nanoTime() - begun > CATALOG_LIMIT.toNanos()) {
                throw new TestServerException(
                        "the server has not read the changed schema within "
                                + CATALOG_LIMIT.toSeconds()
                                + " s. Its last words:\n  "
                                + log());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        database.run("a marker", "drop function public.%s()".formatted(marker));
    }

    /// A client without a user. Another one each time; closed with the server.
    public SupabaseClient client() {
        return kept(SupabaseClient.create(url(), anonKey()));
    }

    /// A client with the rights of the service key. Another one each time; closed with the server.
    public SupabaseClient service() {
        return kept(SupabaseClient.create(url(), serviceKey()));
    }

    /// A client with the rights of a token, for instance one of [#token]. Another one each time;
    /// closed with the server.
    public SupabaseClient client(String accessToken) {
        return kept(
                SupabaseClient.builder(url(), anonKey()).accessToken(() -> accessToken).build());
    }

    /// Makes a user, and signs them in. Another user each time, also under the same name, so that
    /// tests on a shared server do not meet each other's rows.
    ///
    /// ```java
    /// TestUser ann = server.user("ann");
    /// ann.client().from("notes").insert(Map.of("owner", ann.id(), "body", "mine")).execute();
    /// ```
    ///
    /// @param name the first part of the address
    public TestUser user(String name) {
        Accounts.Account account = accounts.create(name);
        SupabaseClient client = client();
        var unused = client.auth().setSession(account.accessToken(), account.refreshToken());
        return new TestUser(name, account.id(), account.email(), account.accessToken(), client);
    }

    /// An access token with claims of the test's own: of a user whom the database does not know, of
    /// another role, or one that has run out.
    ///
    /// ```java
    /// String token = server.token(Map.of("sub", id, "app_metadata", Map.of("team", "red")));
    /// SupabaseClient red = server.client(token);
    /// ```
    ///
    /// @param claims beside or instead of `role` and `aud` (`authenticated`), `iat` (now) and `exp`
    ///   (in an hour)
    public String token(Map<String, ?> claims) {
        return tokens.sign(claims);
    }

    /// Makes what probes send their markers by, once; it is there when this returns.
    void layMarkers() {
        layingMarkers.lock();
        try {
            if (!markersLaid) {
                sql(MARKERS);
                markersLaid = true;
            }
        } finally {
            layingMarkers.unlock();
        }
    }

    /// Commits a marker after everything that is committed so far.
    void mark(String probe, int number) {
        database.update("insert into hearth_test.marker values (?, ?)", probe, number);
    }

    private SupabaseClient kept(SupabaseClient client) {
        clients.add(client);
        return client;
    }

    /// Closes a client that this server gave, before its time.
    void release(SupabaseClient client) {
        clients.remove(client);
        client.close();
    }

    /// How many clients wait to be closed with it.
    int clientsKept() {
        return clients.size();
    }

    Path folder() {
        return process.folder();
    }

    long pid() {
        return process.pid();
    }

    /// Closes the clients it gave, stops the server and deletes its data.
    @Override
    public void close() {
        try (process) {
            for (SupabaseClient client = clients.poll(); client != null; client = clients.poll()) {
                client.close();
            }
        }
    }

    @Override
    public String toString() {
        return "TestServer[" + url() + "]";
    }
}
