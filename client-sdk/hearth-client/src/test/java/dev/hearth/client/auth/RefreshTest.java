package dev.hearth.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.time.HandMovedTimers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When sessions are refreshed, by which clock.
final class RefreshTest {

    private final Fixture fixture = new Fixture();
    private final AuthClient auth = fixture.auth;
    private final HandMovedTimers timers = fixture.timers;

    @AfterEach
    void close() {
        fixture.close();
    }

    private int requests() {
        return fixture.server.getRequestCount();
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
}
