package dev.hearth.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Who owns connections, and what becomes of them.
class HttpConnectionsTest {

    private static final HttpRequest READ = HttpRequest.of("GET", "/t");

    private final MockWebServer server = new MockWebServer();
    private final ConnectionPool pool = new ConnectionPool(5, 1, TimeUnit.MINUTES);
    private final List<String> seen = new ArrayList<>();
    private final OkHttpClient programs =
            new OkHttpClient.Builder()
                    .connectionPool(pool)
                    .addInterceptor(
                            chain -> {
                                seen.add(chain.request().url().encodedPath());
                                return chain.proceed(chain.request());
                            })
                    .build();
    private Http http;

    @BeforeEach
    void setUp() throws IOException {
        server.start();
        http = new Http(programs, "http://127.0.0.1:" + server.getPort(), Duration.ofSeconds(10));
    }

    @AfterEach
    void tearDown() {
        http.close();
        pool.evictAll();
        server.close();
    }

    @Test
    void givesTheConnectionBackWhenTheAnswerWasRead() throws Exception {
        answers("one", "two");

        http.send(READ);
        http.send(READ);

        assertThat(exchangeOfTheSecond()).isEqualTo(1);
    }

    @Test
    void givesTheConnectionBackWhenAStreamWasReadToItsEnd() throws Exception {
        answers("one", "two");

        InputStream body = http.open(READ).body();
        body.readAllBytes();
        http.send(READ);

        assertThat(exchangeOfTheSecond()).isEqualTo(1);
    }

    @Test
    void keepsNoConnectionWhenAStreamIsClosedEarly() throws Exception {
        answers("one");

        http.open(READ).close();

        assertThat(pool.connectionCount()).isEqualTo(pool.idleConnectionCount());
    }

    private void answers(String... bodies) {
        for (String body : bodies) {
            server.enqueue(new MockResponse.Builder().body(body).build());
        }
    }

    private int exchangeOfTheSecond() throws InterruptedException {
        server.takeRequest();
        return server.takeRequest().getExchangeIndex();
    }

    @Test
    void runsTheProgramsInterceptors() {
        answers("one");

        http.send(READ);

        assertThat(seen).containsExactly("/t");
    }

    @Test
    void leavesTheProgramsClientOpen() throws Exception {
        answers("one", "two");
        http.send(READ);

        http.close();

        try (var other =
                programs.newCall(
                                new okhttp3.Request.Builder()
                                        .url("http://127.0.0.1:" + server.getPort() + "/other")
                                        .build())
                        .execute()) {
            assertThat(other.body().string()).isEqualTo("two");
        }
        assertThat(programs.dispatcher().executorService().isShutdown()).isFalse();
        assertThat(exchangeOfTheSecond()).isEqualTo(1);
    }

    @Test
    void closesItsOwnConnections() throws Exception {
        try (var once =
                new RawServer(
                        talk -> {
                            talk.head();
                            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                            talk.untilLeft();
                            seen.add("left");
                        })) {
            var own = new Http(null, once.address(), Duration.ofSeconds(10));
            own.send(READ);

            own.close();

            org.awaitility.Awaitility.await().until(() -> seen.contains("left"));
        }
    }

    @Test
    void tellsNeitherKeyNorTokenToWhomTheServerPointsAt() throws Exception {
        try (var elsewhere = new MockWebServer()) {
            elsewhere.start();
            elsewhere.enqueue(new MockResponse.Builder().body("there").build());
            server.enqueue(
                    new MockResponse.Builder()
                            .code(307)
                            .addHeader("Location", elsewhere.url("/there"))
                            .build());

            http.send(
                    READ.header("apikey", "k")
                            .header("Authorization", "Bearer t")
                            .header("traceparent", "00-1-2-01")
                            .header("x-app", "shop"));

            RecordedRequest redirected = elsewhere.takeRequest();
            assertThat(redirected.getHeaders().names())
                    .contains("x-app")
                    .doesNotContain("apikey", "Authorization", "traceparent");
        }
    }
}
