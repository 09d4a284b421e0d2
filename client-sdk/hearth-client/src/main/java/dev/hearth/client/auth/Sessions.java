package dev.hearth.client.auth;

import dev.hearth.client.error.ApiKeyException;
import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.SessionExpiredException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.internal.Backend;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// That whoever is signed in stays so: when a session is refreshed, by an alarm or by a call that
/// needs it. Safe for any thread. [CurrentSession] knows who it is, [Refreshes] gets the tokens.
///
/// ```
///                 begin                      refused, signed out, gone
///   nobody  ─────────────────▶  signed in  ─────────────────────────────▶  nobody
///                               │  ▲    ▲
///             90 s before end   ▼  │    │ 2, 4, 8 … s, or a call
///                             refreshing ──▶ not reached
/// ```
final class Sessions {

    private final Backend backend;
    private final ServerClock clock;
    private final CurrentSession current;
    private final Refreshes refreshes;
    private final Attempts attempts;
    private final RefreshAlarm alarm;

    // Under the lock of the session.
    private boolean automatic;

    Sessions(
            Backend backend,
            Calls calls,
            ServerClock clock,
            SessionStore store,
            Verifiers verifiers,
            boolean automatic) {
        this.backend = backend;
        this.clock = clock;
        this.automatic = automatic;
        this.attempts = new Attempts(backend.timers());
        this.alarm = new RefreshAlarm(backend.timers(), this::ring);
        this.current =
                new CurrentSession(
                        store,
                        verifiers,
                        new Listeners(backend.tasks().executor()),
                        this::startAnew);
        this.refreshes = new Refreshes(calls, clock, current, attempts, this::arm);
    }

    /// Whoever is signed in, with whatever token.
    Optional<Session> current() {
        return current.locked(current::load);
    }

    /// Whoever is signed in, with a token that is good for a while.
    ///
    /// @throws SessionExpiredException when there is none and the server is not reached
    /// @throws AuthException when the server refuses; nobody is signed in then
    Optional<Session> fresh() {
        backend.ensureOpen();
        Optional<Session> session = current();
        if (session.isEmpty() || !isDue(session.get())) {
            return session;
        }
        if (current.locked(this::isResting)) {
            return Optional.of(validOrThrow(session.get(), null));
        }
        try {
            return Optional.of(refreshes.refresh(null));
        } catch (SupabaseException e) {
            if (e instanceof ClientClosedException || e instanceof ApiKeyException) {
                throw e;
            }
            Optional<Session> left = current();
            if (left.isEmpty() && isMissing(e)) {
                // Signed out meanwhile, here or elsewhere: the same as a moment before.
                return left;
            }
            // A refusal of the session's own token has ended the session.
            return Optional.of(validOrThrow(left.orElseThrow(() -> e), e));
        }
    }

    /// The same, where there has to be somebody.
    Session needed() {
        return fresh().orElseThrow(Sessions::missing);
    }

    static AuthException missing() {
        return AuthException.local("nobody is signed in", AuthErrorCode.SESSION_MISSING);
    }

    private static boolean isMissing(SupabaseException thrown) {
        return thrown instanceof AuthException refusal && refusal.is(AuthErrorCode.SESSION_MISSING);
    }

    private boolean isDue(Session session) {
        return !clock.now().isBefore(Refresh.dueAt(session));
    }

    private Session validOrThrow(Session session, @Nullable SupabaseException cause) {
        if (clock.now().isBefore(session.expiresAt())) {
            return session;
        }
        throw new SessionExpiredException(session.expiresAt(), cause);
    }

    /// Under the lock: whether a try failed a moment ago. With a valid token the pause is that of
    /// the alarm, without it is short.
    private boolean isResting() {
        if (refreshes.isUnderWay()) {
            return false;
        }
        boolean valid =
                current.known()
                        .filter(session -> clock.now().isBefore(session.expiresAt()))
                        .isPresent();
        return valid ? attempts.arePausing() : attempts.justFailed();
    }

    /// A new session, whether it is due or not.
    ///
    /// @param given the refresh token to use, or null for that of whoever is signed in
    Session refresh(@Nullable String given) {
        return refreshes.refresh(given);
    }

    /// Somebody signed in, or the session of whoever is changed.
    void begin(Session session, AuthChangeEvent event) {
        current.begin(session, event);
    }

    /// The user changed, and the tokens did not.
    void changeUser(User user) {
        current.changeUser(user);
    }

    /// Nobody is signed in any more.
    void end(SignOutReason reason) {
        current.end(reason);
    }

    /// The same for the user of a session, unless another has signed in since.
    void endUser(Session left, SignOutReason reason) {
        current.endUser(left, reason);
    }

    /// The same for this very session, unless another has begun since.
    void endSession(Session left, SignOutReason reason) {
        current.endSession(left, reason);
    }

    /// Hears of everything from now on, after the session of now.
    Subscription listen(Consumer<AuthStateChange> listener) {
        Supplier<AuthStateChange> first =
                () ->
                        new AuthStateChange(
                                AuthChangeEvent.INITIAL_SESSION, initial(), Optional.empty());
        return current.listen(listener, Optional.of(first));
    }

    private Optional<Session> initial() {
        try {
            return fresh();
        } catch (SessionExpiredException offline) {
            return current();
        } catch (SupabaseException refused) {
            return Optional.empty();
        }
    }

    /// Hears of changes only.
    Subscription listenForChanges(Consumer<AuthStateChange> listener) {
        return current.listen(listener, Optional.empty());
    }

    void setAutomatic(boolean on) {
        current.run(
                () -> {
                    automatic = on;
                    if (on) {
                        var unused = current.load();
                    }
                    arm();
                });
    }

    /// Under the lock: what failed before counts no more.
    private void startAnew() {
        attempts.startAnew();
        arm();
    }

    /// Under the lock: sets the next alarm, if there is something to wait for.
    private void arm() {
        Optional<Session> session = current.known();
        if (session.isEmpty() || !automatic || current.isClosed() || refreshes.isUnderWay()) {
            alarm.cancel();
        } else {
            alarm.set(attempts.untilNext(untilDue(session.get())));
        }
    }

    private Duration untilDue(Session session) {
        Instant due = Refresh.dueAt(session);
        return due.equals(Instant.MAX)
                ? RefreshAlarm.LONGEST_NAP
                : Duration.between(clock.now(), due);
    }

    private void ring() {
        var unused = backend.run(this::tick);
    }

    private void tick() {
        try {
            boolean resting = current.locked(attempts::arePausing);
            if (resting || current().filter(this::isDue).isEmpty()) {
                current.run(this::arm);
            } else {
                var unused = refreshes.refresh(null);
            }
        } catch (SupabaseException toldOrTriedAgain) {
            // A refusal has been told to the listeners; everything else is tried again by the next
            // alarm, which the end of the refresh has set.
            return;
        }
    }

    /// Leaves neither alarm nor listener.
    void close() {
        current.close();
    }
}
