package dev.hearth.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.AuthException;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.time.HandMovedTimers;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// One refresh for all who want it, whatever else happens meanwhile.
final class SharedRefreshTest {

    private final Fixture fixture = new Fixture();
    private final AuthClient auth = fixture.auth;
    private final HandMovedTimers timers = fixture.timers;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aHundredCallersShareOneRefresh() throws Exception {
        var tasks = Tasks.own(false);
        try (var many = new Fixture(options -> options.autoRefreshToken(false), "KEY", tasks)) {
            refreshIsDueAndSlow(many);
            var together = new CountDownLatch(100);
            var callers = Executors.newFixedThreadPool(100);
            var tokens = new ArrayList<CompletableFuture<String>>();
            for (int caller = 0; caller < 100; caller++) {
                tokens.add(
                        CompletableFuture.supplyAsync(
                                () -> {
                                    together.countDown();
                                    await(together);
                                    return many.auth.accessToken();
                                },
                                callers));
            }
            for (CompletableFuture<String> token : tokens) {
                assertThat(token.get(5, TimeUnit.SECONDS)).isNotEqualTo("KEY");
            }
            callers.shutdownNow();
            assertThat(many.server.getRequestCount()).isEqualTo(2);
        }
    }

    private static void refreshIsDueAndSlow(Fixture many) {
        many.signIn(3600);
        many.timers.pass(Duration.ofHours(1));
        String next = Fixture.session("r2", many.timers.now().plusSeconds(3600), 3600);
        many.server.enqueue(
                Fixture.json(200, next)
                        .newBuilder()
                        .headersDelay(200, TimeUnit.MILLISECONDS)
                        .build());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void goesOnForOthersWhenTheFirstCallerCancels() throws Exception {
        var tasks = Tasks.own(false);
        try (var many = new Fixture(options -> options.autoRefreshToken(false), "KEY", tasks)) {
            refreshIsDueAndSlow(many);
            CompletableFuture<Optional<Session>> first = many.auth.getSessionAsync();
            many.take();
            first.cancel(true);

            Session session = many.auth.getSession().orElseThrow();

            assertThat(session.refreshToken()).isEqualTo("r2");
            assertThat(many.server.getRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void aSignOutDuringARefreshWins() {
        fixture.signIn(3600);
        var logouts = new AtomicInteger();
        fixture.server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        if (String.valueOf(request.getTarget()).contains("logout")) {
                            logouts.incrementAndGet();
                            return new MockResponse.Builder().code(204).build();
                        }
                        // While the server is at the refresh, another thread signs out.
                        auth.signOut(SignOutScope.LOCAL);
                        return Fixture.json(
                                200, Fixture.session("r2", timers.now().plusSeconds(3600), 3600));
                    }
                });

        assertThatThrownBy(auth::refreshSession)
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.isSessionMissing()).isTrue());
        assertThat(logouts).hasValue(1);
        assertThat(auth.getSession()).isEmpty();
    }
}
