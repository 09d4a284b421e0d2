package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.config.Config;
import dev.hearth.config.DatabaseUrl;
import dev.hearth.config.Settings;
import dev.hearth.database.Database;
import dev.hearth.gateway.Gateway;
import dev.hearth.observe.Event;
import dev.hearth.observe.Observer;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;
import dev.hearth.token.ProjectKeys;
import dev.hearth.token.Tokens;
import dev.hearth.token.VerificationKeys;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The data API behind a real web server, on a database of its own.
///
/// ```
/// @AutoClose
/// private static final TestApi api =
///         TestApi.start("create table public.items (id int primary key);");
///
/// api.get("/items?id=eq.1").ask().whole()
/// ```
public final class TestApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SYSTEM = "supabase_replication_admin";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Characters that a reader wants to see in a target and that no URI may hold.
    private static final String ENCODED = " \"<>\\^`{|}";

    private final TestDatabase database;
    private final Database pools;
    private final Rest rest;
    private final Gateway gateway;
    private final Tokens tokens;
    private final String publishableKey;
    private final String secretKey;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Semaphore loads = new Semaphore(0);

    private TestApi(TestDatabase database, Map<String, String> settings) {
        this(database, settings, database.url(SYSTEM));
        awaitLoad();
    }

    private TestApi(TestDatabase database, Map<String, String> settings, String system) {
        this.database = database;
        var given = new HashMap<>(settings);
        given.put("HEARTH_PORT", "0");
        var config = Config.from(Settings.of(List.of(given)));
        var observer = new Observer();
        observer.listen(this::hear);
        tokens = new Tokens(config.token(), Clock.systemUTC());
        publishableKey = config.token().publishableKeys().getFirst().value();
        secretKey = config.token().secretKeys().getFirst().value();
        pools =
                Database.open(
                        logins(database, system),
                        new Database.Limits(
                                config.database().poolSize(),
                                config.database().acquisitionTimeout(),
                                config.auth().requestLimit()),
                        observer);
        rest =
                Rest.start(
                        config,
                        VerificationKeys.of(config.token()),
                        pools,
                        observer,
                        Clock.systemUTC());
        gateway =
                Gateway.open(
                        config.http(),
                        new ProjectKeys(config.token()),
                        rest.routes(),
                        _ -> {},
                        observer);
    }

    private static Database.Logins logins(TestDatabase database, String system) {
        Database.Logins direct = database.logins();
        return new Database.Logins(
                direct.authenticator(), direct.auth(), DatabaseUrl.parse("TEST", system));
    }

    /// With the settings of development.
    ///
    /// @param fixture SQL that a superuser runs before
    public static TestApi start(String... fixture) {
        return start(Map.of(), fixture);
    }

    /// With more settings than those of development.
    public static TestApi start(Map<String, String> settings, String... fixture) {
        return start(TestPostgres.cluster(), settings, fixture);
    }

    /// On another cluster than that of this JVM.
    public static TestApi start(
            TestPostgres cluster, Map<String, String> settings, String... fixture) {
        var database = cluster.createPlatformDatabase();
        database.execute(fixture);
        return new TestApi(database, settings);
    }

    /// On a database that has the platform's SQL, which closing drops.
    public static TestApi on(TestDatabase database, Map<String, String> settings) {
        return new TestApi(database, settings);
    }

    /// Where the system's login, which reads the catalog, goes another way: nobody waits for the
    /// catalog.
    public static TestApi unread(TestDatabase database, String system) {
        return new TestApi(database, Map.of(), system);
    }

    /// Whether the catalog was read.
    public boolean hasCatalog() {
        return rest.hasCatalog();
    }

    /// SQL of the test's resources, for a fixture.
    public static String resource(String path) {
        try (InputStream stream = TestApi.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalArgumentException("no such resource: " + path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The database beneath.
    public TestDatabase database() {
        return database;
    }

    /// What was told so far.
    public List<Event> events() {
        return List.copyOf(events);
    }

    /// The port of the web server.
    public int port() {
        return gateway.port();
    }

    /// The project key of `anon`.
    public String key() {
        return publishableKey;
    }

    /// Changes the schema as a superuser, and waits until the API has seen it.
    public void change(String... statements) {
        loads.drainPermits();
        database.execute(statements);
        database.execute("notify pgrst");
        awaitLoad();
    }

    private void hear(Event event) {
        events.add(event);
        if (event.getClass().getSimpleName().equals("CatalogLoaded")) {
            loads.release();
        }
    }

    /// Has the catalog read again, as an operator does.
    void reload() {
        loads.drainPermits();
        rest.reload();
        awaitLoad();
    }

    private void awaitLoad() {
        try {
            assertThat(loads.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("the catalog is read")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Reads.
    public Call get(String target) {
        return call("GET", target);
    }

    /// Reads without the body.
    public Call head(String target) {
        return call("HEAD", target);
    }

    /// Inserts or calls.
    public Call post(String target, String json) {
        return call("POST", target).json(json);
    }

    /// Changes.
    public Call patch(String target, String json) {
        return call("PATCH", target).json(json);
    }

    /// Overwrites one row.
    public Call put(String target, String json) {
        return call("PUT", target).json(json);
    }

    /// Deletes.
    public Call delete(String target) {
        return call("DELETE", target);
    }

    /// Asks several at once.
    public Call batch(String json) {
        return new Call("POST", URI.create(address() + "/hearth/v1/batch")).json(json);
    }

    /// Asks in any way.
    ///
    /// @param target path and query below `/rest/v1`; what no URI may hold is percent-encoded
    public Call call(String method, String target) {
        return new Call(method, uri(target));
    }

    /// A token of the project for a role.
    ///
    /// @param claims more of them
    public String token(String role, Map<String, String> claims) {
        var all = JSON.createObjectNode();
        all.put("role", role);
        all.put("exp", Instant.now().plusSeconds(3600).getEpochSecond());
        claims.forEach(all::put);
        return tokens.sign(all);
    }

    /// A call that is being put together; asks as `anon`.
    public final class Call {
        private final HttpRequest.Builder request;
        private final String method;
        private String key = publishableKey;
        private byte @Nullable [] body;

        private Call(String method, URI uri) {
            this.method = method;
            this.request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
        }

        /// One more header field.
        public Call header(String name, String value) {
            request.header(name, value);
            return this;
        }

        /// One more `Prefer`.
        public Call prefer(String preference) {
            return header("Prefer", preference);
        }

        /// What is accepted.
        public Call accept(String mediaType) {
            return header("Accept", mediaType);
        }

        /// As a user of the role `authenticated`.
        public Call as(String user) {
            return bearer(token("authenticated", Map.of("sub", user)));
        }

        /// As `service_role`.
        public Call asService() {
            key = secretKey;
            return this;
        }

        /// With a token.
        public Call bearer(String token) {
            return header("Authorization", "Bearer " + token);
        }

        /// A JSON body.
        public Call json(String json) {
            return body("application/json", json.getBytes(StandardCharsets.UTF_8));
        }

        /// A JSON body that is written with `'` for `"`.
        public Call sends(String json) {
            return json(json.replace('\'', '"'));
        }

        /// A body.
        public Call body(String type, byte[] bytes) {
            body = bytes;
            return header("Content-Type", type);
        }

        /// A body of text.
        public Call body(String type, String text) {
            return body(type, text.getBytes(StandardCharsets.UTF_8));
        }

        /// Asks.
        public Reply ask() {
            return new Reply(send(BodyHandlers.ofByteArray()));
        }

        /// Asks, and leaves it to the caller to read the body and to close it.
        public InputStream open() {
            return send(BodyHandlers.ofInputStream()).body();
        }

        private <T> HttpResponse<T> send(HttpResponse.BodyHandler<T> handler) {
            request.header("apikey", key);
            request.method(
                    method,
                    body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
            try {
                return client.send(request.build(), handler);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /// What came back.
    public record Reply(HttpResponse<byte[]> response) {

        /// The status.
        public int status() {
            return response.statusCode();
        }

        /// The body as text.
        public String body() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        /// The body as JSON.
        public JsonNode json() {
            try {
                return JSON.readTree(body());
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + body(), e);
            }
        }

        /// The first value of a header field.
        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        /// Every value of a header field.
        public List<String> headers(String name) {
            return response.headers().allValues(name);
        }

        /// Status and code of a refusal in one text: `404 PGRST205`.
        public String refusal() {
            return status() + " " + json().path("code").asText();
        }

        /// Status and JSON in one text, without blanks and with `'` for `"`: `200 [{'id':1}]`; of
        /// an answer without a body the status alone.
        public String said() {
            return response.body().length == 0
                    ? Integer.toString(status())
                    : status() + " " + json().toString().replace('"', '\'');
        }

        /// Status and body in one text, to be compared as a whole: `200 [{"id":1}]`.
        public String whole() {
            return status() + " " + body();
        }

        /// Status and JSON body in one text without blanks, each `"` and `\"` as `'`, to be
        /// compared as a whole: `200 [{'id':1}]`.
        public String compact() {
            return status() + " " + json().toString().replace("\\\"", "'").replace('"', '\'');
        }
    }

    private URI uri(String target) {
        var encoded = new StringBuilder();
        target.codePoints()
                .forEach(
                        each -> {
                            String text = Character.toString(each);
                            boolean keep = each < 0x7F && each > 0x1F && ENCODED.indexOf(each) < 0;
                            encoded.append(
                                    keep
                                            ? text
                                            : URLEncoder.encode(text, StandardCharsets.UTF_8)
                                                    .replace("+", "%20"));
                        });
        return URI.create(address() + "/rest/v1" + encoded);
    }

    private String address() {
        return "http://127.0.0.1:" + gateway.port();
    }

    @Override
    public void close() {
        gateway.close();
        rest.close();
        pools.close();
        database.close();
    }
}
