package dev.hearth.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.util.Objects.requireNonNull;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RequestCancelledException;
import dev.hearth.client.error.RequestTimeoutException;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.time.HandMovedTimers;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// How a call that waits comes to its end before the answer does.
class HttpEndsTest {

    private static final HttpRequest READ = HttpRequest.of("GET", "/rest/v1/t");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HandMovedTimers timers = new HandMovedTimers();
    private final Tasks tasks = Tasks.own(false);
    private final CountDownLatch asked = new CountDownLatch(1);
    private RawServer silent;
    private Http http;

    /// Where the server falls silent.
    enum Silence {
        HEAD(""),
        BODY("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[");

        private final String said;

        Silence(String said) {
            this.said = said;
        }
    }

    @BeforeEach
    void setUp() throws IOException {
        silentAfter(Silence.HEAD);
    }

    private void silentAfter(Silence where) throws IOException {
        tearDownServer();
        silent =
                new RawServer(
                        talk -> {
                            talk.head();
                            talk.say(where.said);
                            asked.countDown();
                            talk.untilLeft();
                        });
        http = new Http(null, silent.address(), TIMEOUT, Http.MOST_IN_MEMORY, timers);
    }

    @AfterEach
    void tearDown() throws IOException {
        tearDownServer();
        tasks.close();
    }

    private void tearDownServer() throws IOException {
        if (silent != null) {
            http.close();
            silent.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWithItsTimeout(Silence where) throws Exception {
        silentAfter(where);
        CompletableFuture<HttpAnswer> call = tasks.async(() -> http.send(READ));
        asked.await();

        timers.pass(TIMEOUT);

        assertThatThrownBy(call::join)
                .hasCauseInstanceOf(RequestTimeoutException.class)
                .hasRootCauseInstanceOf(IOException.class)
                .cause()
                .hasMessage(
                        "no whole answer from "
                                + silent.authority()
                                + " within 60000 ms; give the call or the client a longer timeout,"
                                + " or ask for less");
    }

    @Test
    void takesACallsOwnTimeoutBeforeTheClients() throws Exception {
        CompletableFuture<HttpAnswer> call =
                tasks.async(() -> http.send(READ.timeout(Duration.ofSeconds(3))));
        asked.await();

        timers.pass(Duration.ofSeconds(3));

        assertThatThrownBy(call::join).hasCauseInstanceOf(RequestTimeoutException.class);
    }

    @Test
    void hasNoTimeoutWhenThatIsZero() throws Exception {
        CompletableFuture<HttpAnswer> call =
                tasks.async(() -> http.send(READ.timeout(Duration.ZERO)));
        asked.await();

        assertThat(timers.waiting()).isEmpty();
        call.cancel(true);
    }

    @Test
    void endsWhenTheServerFallsSilentForTooLong() throws Exception {
        silentAfter(Silence.BODY);

        assertThatThrownBy(() -> http.send(READ.stalled(Duration.ofMillis(50))))
                .isInstanceOf(RequestTimeoutException.class)
                .hasMessageStartingWith(
                        "no answer, or no more of it, from "
                                + silent.authority()
                                + " within 50 ms");
    }

    @Test
    void setsNoAlarmAfterTheAnswerWasRead() throws IOException {
        try (var server =
                new RawServer(
                        talk -> {
                            talk.head();
                            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
                        })) {
            var quick = new Http(null, server.address(), TIMEOUT, Http.MOST_IN_MEMORY, timers);

            quick.send(READ);

            assertThat(timers.waiting()).isEmpty();
            quick.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWithItsFuture(Silence where) throws Exception {
        silentAfter(where);
        var thrown = new AtomicReference<Throwable>();
        CompletableFuture<HttpAnswer> call =
                tasks.async(
                        () -> {
                            try {
                                return http.send(READ);
                            } catch (RuntimeException e) {
                                thrown.set(e);
                                throw e;
                            }
                        });
        asked.await();

        call.cancel(true);

        soon().untilAsserted(
                        () ->
                                assertThat(thrown.get())
                                        .isInstanceOf(RequestCancelledException.class)
                                        .hasMessage("the call was cancelled"));
    }

    @Test
    void doesNotBeginOnAnInterruptedThread() {
        Thread.currentThread().interrupt();

        try {
            assertThatThrownBy(() -> http.send(READ))
                    .isInstanceOf(RequestCancelledException.class)
                    .hasMessage("the thread was interrupted before the call began");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void endsWithTheInterruptOfAVirtualThread() throws Exception {
        Tasks virtual = Tasks.own(true);
        var runner = new AtomicReference<Thread>();
        CompletableFuture<HttpAnswer> call =
                virtual.async(
                        () -> {
                            runner.set(Thread.currentThread());
                            return http.send(READ);
                        });
        asked.await();
        if (requireNonNull(runner.get()).getName().startsWith("hearth-client-")) {
            call.cancel(true);
            return; // Java 17 has no virtual threads.
        }

        runner.get().interrupt();

        assertThatThrownBy(call::join)
                .hasCauseInstanceOf(RequestCancelledException.class)
                .cause()
                .hasMessage("the thread that waited for the answer was interrupted");
    }

    @ParameterizedTest
    @EnumSource
    void endsWithTheClient(Silence where) throws Exception {
        silentAfter(where);
        CompletableFuture<HttpAnswer> call = tasks.async(() -> http.send(READ));
        asked.await();

        http.close();

        assertThatThrownBy(call::join).hasCauseInstanceOf(ClientClosedException.class);
    }

    @Test
    void endsAStreamWithTheClient() throws Exception {
        silentAfter(Silence.BODY);
        InputStream body = http.open(READ).body();
        int first = body.read();

        http.close();

        assertThat(first).isEqualTo('[');
        assertThatThrownBy(body::read)
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(ClientClosedException.class);
    }

    @Test
    void takesNoCallAfterTheEnd() {
        http.close();

        assertThatThrownBy(() -> http.send(READ)).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void takesNoCallWhileItDrains() throws Exception {
        CompletableFuture<HttpAnswer> call = tasks.async(() -> http.send(READ));
        asked.await();

        http.drain(Duration.ofMillis(30));

        assertThat(call).isNotDone();
        assertThatThrownBy(() -> http.send(READ)).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void waitsForCallsUnderWayWhenItDrains() throws Exception {
        var mayAnswer = new CountDownLatch(1);
        try (var server =
                new RawServer(
                        talk -> {
                            talk.head();
                            asked.countDown();
                            awaitQuietly(mayAnswer);
                            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
                        })) {
            var draining = new Http(null, server.address(), TIMEOUT);
            CompletableFuture<HttpAnswer> call = tasks.async(() -> draining.send(READ));
            asked.await();
            CompletableFuture<Void> drained = tasks.run(() -> draining.drain(TIMEOUT));
            soon().until(() -> !draining.isOpen());

            mayAnswer.countDown();

            drained.join();
            assertThat(call.join().text()).isEqualTo("[]");
            draining.close();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }
}
