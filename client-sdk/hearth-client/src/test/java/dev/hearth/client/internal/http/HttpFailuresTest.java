package dev.hearth.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.client.error.AnswerTooLargeException;
import dev.hearth.client.error.ApiKeyException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.time.SystemTimers;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

import okhttp3.OkHttpClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Every way in which no answer comes, and what the program is told.
class HttpFailuresTest {

    private static final HttpRequest READ =
            HttpRequest.of("GET", "/rest/v1/t").query("select", "*");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void tellsThatThereIsNoSuchHost() {
        OkHttpClient lost =
                new OkHttpClient.Builder()
                        .dns(
                                name -> {
                                    throw new UnknownHostException(name);
                                })
                        .build();
        var http = new Http(lost, "https://nowhere.supabase.co", PATIENCE);

        TransportException failure = transport(http, READ);

        assertThat(failure)
                .hasMessage(
                        "there is no host nowhere.supabase.co; check the address of the project");
        assertThat(failure.neverSent()).isTrue();
        http.close();
    }

    @Test
    void tellsThatNobodyListens() throws IOException {
        int port;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        var http = new Http(null, "http://127.0.0.1:" + port, PATIENCE);

        TransportException failure = transport(http, READ);

        assertThat(failure)
                .hasMessage(
                        "nothing listens at 127.0.0.1:"
                                + port
                                + "; is the server started, and is this its port?");
        assertThat(failure.neverSent()).isTrue();
        http.close();
    }

    @Test
    void tellsThatTheServerDoesNotSpeakTls() throws IOException {
        try (var server = new RawServer(talk -> talk.say("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            var http = new Http(null, "https://" + server.authority(), PATIENCE);

            TransportException failure = transport(http, READ);

            assertThat(failure)
                    .hasMessage(
                            server.authority()
                                    + " does not speak TLS; does its address begin with http:// ?");
            assertThat(failure.neverSent()).isTrue();
            http.close();
        }
    }

    @Test
    void tellsThatACertificateIsNotTrusted() throws Exception {
        try (var server = new MockWebServer()) {
            server.useHttps(untrusted().getSocketFactory());
            server.start();
            var http = new Http(null, "https://127.0.0.1:" + server.getPort(), PATIENCE);

            TransportException failure = transport(http, READ);

            assertThat(failure)
                    .hasMessageStartingWith(
                            "no secure connection with 127.0.0.1:" + server.getPort() + ": ")
                    .hasMessageEndingWith(
                            "; a certificate of your own needs an OkHttpClient that trusts it");
            assertThat(failure.neverSent()).isTrue();
            http.close();
        }
    }

    private static SSLContext untrusted() throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        char[] password = "testing".toCharArray();
        try (InputStream file = HttpFailuresTest.class.getResourceAsStream("untrusted.p12")) {
            keys.load(file, password);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void tellsThatWhatAnswersDoesNotSpeakHttp() throws IOException {
        try (var server = new RawServer(talk -> talk.say("SSH-2.0-OpenSSH_9.2\r\n"))) {
            var http = new Http(null, server.address(), PATIENCE);

            assertThat(transport(http, READ))
                    .hasMessageStartingWith(
                            "what answers at " + server.authority() + " does not speak HTTP (")
                    .hasMessageEndingWith("); check the port, and https:// against http://");
            http.close();
        }
    }

    @Test
    void tellsThatTheConnectionBrokeInTheHead() throws IOException {
        try (var server =
                new RawServer(
                        talk -> {
                            talk.head();
                            talk.say("HTTP/1.1 200 OK\r\nContent-");
                        })) {
            var http = new Http(null, server.address(), PATIENCE);

            TransportException failure = transport(http, READ);

            assertThat(failure)
                    .hasMessageStartingWith(
                            "the connection with "
                                    + server.authority()
                                    + " broke before an answer came: ");
            assertThat(failure.neverSent()).isFalse();
            http.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 100\r\n\r\n[{",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n[{\r\n50\r\n\"a\""
            })
    void tellsThatTheConnectionBrokeInTheBody(String rest) throws IOException {
        try (var server =
                new RawServer(
                        talk -> {
                            talk.head();
                            talk.say("HTTP/1.1 200 OK\r\n" + rest);
                        })) {
            var http = new Http(null, server.address(), PATIENCE);

            TransportException failure = transport(http, READ);

            assertThat(failure)
                    .hasMessageStartingWith(
                            "the connection with "
                                    + server.authority()
                                    + " broke in the middle of the answer: ");
            assertThat(failure.neverSent()).isFalse();
            http.close();
        }
    }

    @Test
    void doesNotRepeatAWriteWhoseConnectionBroke() throws IOException {
        var requests = new AtomicInteger();
        try (var server =
                new RawServer(
                        talk -> {
                            talk.head();
                            requests.incrementAndGet();
                            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
                            // The second on a kept connection is read and never answered.
                            if (!talk.head().isEmpty()) {
                                requests.incrementAndGet();
                            }
                        })) {
            var http = new Http(null, server.address(), PATIENCE);
            var write = HttpRequest.of("POST", "/rest/v1/t");
            http.send(write);

            transport(http, write);

            assertThat(requests).hasValue(2);
            http.close();
        }
    }

    @Test
    void namesNeitherQueryNorHeadersOfTheRequestThatFailed() throws IOException {
        try (var server = new RawServer(RawServer.Talk::head)) {
            var http = new Http(null, server.address(), PATIENCE);
            var request =
                    READ.query("secret", "eq.1").header("Authorization", "Bearer very.secret");

            TransportException failure = transport(http, request);

            assertThat(failure.request().orElseThrow())
                    .hasToString("GET " + server.address() + "/rest/v1/t");
            http.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Invalid API key",
                "No API key found in request",
                "Invalid authentication credentials"
            })
    void tellsThatTheKeyWasRefusedAndWhy(String reason) throws IOException {
        try (var server = new MockWebServer()) {
            server.enqueue(
                    json(401, "{\"message\":\"" + reason + "\",\"hint\":\"Double check.\"}"));
            server.start();
            var http = new Http(null, "http://127.0.0.1:" + server.getPort(), PATIENCE);

            ApiKeyException refused =
                    catchThrowableOfType(ApiKeyException.class, () -> http.send(READ));

            assertThat(refused)
                    .hasMessage(
                            "the server refused the API key: "
                                    + reason
                                    + "; give SupabaseClient.create a publishable (anon) or secret"
                                    + " (service_role) key of this very project");
            assertThat(refused.status()).hasValue(401);
            assertThat(refused.hint()).contains("Double check.");
            http.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":\"42501\",\"message\":\"permission denied for table t\"}",
                "{\"message\":[\"Invalid API key\"]}",
                "[\"Invalid API key\"]",
                "no JSON at all",
                ""
            })
    void leavesEveryOtherRefusalToTheRooms(String body) throws IOException {
        try (var server = new MockWebServer()) {
            server.enqueue(json(403, body));
            server.start();
            var http = new Http(null, "http://127.0.0.1:" + server.getPort(), PATIENCE);

            HttpAnswer answer = http.send(READ);

            assertThat(answer.text()).isEqualTo(body);
            http.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesToReadMoreIntoMemoryThanAllowed(boolean announced) throws IOException {
        try (var server = new MockWebServer()) {
            var answer = new MockResponse.Builder().code(200);
            server.enqueue(
                    (announced ? answer.body("x".repeat(1001)) : answer.chunkedBody(big(), 100))
                            .build());
            server.start();
            var http = limited(server, 1000);

            AnswerTooLargeException tooLarge =
                    catchThrowableOfType(AnswerTooLargeException.class, () -> http.send(READ));

            assertThat(tooLarge)
                    .hasMessage(
                            "the answer is larger than 1000 bytes, which is the most that is read"
                                    + " into memory; ask for fewer rows, read it as a stream, or"
                                    + " raise maxAnswerBytes of the client");
            assertThat(tooLarge.limitBytes()).isEqualTo(1000);
            http.close();
        }
    }

    @Test
    void readsAnAnswerOfExactlyTheLimit() throws IOException {
        try (var server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder().body("x".repeat(1000)).build());
            server.start();
            var http = limited(server, 1000);

            assertThat(http.send(READ).body()).hasSize(1000);
            http.close();
        }
    }

    private static String big() {
        return "x".repeat(1001);
    }

    private static Http limited(MockWebServer server, long bytes) {
        return new Http(
                null, "http://127.0.0.1:" + server.getPort(), PATIENCE, bytes, new SystemTimers());
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json; charset=utf-8")
                .body(body)
                .build();
    }

    private static TransportException transport(Http http, HttpRequest request) {
        SupabaseException failure =
                catchThrowableOfType(SupabaseException.class, () -> http.send(request));
        assertThat(failure).isInstanceOf(TransportException.class);
        return (TransportException) failure;
    }
}
