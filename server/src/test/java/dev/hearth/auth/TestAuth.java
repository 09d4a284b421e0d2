package dev.hearth.auth;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.AuthConfig;
import dev.hearth.config.Config;
import dev.hearth.config.DatabaseUrl;
import dev.hearth.config.Settings;
import dev.hearth.config.TokenConfig;
import dev.hearth.database.Database;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Answer.Field;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.RequestLine;
import dev.hearth.exchange.Route;
import dev.hearth.observe.Event;
import dev.hearth.observe.Observer;
import dev.hearth.testing.TestClock;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;
import dev.hearth.token.Tokens;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// The auth room on a real database, asked through its routes without a web server.
final class TestAuth implements AutoCloseable {

    static final String NEW_ERRORS = "2024-01-01";

    private static final ObjectMapper JSON = new ObjectMapper();

    final TestClock clock = new TestClock();
    final List<Event> events = new CopyOnWriteArrayList<>();
    final TestDatabase database;
    final Tokens tokens;
    final TokenConfig tokenConfig;

    private final Database pools;
    private final Auth auth;

    private TestAuth(TestDatabase database, Map<String, String> settings, boolean development) {
        this.database = database;
        var given = Settings.of(List.of(settings));
        var observer = new Observer();
        observer.listen(events::add);
        tokenConfig = Config.from(given).token();
        tokens = new Tokens(tokenConfig, clock);
        var url = DatabaseUrl.parse("TEST", database.url("supabase_auth_admin"));
        var config = AuthConfig.from(given, development);
        pools =
                Database.open(
                        new Database.Logins(url, url, url),
                        new Database.Limits(1, config.requestLimit()),
                        observer);
        auth = new Auth(config, tokenConfig, tokens, pools::asAuth, observer, clock);
    }

    /// With the settings of development.
    static TestAuth start() {
        return start(Map.of());
    }

    /// With more settings than those of development.
    static TestAuth start(Map<String, String> settings) {
        return new TestAuth(TestPostgres.cluster().createPlatformDatabase(), settings, true);
    }

    /// As it runs elsewhere, with anonymous users allowed.
    static TestAuth startOutsideDevelopment() {
        return new TestAuth(
                TestPostgres.cluster().createPlatformDatabase(),
                Map.of("ENABLE_ANONYMOUS_USERS", "true"),
                false);
    }

    @Override
    public void close() {
        pools.close();
        database.close();
    }

    /// A call that is being put together.
    Call call(Method method, String path) {
        return new Call(method, path);
    }

    /// A new anonymous user's session.
    JsonNode signUp() {
        return call(Method.POST, "/auth/v1/signup").body("{}").ask().json();
    }

    /// Asks for the next token.
    Reply refresh(String token) {
        return call(Method.POST, "/auth/v1/token")
                .query("grant_type", "refresh_token")
                .body("{\"refresh_token\":\"" + token + "\"}")
                .ask();
    }

    /// What came back.
    record Reply(int status, Map<String, String> headers, String body) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + body, e);
            }
        }

        /// Status and code in one text, for example `422 signup_disabled`.
        String refusal() {
            return status + " " + json().path("code").asText();
        }
    }

    final class Call {
        private final Method method;
        private final String path;
        private final List<String> query = new ArrayList<>();
        private final Map<String, List<String>> headers = new LinkedHashMap<>();
        private Credential credential = new Credential.ProjectKey("anon");
        private byte[] body = new byte[0];
        private String client = "127.0.0.1";

        private Call(Method method, String path) {
            this.method = method;
            this.path = path;
            headers.put("X-Supabase-Api-Version", List.of(NEW_ERRORS));
        }

        Call as(Credential credential) {
            this.credential = credential;
            return this;
        }

        Call bearer(String token) {
            return as(new Credential.Bearer(token)).header("Authorization", "Bearer " + token);
        }

        Call bearer(JsonNode session) {
            return bearer(session.path("access_token").asText());
        }

        Call header(String name, String value) {
            headers.put(name, List.of(value));
            return this;
        }

        Call withoutVersion() {
            headers.remove("X-Supabase-Api-Version");
            return this;
        }

        Call query(String name, String value) {
            query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            return this;
        }

        Call body(String json) {
            body = json.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        Call from(String address) {
            client = address;
            return this;
        }

        Reply ask() {
            try {
                Answer answer = route().answer(request());
                return new Reply(
                        answer.status(),
                        answer.fields().stream().collect(toMap(Field::name, Field::value)),
                        new String(answer.content(), StandardCharsets.UTF_8));
            } catch (Exception e) {
                throw new AssertionError("the handler threw", e);
            }
        }

        private Route route() {
            return auth.routes().stream()
                    .filter(route -> route.takes(method) && route.path().equals(path))
                    .findFirst()
                    .orElseThrow();
        }

        private Request request() throws UnknownHostException {
            return new Request(
                    RequestLine.of(method, path, String.join("&", query)),
                    Map.of(),
                    new Headers(headers),
                    credential,
                    InetAddress.getByName(client),
                    "request-1",
                    new BytesBody(body));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record BytesBody(byte[] content) implements Request.Body {
        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public byte[] bytes() {
            return content;
        }
    }

    /// Signs claims as auth would.
    String sign(String claims) {
        try {
            return tokens.sign((ObjectNode) JSON.readTree(claims));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
