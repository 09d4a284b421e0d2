package dev.hearth.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.SystemTimers;
import dev.hearth.client.time.Timers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// The same against a server that runs: `hearth.live.url`, `hearth.live.key` (public) and, for
/// admins, `hearth.live.secret`. Skipped without.
final class AuthLiveTest {

    private final List<Runnable> endings = new ArrayList<>();
    private AuthClient auth;

    @BeforeEach
    void connect() {
        assumeTrue(System.getProperty("hearth.live.url") != null);
        auth = client("hearth.live.key");
    }

    private AuthClient client(String property) {
        String key = System.getProperty(property);
        assumeTrue(key != null);
        var http = new Http(null, System.getProperty("hearth.live.url"), Duration.ofSeconds(10));
        Tasks tasks = Tasks.own(false);
        Timers timers = new SystemTimers();
        var backend = new Backend(http, new Json(null), tasks, timers, key, () -> key, Map.of());
        var client = new AuthClient(backend, AuthOptions.builder().build());
        endings.add(
                () -> {
                    client.dispose();
                    timers.close();
                    http.close();
                    tasks.close();
                });
        return client;
    }

    @AfterEach
    void close() {
        endings.forEach(Runnable::run);
    }

    /// Skips what this server does not serve.
    private static <T> T served(Supplier<T> call) {
        try {
            return call.get();
        } catch (AuthException e) {
            boolean noRoute = e.status().orElse(0) == 404 && e.code().isEmpty();
            assumeFalse(noRoute || e.is(AuthErrorCode.EMAIL_PROVIDER_DISABLED), e.getMessage());
            throw e;
        }
    }

    private static String address() {
        return "live-" + UUID.randomUUID() + "@example.com";
    }

    @Test
    void signsInAnonymously() {
        User user =
                auth.signInAnonymously(AnonymousCredentials.of().data(Map.of("nick", "ann")))
                        .user()
                        .orElseThrow();
        assertThat(user.isAnonymous()).isTrue();
        assertThat(user.userMetadata()).containsEntry("nick", "ann");
        assertThat(auth.getUser().id()).isEqualTo(user.id());
    }

    @Test
    void signsUpAndInAndOut() {
        String email = address();
        User ann = served(() -> auth.signUp(email, "a good password")).user().orElseThrow();
        assertThat(ann.email()).contains(email);
        auth.signOut();
        assertThat(auth.getSession()).isEmpty();
        assertThat(auth.signInWithPassword(email, "a good password").user().orElseThrow().id())
                .isEqualTo(ann.id());
        assertThatThrownBy(() -> auth.signInWithPassword(email, "another"))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.isInvalidCredentials()).isTrue());
    }

    @Test
    void refusesAWeakPassword() {
        assertThatThrownBy(() -> auth.signUp(address(), "abc"))
                .isInstanceOfSatisfying(
                        AuthException.class,
                        e -> assertThat(e.weakPasswordReasons()).contains("length"));
    }

    @Test
    void refreshes() {
        auth.signInAnonymously();
        Session before = auth.getSession().orElseThrow();
        Session after = auth.refreshSession().session().orElseThrow();
        assertThat(after.refreshToken()).isNotEqualTo(before.refreshToken());
        assertThat(after.user().id()).isEqualTo(before.user().id());
    }

    @Test
    void changesTheUser() {
        auth.signInAnonymously();
        auth.updateUser(UserAttributes.of().data(Map.of("nick", "bob")));
        assertThat(auth.getUser().userMetadata()).containsEntry("nick", "bob");
    }

    @Test
    void checksTheSessionsToken() {
        User user = auth.signInAnonymously().user().orElseThrow();
        Claims claims = auth.getClaims();
        assertThat(claims.subject()).isEqualTo(user.id().toString());
        assertThat(claims.isAnonymous()).isTrue();
    }

    @Test
    void takesTokensFromElsewhere() {
        auth.signInAnonymously();
        Session session = auth.getSession().orElseThrow();
        AuthClient other = client("hearth.live.key");
        other.setSession(session.accessToken(), session.refreshToken());
        assertThat(other.getUser().id()).isEqualTo(session.user().id());
    }

    @Test
    void knowsAUserWhoseSessionsWereEnded() {
        auth.signInAnonymously();
        Session session = auth.getSession().orElseThrow();
        AuthClient other = client("hearth.live.key");
        other.setSession(session.accessToken(), session.refreshToken());
        auth.signOut();
        assertThatThrownBy(other::getUser)
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.isSessionMissing()).isTrue());
        assertThat(other.getSession()).isEmpty();
    }

    @Test
    void administersUsers() {
        AdminClient admin = client("hearth.live.secret").admin();
        String email = address();
        User made =
                served(
                        () ->
                                admin.createUser(
                                        AdminUserAttributes.of()
                                                .email(email)
                                                .password("a good password")
                                                .emailConfirm(true)
                                                .appMetadata(Map.of("team", "blue"))));
        assertThat(admin.getUserById(made.id()).appMetadata()).containsEntry("team", "blue");
        assertThat(admin.listUsers(1, 5).total()).isPositive();
        assertThat(admin.generateLink(LinkRequest.magicLink(email)).actionLink())
                .contains("/verify?");
        admin.updateUserById(made.id(), AdminUserAttributes.of().banDuration(Duration.ofHours(1)));
        assertThatThrownBy(() -> auth.signInWithPassword(email, "a good password"))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.code()).contains("user_banned"));
        admin.deleteUser(made.id());
        assertThatThrownBy(() -> admin.getUserById(made.id()))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.code()).contains("user_not_found"));
    }

    @Test
    void signsInByTheHashOfALink() {
        String email = address();
        AdminClient admin = client("hearth.live.secret").admin();
        GeneratedLink link = served(() -> admin.generateLink(LinkRequest.magicLink(email)));
        AuthResponse response =
                auth.verifyOtp(OtpVerification.tokenHash(link.hashedToken(), OtpType.EMAIL));
        assertThat(response.user().orElseThrow().email()).contains(email);
    }
}
