package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.ApiKeyException;
import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RequestCancelledException;
import dev.hearth.client.error.SessionExpiredException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.Cancellation;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Who is signed in, and that it stays so. Safe for any thread.
///
/// - The session is in memory; the storage is read with the first call, and again around a refresh,
///   since another program may have refreshed or signed out.
/// - At most one refresh is under way; whoever needs its outcome waits for it. It runs on the
///   thread of the one who asked first, and goes on when that one's call is cancelled.
/// - The lock is held while the storage works and never while a request or a listener runs.
/// - A change made while a refresh was under way (sign-out, another sign-in) wins over it.
///
/// ```
///                 begin                      refused, signed out, gone
///   nobody  ─────────────────▶  signed in  ─────────────────────────────▶  nobody
///                               │  ▲    ▲
///             90 s before end   ▼  │    │ 2, 4, 8 … s, or a call
///                             refreshing ──▶ not reached
/// ```
final class Sessions {

    /// A refresh that is under way.
    ///
    /// @param before how many changes there had been when it began
    private record Flight(String refreshToken, long before, CompletableFuture<Session> landing) {}

    /// A refresh to wait for, or to carry out.
    ///
    /// @param begun whether it begins with whoever asked
    private record Boarding(Flight flight, boolean begun) {}

    private final Backend backend;
    private final Calls calls;
    private final ServerClock clock;
    private final SessionStore store;
    private final Verifiers verifiers;
    private final Listeners listeners;
    private final Attempts attempts;
    private final RefreshAlarm alarm;
    private final ReentrantLock lock = new ReentrantLock();

    // All under the lock.
    private @Nullable Session current;
    private boolean loaded;
    private boolean closed;
    private boolean automatic;
    private long changes;
    private @Nullable Flight flight;

    Sessions(
            Backend backend,
            Calls calls,
            ServerClock clock,
            SessionStore store,
            Verifiers verifiers,
            boolean automatic) {
        this.backend = backend;
        this.calls = calls;
        this.clock = clock;
        this.store = store;
        this.verifiers = verifiers;
        this.automatic = automatic;
        this.listeners = new Listeners(backend.tasks().executor());
        this.attempts = new Attempts(backend.timers());
        this.alarm = new RefreshAlarm(backend.timers(), this::ring);
    }

    /// Whoever is signed in, with whatever token.
    Optional<Session> current() {
        return locked(this::load);
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
        if (locked(this::isResting)) {
            return Optional.of(validOrThrow(session.get(), null));
        }
        try {
            return Optional.of(refresh(null));
        } catch (SupabaseException e) {
            if (e instanceof ClientClosedException || e instanceof ApiKeyException) {
                throw e;
            }
            // A refusal of the session's own token has ended the session.
            return Optional.of(validOrThrow(current().orElseThrow(() -> e), e));
        }
    }

    /// The same, where there has to be somebody.
    Session needed() {
        return fresh().orElseThrow(Sessions::missing);
    }

    static AuthException missing() {
        return AuthException.local("nobody is signed in", AuthErrorCode.SESSION_MISSING);
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
        if (flight != null) {
            return false;
        }
        boolean valid = current != null && clock.now().isBefore(current.expiresAt());
        return valid ? attempts.arePausing() : attempts.justFailed();
    }

    /// A new session, whether it is due or not.
    ///
    /// @param given the refresh token to use, or null for that of whoever is signed in
    Session refresh(@Nullable String given) {
        while (true) {
            var mine = new CompletableFuture<Session>();
            Boarding boarding = locked(() -> board(given, mine));
            if (boarding.begun) {
                return fly(boarding.flight, given == null);
            }
            Optional<Session> landed = await(boarding.flight, given);
            if (landed.isPresent()) {
                return landed.get();
            }
        }
    }

    /// Under the lock: the refresh that is under way, or one that begins.
    private Boarding board(@Nullable String given, CompletableFuture<Session> mine) {
        Optional<Session> session = load();
        if (flight != null) {
            return new Boarding(flight, false);
        }
        String token =
                given != null ? given : session.orElseThrow(Sessions::missing).refreshToken();
        Flight begun = new Flight(token, changes, mine);
        flight = begun;
        return new Boarding(begun, true);
    }

    /// What a refresh of another gave; nothing when it was one of another token.
    private static Optional<Session> await(Flight other, @Nullable String given) {
        boolean shared = given == null || given.equals(other.refreshToken);
        try {
            Session landed = other.landing.get();
            return shared ? Optional.of(landed) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestCancelledException(
                    "the call was cancelled while it waited for a new session", null, e);
        } catch (ExecutionException | CompletionException e) {
            if (shared && e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            return Optional.empty();
        }
    }

    private Session fly(Flight mine, boolean stored) {
        try {
            Session session = Cancellation.shielded(() -> renewed(mine, stored));
            land();
            mine.landing.complete(session);
            return session;
        } catch (RuntimeException | Error e) {
            land();
            mine.landing.completeExceptionally(e);
            throw e;
        }
    }

    private void land() {
        run(
                () -> {
                    flight = null;
                    arm();
                });
    }

    /// @param stored whether the token is that of whoever is signed in, so that the storage may
    ///   hold a newer one
    private Session renewed(Flight mine, boolean stored) {
        Optional<Session> other =
                stored ? locked(() -> adopted(mine.refreshToken)) : Optional.empty();
        if (other.isPresent() && !isDue(other.get())) {
            return other.get();
        }
        String token = other.map(Session::refreshToken).orElse(mine.refreshToken);
        try {
            return accept(exchange(token), mine.before);
        } catch (SupabaseException e) {
            return locked(() -> refused(token, mine.before, stored, e));
        }
    }

    private Session exchange(String refreshToken) {
        JsonNode answer =
                calls.ask(
                        calls.post("/token", Map.of("refresh_token", refreshToken))
                                .query("grant_type", "refresh_token"));
        return session(answer)
                .orElseThrow(
                        () ->
                                new TransportException(
                                        "the server answered a refresh without a session",
                                        null,
                                        null,
                                        false));
    }

    /// The session in an answer, if there is one: auth-js `_sessionResponse`.
    Optional<Session> session(JsonNode answer) {
        if (answer.path("access_token").asText("").isEmpty()
                || answer.path("refresh_token").asText("").isEmpty()
                || answer.path("expires_in").asLong(0) == 0) {
            return Optional.empty();
        }
        var raw = new LinkedHashMap<String, @Nullable Object>(Fields.map(answer));
        if (Fields.seconds(raw, "expires_at").isEmpty()) {
            raw.put(
                    "expires_at",
                    clock.now().getEpochSecond() + answer.path("expires_in").asLong());
        }
        return Optional.of(new Session(raw));
    }

    private Session accept(Session renewed, long before) {
        return locked(
                () -> {
                    if (changes != before) {
                        return Optional.ofNullable(current).orElseThrow(Sessions::missing);
                    }
                    replace(renewed);
                    tell(AuthChangeEvent.TOKEN_REFRESHED, Optional.empty());
                    return renewed;
                });
    }

    /// Under the lock: what another program has put into the storage since.
    private Optional<Session> adopted(String token) {
        Session mine = current;
        if (mine == null || !store.isTrue()) {
            return Optional.empty();
        }
        Optional<Session> there = store.read();
        if (there.isEmpty()) {
            forget(SignOutReason.SIGNED_OUT_ELSEWHERE);
            throw missing();
        }
        if (there.get().refreshToken().equals(token)) {
            return Optional.empty();
        }
        boolean sameUser =
                Fields.text(there.get().user().raw(), "id")
                        .equals(Fields.text(mine.user().raw(), "id"));
        current = there.get();
        attempts.startAnew();
        tell(
                sameUser ? AuthChangeEvent.TOKEN_REFRESHED : AuthChangeEvent.SIGNED_IN,
                Optional.empty());
        return there;
    }

    /// Under the lock: what a failed refresh leaves.
    private Session refused(String token, long before, boolean stored, SupabaseException thrown) {
        if (changes != before) {
            return Optional.ofNullable(current).orElseThrow(Sessions::missing);
        }
        if (!Refresh.isRefusal(thrown)) {
            if (isOf(token)) {
                attempts.failed();
            }
            throw thrown;
        }
        if (stored) {
            // Another program may have used the token a moment before.
            Optional<Session> other = adopted(token);
            if (other.isPresent() && !isDue(other.get())) {
                return other.get();
            }
        }
        if (isOf(token)) {
            forget(SignOutReason.REFRESH_REFUSED);
        }
        throw thrown;
    }

    private boolean isOf(String refreshToken) {
        return current != null && current.refreshToken().equals(refreshToken);
    }

    /// Somebody signed in, or the session of whoever is changed.
    void begin(Session session, AuthChangeEvent event) {
        run(
                () -> {
                    if (closed) {
                        throw new ClientClosedException();
                    }
                    replace(session);
                    arm();
                    tell(event, Optional.empty());
                });
    }

    /// The user changed; the tokens are those of now, which may be newer than the call's.
    void changeUser(User user) {
        run(
                () -> {
                    Session session = load().orElse(null);
                    if (session == null) {
                        return;
                    }
                    var raw = new LinkedHashMap<String, @Nullable Object>(session.raw());
                    raw.put("user", user.raw());
                    current = new Session(raw);
                    store.write(current);
                    tell(AuthChangeEvent.USER_UPDATED, Optional.empty());
                });
    }

    /// Nobody is signed in any more.
    void end(SignOutReason reason) {
        run(
                () -> {
                    if (load().isPresent()) {
                        forget(reason);
                    } else {
                        verifiers.endAll();
                    }
                });
    }

    /// The same, unless somebody else has signed in since.
    void end(Session session, SignOutReason reason) {
        run(
                () -> {
                    if (current != null && current.accessToken().equals(session.accessToken())) {
                        forget(reason);
                    }
                });
    }

    /// Under the lock.
    private void replace(Session session) {
        changes++;
        loaded = true;
        attempts.startAnew();
        current = session;
        store.write(session);
    }

    /// Under the lock.
    private void forget(SignOutReason reason) {
        changes++;
        attempts.startAnew();
        current = null;
        store.remove();
        arm();
        tell(AuthChangeEvent.SIGNED_OUT, Optional.of(reason));
        verifiers.endAll();
    }

    /// Under the lock.
    private void tell(AuthChangeEvent event, Optional<SignOutReason> reason) {
        listeners.put(new AuthStateChange(event, Optional.ofNullable(current), reason));
    }

    /// Under the lock: who is signed in by the storage, the first time.
    private Optional<Session> load() {
        if (!loaded) {
            if (closed) {
                throw new ClientClosedException();
            }
            current = store.read().orElse(null);
            loaded = true;
            arm();
        }
        return Optional.ofNullable(current);
    }

    /// Hears of everything from now on, after the session of now.
    Subscription listen(Consumer<AuthStateChange> listener) {
        Supplier<AuthStateChange> first =
                () ->
                        new AuthStateChange(
                                AuthChangeEvent.INITIAL_SESSION, initial(), Optional.empty());
        return locked(() -> listeners.add(listener, Optional.of(first)));
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
        return locked(() -> listeners.add(listener, Optional.empty()));
    }

    void setAutomatic(boolean on) {
        run(
                () -> {
                    automatic = on;
                    if (on) {
                        var unused = load();
                    }
                    arm();
                });
    }

    /// Under the lock: sets the next alarm, if there is something to wait for.
    private void arm() {
        if (current == null || !automatic || closed || flight != null) {
            alarm.cancel();
        } else {
            alarm.set(attempts.untilNext(untilDue(current)));
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
            boolean resting = locked(attempts::arePausing);
            if (resting || current().filter(this::isDue).isEmpty()) {
                run(this::arm);
            } else {
                var unused = refresh(null);
            }
        } catch (SupabaseException toldOrTriedAgain) {
            // A refusal has been told to the listeners; everything else is tried again by the next
            // alarm, which the end of the refresh has set.
            return;
        }
    }

    /// Leaves neither alarm nor listener.
    void close() {
        run(
                () -> {
                    closed = true;
                    arm();
                    listeners.close();
                });
    }

    private void run(Runnable work) {
        var unused =
                locked(
                        () -> {
                            work.run();
                            return Boolean.TRUE;
                        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
            if (!lock.isHeldByCurrentThread()) {
                listeners.handOut();
            }
        }
    }
}
