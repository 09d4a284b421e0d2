package dev.hearth.client.auth;

import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.HandMovedTimers;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// A client of this room against a scripted server, with time in the test's hands and everything
/// asynchronous on the thread that asks.
final class Fixture implements AutoCloseable {

    /// The end of a body that asks for no proof of who began (PKCE).
    static final String NO_CHALLENGE = "\"code_challenge\":null,\"code_challenge_method\":null}";

    static final String USER_ID = "11111111-1111-4111-8111-111111111111";
    static final String FACTOR_ID = "33333333-3333-4333-8333-333333333333";
    static final String USER =
            "{\"id\":\""
                    + USER_ID
                    + "\",\"aud\":\"authenticated\",\"email\":\"a@b.c\",\"identities\":[]}";

    final MockWebServer server = new MockWebServer();
    final HandMovedTimers timers = new HandMovedTimers();
    final Tasks tasks;
    final Http http;
    final AuthClient auth;

    Fixture() {
        this(options -> options, "KEY", Tasks.on(Runnable::run));
    }

    Fixture(UnaryOperator<AuthOptions.Builder> options) {
        this(options, "KEY", Tasks.on(Runnable::run));
    }

    Fixture(UnaryOperator<AuthOptions.Builder> options, String key, Tasks tasks) {
        this.tasks = tasks;
        try {
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        http = new Http(null, "http://127.0.0.1:" + server.getPort(), Duration.ofSeconds(5));
        auth = another(options, key);
    }

    /// One more client of the same server.
    AuthClient another(UnaryOperator<AuthOptions.Builder> options, String key) {
        var backend = new Backend(http, new Json(null), tasks, timers, key, () -> key, Map.of());
        return new AuthClient(backend, options.apply(AuthOptions.builder()).build());
    }

    /// A token that ends at some time by the server's clock.
    static String jwt(Instant end) {
        return part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
                + "."
                + part(
                        "{\"sub\":\""
                                + USER_ID
                                + "\",\"exp\":"
                                + end.getEpochSecond()
                                + ",\"aal\":\"aal1\",\"role\":\"authenticated\",\"amr\":"
                                + "[{\"method\":\"password\",\"timestamp\":1}]}")
                + ".c2ln";
    }

    static String part(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    static String session(String refreshToken, Instant end, long life) {
        return "{\"access_token\":\""
                + jwt(end)
                + "\",\"token_type\":\"bearer\",\"expires_in\":"
                + life
                + ",\"expires_at\":"
                + end.getEpochSecond()
                + ",\"refresh_token\":\""
                + refreshToken
                + "\",\"user\":"
                + USER
                + "}";
    }

    void answer(String json) {
        server.enqueue(json(200, json));
    }

    void answer(int status, String json) {
        server.enqueue(json(status, json));
    }

    static MockResponse json(int status, String json) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(json)
                .build();
    }

    /// A session of so many seconds from now on.
    void answerSession(String refreshToken, long life) {
        answer(session(refreshToken, timers.now().plusSeconds(life), life));
    }

    static MockResponse at(Instant serverTime, String json) {
        return json(200, json)
                .newBuilder()
                .addHeader(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                serverTime.atOffset(ZoneOffset.UTC)))
                .build();
    }

    void signIn(long life) {
        answerSession("r1", life);
        var unused = auth.signInWithPassword("a@b.c", "pw");
        var unusedRequest = take();
    }

    RecordedRequest take() {
        try {
            RecordedRequest request = server.takeRequest(2, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no request came");
            }
            return request;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The next request in one line: method, target, body.
    String line() {
        RecordedRequest request = take();
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        return (request.getMethod() + " " + request.getTarget() + " " + body).strip();
    }

    @Override
    public void close() {
        auth.dispose();
        tasks.close();
        http.close();
        server.close();
    }
}
