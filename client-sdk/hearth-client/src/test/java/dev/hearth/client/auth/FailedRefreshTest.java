package dev.hearth.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.error.SessionExpiredException;
import dev.hearth.client.time.HandMovedTimers;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of a session that cannot be refreshed.
final class FailedRefreshTest {

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
    void pausesGrowToAMinuteAndNoFurther() {
        assertThat(Refresh.pause(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Refresh.pause(5)).isEqualTo(Duration.ofSeconds(32));
        assertThat(Refresh.pause(60)).isEqualTo(Refresh.LONGEST_PAUSE);
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
}
