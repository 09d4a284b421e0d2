package dev.hearth.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.SessionExpiredException;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.time.HandMovedTimers;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// When sessions are refreshed, and what becomes of them when that fails.
final class RefreshTest {

    private static final String REFUSED =
            "{\"code\":\"refresh_token_already_used\",\"message\":\"Invalid Refresh Token\"}";

    private final Fixture fixture = new Fixture();
    private final AuthClient auth = fixture.auth;
    private final HandMovedTimers timers = fixture.timers;
    private final List<AuthStateChange> heard = new ArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    private int requests() {
        return fixture.server.getRequestCount();
    }

    /// Answers every request the same.
    private void always(MockResponse response) {
        fixture.server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return response;
                    }
                });
    }

    private void unreachable() {
        always(Fixture.json(503, "{\"message\":\"down\"}"));
    }

    @Test
    void refreshesNinetySecondsBeforeTheEnd() {
        fixture.signIn(3600);
        fixture.answerSession("r2", 7200);

        timers.pass(Duration.ofSeconds(3600 - 91));
        assertThat(requests()).isEqualTo(1);
        timers.pass(Duration.ofSeconds(1));

        assertThat(fixture.line()).contains("refresh_token");
        assertThat(auth.getSession().orElseThrow().refreshToken()).isEqualTo("r2");
    }

    @Test
    void refreshesAShortLifeAtFourFifths() {
        fixture.signIn(100);
        fixture.answerSession("r2", 7200);

        timers.pass(Duration.ofSeconds(79));
        assertThat(requests()).isEqualTo(1);
        timers.pass(Duration.ofSeconds(1));

        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void doesNotRefreshByItselfWhenToldNotTo() {
        auth.stopAutoRefresh();
        fixture.signIn(100);

        timers.pass(Duration.ofSeconds(99));

        assertThat(requests()).isEqualTo(1);
        assertThat(timers.waiting()).isEmpty();
    }

    @Test
    void goesByTheServersClockWhenOursIsTenMinutesSlow() {
        Instant serverTime = HandMovedTimers.START.plusSeconds(600);
        fixture.server.enqueue(
                Fixture.at(serverTime, Fixture.session("r1", serverTime.plusSeconds(3600), 3600)));
        auth.signInWithPassword("a@b.c", "pw");
        fixture.answerSession("r2", 7200);

        timers.pass(Duration.ofSeconds(3600 - 92));
        assertThat(requests()).isEqualTo(1);
        timers.pass(Duration.ofSeconds(2));

        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void goesByTheServersClockWhenOursIsTenMinutesFast() {
        Instant serverTime = HandMovedTimers.START.minusSeconds(600);
        fixture.server.enqueue(
                Fixture.at(serverTime, Fixture.session("r1", serverTime.plusSeconds(300), 300)));
        auth.signInWithPassword("a@b.c", "pw");

        assertThat(auth.getSession()).isPresent();
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void refreshesBeforeTheFirstCallAfterASleep() {
        fixture.signIn(3600);
        fixture.answerSession("r2", 36000);

        timers.sleep(Duration.ofHours(2));
        String token = auth.accessToken();

        assertThat(requests()).isEqualTo(2);
        assertThat(token).isEqualTo(auth.getSession().orElseThrow().accessToken());
    }

    @Test
    void noticesASleepWithinHalfAMinuteByItself() {
        fixture.signIn(3600);
        fixture.answerSession("r2", 36000);

        timers.sleep(Duration.ofHours(2));
        timers.pass(RefreshAlarm.LONGEST_NAP);

        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void isNotDeceivedByAClockThatIsSetBack() {
        fixture.signIn(3600);
        fixture.answerSession("r2", 36000);

        timers.sleep(Duration.ofHours(-1));
        timers.pass(Duration.ofSeconds(3600 - 90));

        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void triesAgainAfterTwoFourAndEightSeconds() {
        fixture.signIn(3600);
        unreachable();
        timers.pass(Duration.ofSeconds(3600 - 90));
        var counts = new ArrayList<Integer>();
        for (int pause : List.of(1, 1, 4, 8, 16)) {
            timers.pass(Duration.ofSeconds(pause));
            counts.add(requests());
        }

        assertThat(counts).containsExactly(2, 3, 4, 5, 6);
    }

    @Test
    void goesOnWithTheOldTokenWhileItLasts() {
        fixture.signIn(3600);
        String token = auth.accessToken();
        unreachable();

        timers.pass(Duration.ofMinutes(59));

        assertThat(auth.accessToken()).isEqualTo(token);
    }

    @Test
    void failsByNameOnceTheTokenRanOutAndKeepsTheSession() {
        fixture.signIn(3600);
        unreachable();
        timers.pass(Duration.ofSeconds(3601));

        assertThatThrownBy(auth::accessToken)
                .isInstanceOf(SessionExpiredException.class)
                .hasMessageContaining("call again");

        timers.pass(Refresh.BREATH);
        always(Fixture.json(200, Fixture.session("r2", timers.now().plusSeconds(3600), 3600)));
        assertThat(auth.getSession().orElseThrow().refreshToken()).isEqualTo("r2");
    }

    @Test
    void goesOnTryingOnceAMinuteByItself() {
        fixture.signIn(3600);
        unreachable();
        timers.pass(Duration.ofMinutes(70));
        int before = requests();

        timers.pass(Refresh.LONGEST_PAUSE);

        assertThat(requests()).isEqualTo(before + 1);
    }

    @Test
    void doesNotAskAgainWithinABreathOfAFailure() {
        auth.stopAutoRefresh();
        fixture.signIn(3600);
        unreachable();
        timers.pass(Duration.ofSeconds(3601));
        for (int call = 0; call < 20; call++) {
            assertThatThrownBy(auth::accessToken).isInstanceOf(SessionExpiredException.class);
        }

        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void takesAPageInsteadOfJsonForABrokenNetwork() {
        fixture.signIn(3600);
        always(new MockResponse.Builder().code(200).body("<html>please pay</html>").build());

        timers.pass(Duration.ofMinutes(59));

        assertThat(auth.getSession()).isPresent();
    }

    @Test
    void keepsTheSessionWhenAGateRefusesTheKey() {
        fixture.signIn(3600);
        always(Fixture.json(401, "{\"message\":\"Invalid API key\"}"));

        timers.pass(Duration.ofMinutes(59));

        assertThat(auth.getSession()).isPresent();
    }

    @Test
    void signsOutWithAReasonWhenTheRefreshTokenIsRefused() {
        fixture.signIn(3600);
        auth.onAuthStateChangeWithReason(heard::add);
        fixture.answer(400, REFUSED);

        timers.pass(Duration.ofSeconds(3600 - 90));

        assertThat(heard)
                .last()
                .isEqualTo(
                        new AuthStateChange(
                                AuthChangeEvent.SIGNED_OUT,
                                Optional.empty(),
                                Optional.of(SignOutReason.REFRESH_REFUSED)));
        assertThat(auth.accessToken()).isEqualTo("KEY");
        assertThat(timers.waiting()).isEmpty();
    }

    @Test
    void tellsTheCallThatMetTheRefusal() {
        auth.stopAutoRefresh();
        fixture.signIn(3600);
        timers.pass(Duration.ofHours(1));
        fixture.answer(400, REFUSED);

        assertThatThrownBy(auth::accessToken)
                .isInstanceOfSatisfying(
                        AuthException.class,
                        e ->
                                assertThat(e.code())
                                        .contains(AuthErrorCode.REFRESH_TOKEN_ALREADY_USED));
        assertThat(auth.getSession()).isEmpty();
    }

    @Test
    void aHundredCallersShareOneRefresh() throws Exception {
        var tasks = Tasks.own(false);
        try (var many = new Fixture(options -> options.autoRefreshToken(false), "KEY", tasks)) {
            many.signIn(3600);
            many.timers.pass(Duration.ofHours(1));
            String next = Fixture.session("r2", many.timers.now().plusSeconds(3600), 3600);
            many.server.enqueue(
                    Fixture.json(200, next)
                            .newBuilder()
                            .headersDelay(200, TimeUnit.MILLISECONDS)
                            .build());
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
            many.signIn(3600);
            many.timers.pass(Duration.ofHours(1));
            String next = Fixture.session("r2", many.timers.now().plusSeconds(3600), 3600);
            many.server.enqueue(
                    Fixture.json(200, next)
                            .newBuilder()
                            .headersDelay(200, TimeUnit.MILLISECONDS)
                            .build());
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

    @Test
    void leavesNoAlarmAfterItsEnd() {
        fixture.signIn(3600);
        assertThat(timers.waiting()).hasSize(1);

        auth.dispose();

        assertThat(timers.waiting()).isEmpty();
    }

    @Test
    void saysThatItIsClosed() {
        fixture.signIn(3600);
        auth.dispose();
        fixture.http.close();

        assertThatThrownBy(auth::getUser).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(auth::getSession).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(auth::signInAnonymously).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> auth.signInWithOAuth(OAuthCredentials.provider("github")))
                .isInstanceOf(ClientClosedException.class);
    }

    @Test
    void pausesGrowToAMinuteAndNoFurther() {
        assertThat(Refresh.pause(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Refresh.pause(5)).isEqualTo(Duration.ofSeconds(32));
        assertThat(Refresh.pause(60)).isEqualTo(Refresh.LONGEST_PAUSE);
    }

    @Test
    void anAnswerThatTookTooLongDoesNotSetTheClock() {
        var clock = new ServerClock(timers);
        long sentAt = timers.nanos();
        timers.pass(ServerClock.LONGEST_ROUND_TRIP.plusSeconds(1));
        var headers = java.util.Map.of("date", List.of("Sun, 01 Mar 2026 15:00:00 GMT"));
        clock.read(
                new dev.hearth.client.internal.http.HttpAnswer(
                        200,
                        headers,
                        new byte[0],
                        new dev.hearth.client.error.RequestInfo("GET", "", 1, Optional.empty())),
                sentAt);

        assertThat(clock.now()).isEqualTo(timers.now());
    }
}
