package dev.hearth.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hearth.client.error.AuthException;
import dev.hearth.client.error.ClientClosedException;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What listeners hear.
final class EventsTest {

    private final Fixture fixture = new Fixture();
    private final AuthClient auth = fixture.auth;
    private final List<AuthChangeEvent> heard = new ArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Subscription listen() {
        return auth.onAuthStateChange((event, session) -> heard.add(event));
    }

    @Test
    void hearsWhoIsSignedInFirst() {
        fixture.signIn(3600);
        var first = new ArrayList<Optional<Session>>();
        auth.onAuthStateChange((event, session) -> first.add(session));

        assertThat(first).containsExactly(auth.getSession());
    }

    /// What a program writes compiles without a cast: `List.add` alone has one and two parameters.
    @Test
    void takesLambdasAndMethodReferencesOfBothShapes() {
        var changes = new ArrayList<AuthStateChange>();
        var sessions = new HashMap<AuthChangeEvent, Optional<Session>>();
        auth.onAuthStateChange((event, session) -> heard.add(event));
        auth.onAuthStateChange(sessions::put);
        auth.onAuthStateChangeWithReason(change -> heard.add(change.event()));
        auth.onAuthStateChangeWithReason(changes::add);
        fixture.signIn(3600);

        assertThat(heard).hasSize(4);
        assertThat(sessions).containsEntry(AuthChangeEvent.SIGNED_IN, auth.getSession());
        assertThat(changes)
                .last()
                .isEqualTo(
                        new AuthStateChange(
                                AuthChangeEvent.SIGNED_IN, auth.getSession(), Optional.empty()));
    }

    @Test
    void hearsEverythingInOrder() {
        listen();
        fixture.signIn(3600);
        fixture.answerSession("r2", 3600);
        auth.refreshSession();
        fixture.answer(Fixture.USER);
        auth.updateUser(UserAttributes.of().data(Map.of("a", 1)));
        fixture.answerSession("r3", 3600);
        auth.verifyOtp(OtpVerification.tokenHash("h", OtpType.RECOVERY));
        fixture.answer(204, "");
        auth.signOut();

        assertThat(heard)
                .containsExactly(
                        AuthChangeEvent.INITIAL_SESSION,
                        AuthChangeEvent.SIGNED_IN,
                        AuthChangeEvent.TOKEN_REFRESHED,
                        AuthChangeEvent.USER_UPDATED,
                        AuthChangeEvent.PASSWORD_RECOVERY,
                        AuthChangeEvent.SIGNED_OUT);
    }

    @Test
    void hearsNothingAfterItsEnd() {
        listen().close();
        fixture.signIn(3600);

        assertThat(heard).containsExactly(AuthChangeEvent.INITIAL_SESSION);
    }

    @Test
    void aListenerThatThrowsIsReportedAndHarmsNobody() {
        var reports = new ArrayList<String>();
        Logger log = Logger.getLogger("dev.hearth.client.auth");
        var handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord entry) {
                        reports.add(entry.getMessage());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        log.addHandler(handler);
        log.setUseParentHandlers(false);
        try {
            auth.onAuthStateChange(
                    (event, session) -> {
                        throw new IllegalStateException("of the program");
                    });
            listen();
            fixture.signIn(3600);
        } finally {
            log.removeHandler(handler);
            log.setUseParentHandlers(true);
        }

        assertThat(heard)
                .containsExactly(AuthChangeEvent.INITIAL_SESSION, AuthChangeEvent.SIGNED_IN);
        assertThat(reports).hasSize(2).allMatch(report -> report.contains("listener"));
    }

    @Test
    void aListenerThatFailsGoesOnHearing() {
        auth.onAuthStateChange(
                (event, session) -> {
                    heard.add(event);
                    throw new AssertionError("of the program");
                });
        fixture.signIn(3600);

        assertThat(heard)
                .containsExactly(AuthChangeEvent.INITIAL_SESSION, AuthChangeEvent.SIGNED_IN);
    }

    /// The listener runs on the thread that refreshed, and would wait for itself.
    @Test
    void aListenerMayRefreshWhenItHearsOfARefresh() {
        var tokens = new ArrayList<String>();
        fixture.signIn(3600);
        fixture.answerSession("r2", 3600);
        fixture.answerSession("r3", 3600);
        auth.onAuthStateChangeWithReason(
                change -> {
                    tokens.add(change.session().map(Session::refreshToken).orElse(""));
                    if (tokens.size() == 2) {
                        var unused = auth.refreshSession();
                    }
                });

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> auth.refreshSession());

        assertThat(tokens).containsExactly("r1", "r2", "r3");
    }

    @Test
    void refusesListenersAfterTheEnd() {
        auth.dispose();

        assertThatThrownBy(() -> auth.onAuthStateChange((event, session) -> heard.add(event)))
                .isInstanceOf(ClientClosedException.class);
    }

    @Test
    void aListenerMayUseTheClient() {
        var users = new ArrayList<String>();
        auth.onAuthStateChange(
                (event, session) ->
                        users.add(auth.getSession().map(Session::refreshToken).orElse("")));
        fixture.signIn(3600);

        assertThat(users).containsExactly("", "r1");
    }

    @Test
    void tellsTokensToWhatKeepsAConnection() {
        var tokens = new ArrayList<String>();
        auth.onAccessTokenChange(tokens::add);
        fixture.signIn(3600);
        String token = auth.accessToken();
        fixture.answer(204, "");
        auth.signOut();

        assertThat(tokens).containsExactly(token, "KEY");
    }

    @Test
    void signsOutLocallyEvenWhenTheServerFails() {
        fixture.signIn(3600);
        var reasons = new ArrayList<SignOutReason>();
        auth.onAuthStateChangeWithReason(change -> change.reason().ifPresent(reasons::add));
        fixture.answer(500, "{\"code\":\"unexpected_failure\",\"message\":\"broken\"}");

        assertThatThrownBy(() -> auth.signOut(SignOutScope.LOCAL))
                .isInstanceOf(AuthException.class);
        assertThat(reasons).containsExactly(SignOutReason.REQUESTED);
    }

    @Test
    void staysSignedInWhenSigningOutOthers() {
        fixture.signIn(3600);
        fixture.answer(204, "");
        auth.signOut(SignOutScope.OTHERS);

        assertThat(auth.getSession()).isPresent();
    }

    @Test
    void takesASessionThatTheServerDoesNotKnowForEnded() {
        fixture.signIn(3600);
        fixture.answer(403, "{\"code\":\"session_not_found\",\"message\":\"gone\"}");
        auth.signOut();

        assertThat(auth.getSession()).isEmpty();
    }

    @Test
    void dropsTheSessionThatTheServerHasLost() {
        fixture.signIn(3600);
        var reasons = new ArrayList<SignOutReason>();
        auth.onAuthStateChangeWithReason(change -> change.reason().ifPresent(reasons::add));
        fixture.answer(403, "{\"code\":\"session_not_found\",\"message\":\"gone\"}");

        assertThatThrownBy(auth::getUser)
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.isSessionMissing()).isTrue());
        assertThat(reasons).containsExactly(SignOutReason.SESSION_GONE);
    }

    /// What happens while the server is at a request: another user signs in.
    private void meanwhile(String path, int status, String answer) {
        fixture.server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        String target = String.valueOf(request.getTarget());
                        if (target.contains("/token")) {
                            return Fixture.json(
                                    200,
                                    Fixture.session(
                                                    "b1",
                                                    fixture.timers.now().plusSeconds(3600),
                                                    3600)
                                            .replace(Fixture.USER_ID, Fixture.FACTOR_ID));
                        }
                        assertThat(target).startsWith(path);
                        var unused = auth.signInWithPassword("b@b.c", "pw");
                        return Fixture.json(status, answer);
                    }
                });
    }

    @Test
    void givesNobodyTheDetailsOfTheUserBefore() {
        fixture.signIn(3600);
        meanwhile("/auth/v1/user", 200, Fixture.USER.replace("a@b.c", "n@b.c"));
        auth.updateUser(UserAttributes.of().email("n@b.c"));

        Session session = auth.getSession().orElseThrow();
        assertThat(session.refreshToken()).isEqualTo("b1");
        assertThat(session.user().id()).hasToString(Fixture.FACTOR_ID);
    }

    @Test
    void aSignOutLeavesTheUserWhoCameMeanwhile() {
        fixture.signIn(3600);
        meanwhile("/auth/v1/logout", 204, "");
        auth.signOut();

        assertThat(auth.getSession().map(Session::refreshToken)).contains("b1");
    }

    @Test
    void keepsTheTokensWhenTheUserChanges() {
        fixture.signIn(3600);
        String token = auth.accessToken();
        fixture.answer("{\"id\":\"" + Fixture.USER_ID + "\",\"email\":\"n@b.c\"}");
        auth.updateUser(UserAttributes.of().email("n@b.c"));

        Session session = auth.getSession().orElseThrow();
        assertThat(session.accessToken()).isEqualTo(token);
        assertThat(session.user().email()).contains("n@b.c");
    }
}
