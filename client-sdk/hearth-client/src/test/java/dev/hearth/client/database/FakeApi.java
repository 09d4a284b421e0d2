package dev.hearth.client.database;

import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.SystemTimers;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// A server that answers what a test tells it, and a client of it.
final class FakeApi implements AutoCloseable {

    final MockWebServer server = new MockWebServer();
    final DatabaseClient database;
    private final Backend backend;

    FakeApi() throws IOException {
        this(options -> options);
    }

    FakeApi(UnaryOperator<DatabaseOptions.Builder> options) throws IOException {
        server.start();
        backend = backend("http://127.0.0.1:" + server.getPort(), "key");
        database = new DatabaseClient(backend, options.apply(DatabaseOptions.builder()).build());
    }

    static Backend backend(String url, String key) {
        return new Backend(
                new Http(null, url, Duration.ofSeconds(20)),
                new Json(null),
                Tasks.own(false),
                new SystemTimers(),
                key,
                () -> key,
                Map.of());
    }

    QueryBuilder tasks() {
        return database.from("tasks");
    }

    /// The next answer.
    FakeApi answers(int status, String contentType, String body, String... headers) {
        var answer = new MockResponse.Builder().code(status).body(body);
        if (!contentType.isEmpty()) {
            answer.addHeader("Content-Type", contentType);
        }
        for (int i = 0; i < headers.length; i += 2) {
            answer.addHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(answer.build());
        return this;
    }

    FakeApi answers(int status, String json) {
        return answers(status, "application/json; charset=utf-8", json);
    }

    RecordedRequest asked() throws InterruptedException {
        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("nothing was sent");
        }
        return request;
    }

    /// What was sent as the query of the next request, without its encoding.
    String query() throws InterruptedException {
        String target = asked().getTarget();
        int mark = target.indexOf('?');
        return mark < 0
                ? ""
                : java.net.URLDecoder.decode(
                        target.substring(mark + 1), java.nio.charset.StandardCharsets.UTF_8);
    }

    void closeClient() {
        backend.http().close();
        backend.tasks().close();
        backend.timers().close();
    }

    @Override
    public void close() {
        closeClient();
        server.close();
    }
}
