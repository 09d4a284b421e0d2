package dev.hearth.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.time.HandMovedTimers;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// What is sent again, when, and how often. The expectations were recorded from postgrest-js 2.119.
class HttpRetriesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final HttpRequest READ = HttpRequest.of("GET", "/rest/v1/t").retry(Retry.READS);

    private final HandMovedTimers timers = new HandMovedTimers();
    private final Tasks tasks = Tasks.own(false);
    private final MockWebServer server = new MockWebServer();
    private Http http;

    @BeforeEach
    void setUp() throws IOException {
        server.start();
        http =
                new Http(
                        null,
                        "http://127.0.0.1:" + server.getPort(),
                        TIMEOUT,
                        Http.MOST_IN_MEMORY,
                        timers);
    }

    @AfterEach
    void tearDown() {
        http.close();
        tasks.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 520})
    void sendsAReadAgainAfterOneTwoAndFourSeconds(int status) throws Exception {
        for (int i = 0; i < 4; i++) {
            server.enqueue(answer(status, null));
        }
        CompletableFuture<HttpAnswer> call = tasks.async(() -> http.send(READ));

        for (int seconds : List.of(1, 2, 4)) {
            passes(Duration.ofSeconds(seconds));
        }

        assertThat(call.join().status()).isEqualTo(status);
        assertThat(counts()).containsExactly(null, "1", "2", "3");
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        server.enqueue(answer(503, "7"));
        server.enqueue(answer(200, null));
        CompletableFuture<HttpAnswer> call = tasks.async(() -> http.send(READ));

        passes(Duration.ofSeconds(7));

        assertThat(call.join().request().attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "Wed, 21 Oct 2026 07:28:00 GMT"})
    void sendsAgainAtOnceWhenTheServerAsksForIt(String retryAfter) throws Exception {
        server.enqueue(answer(503, retryAfter));
        server.enqueue(answer(200, null));
        CompletableFuture<HttpAnswer> call = tasks.async(() -> http.send(READ));

        passes(Duration.ZERO);

        assertThat(call.join().status()).isEqualTo(200);
        assertThat(counts()).containsExactly(null, "1");
    }

    @Test
    void doesNotWaitLongerThanTheCallIsAllowedToTake() {
        server.enqueue(answer(503, "3600"));

        HttpAnswer answer = http.send(READ);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).contains("3600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "PUT", "DELETE"})
    void neverSendsAWriteAgain(String method) {
        server.enqueue(answer(503, "0"));

        HttpAnswer answer = http.send(HttpRequest.of(method, "/t").retry(Retry.READS));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 429, 500, 502, 504})
    void takesEveryOtherStatusForAnAnswer(int status) {
        server.enqueue(answer(status, null));

        assertThat(http.send(READ).status()).isEqualTo(status);
    }

    @Test
    void doesNotSendAgainWhatNobodyAskedToRepeat() {
        server.enqueue(answer(503, "0"));

        assertThat(http.send(READ.retry(Retry.NONE)).status()).isEqualTo(503);
    }

    @Test
    void sendsAReadAgainWhenTheConnectionBreaks() throws IOException {
        var connections = new AtomicInteger();
        try (var breaking =
                new RawServer(
                        talk -> {
                            talk.head();
                            if (connections.incrementAndGet() == 2) {
                                talk.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
                            }
                        })) {
            var other = new Http(null, breaking.address(), TIMEOUT, Http.MOST_IN_MEMORY, timers);
            CompletableFuture<HttpAnswer> call = tasks.async(() -> other.send(READ));

            passes(Duration.ofSeconds(1));

            assertThat(call.join().text()).isEqualTo("[]");
            other.close();
        }
    }

    @Test
    void givesUpAfterFourAttempts() throws IOException {
        try (var breaking = new RawServer(RawServer.Talk::head)) {
            var other = new Http(null, breaking.address(), TIMEOUT, Http.MOST_IN_MEMORY, timers);
            CompletableFuture<HttpAnswer> call = tasks.async(() -> other.send(READ));

            for (int seconds : List.of(1, 2, 4)) {
                passes(Duration.ofSeconds(seconds));
            }

            assertThatThrownBy(call::join)
                    .hasCauseInstanceOf(TransportException.class)
                    .cause()
                    .extracting(thrown -> ((TransportException) thrown).request().orElseThrow())
                    .hasToString("GET " + breaking.address() + "/rest/v1/t (4 attempts)");
            other.close();
        }
    }

    @Test
    void stopsWaitingWhenItsFutureIsCancelled() {
        server.enqueue(answer(503, null));
        CompletableFuture<HttpAnswer> call = tasks.async(() -> http.send(READ));
        soon().until(() -> timers.waiting().contains(Duration.ofSeconds(1)));

        call.cancel(true);

        soon().until(() -> timers.waiting().isEmpty());
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void stopsWaitingWhenTheClientEnds() {
        server.enqueue(answer(503, null));
        CompletableFuture<HttpAnswer> call = tasks.async(() -> http.send(READ));
        soon().until(() -> timers.waiting().contains(Duration.ofSeconds(1)));

        http.close();

        assertThatThrownBy(call::join).hasCauseInstanceOf(ClientClosedException.class);
    }

    /// Waits until the call waits for just that long, and lets the time pass.
    private void passes(Duration delay) {
        soon().until(() -> timers.waiting().equals(List.of(delay)));
        timers.pass(delay);
    }

    private List<@Nullable String> counts() throws InterruptedException {
        var counts = new ArrayList<@Nullable String>();
        while (counts.size() < server.getRequestCount()) {
            RecordedRequest request = server.takeRequest();
            counts.add(request.getHeaders().get("X-Retry-Count"));
        }
        return counts;
    }

    private static MockResponse answer(int status, @Nullable String retryAfter) {
        var answer = new MockResponse.Builder().code(status).body("[]");
        return (retryAfter == null ? answer : answer.addHeader("Retry-After", retryAfter)).build();
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }
}
