package dev.hearth.client.auth;

import dev.hearth.client.error.ClientClosedException;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Who is signed in now, in memory and in the storage, and who hears of it. Safe for any thread.
///
/// There is one lock. It is held while the storage works and never while a request or a listener
/// runs: what listeners shall hear is put into their queues under it and handed out without it.
final class CurrentSession {

    private final SessionStore store;
    private final Verifiers verifiers;
    private final Listeners listeners;
    private final Runnable changed;
    private final ReentrantLock lock = new ReentrantLock();

    // All under the lock.
    private @Nullable Session session;
    private boolean loaded;
    private boolean closed;
    private long changes;

    /// @param changed runs under the lock when there is another session, or none any more
    CurrentSession(SessionStore store, Verifiers verifiers, Listeners listeners, Runnable changed) {
        this.store = store;
        this.verifiers = verifiers;
        this.listeners = listeners;
        this.changed = changed;
    }

    /// Does something under the lock, and hands out what listeners shall hear of it.
    <T> T locked(Supplier<T> work) {
        try {
            return quietly(work);
        } finally {
            if (!lock.isHeldByCurrentThread()) {
                listeners.handOut();
            }
        }
    }

    /// The same of what gives nothing.
    void run(Runnable work) {
        var unused =
                locked(
                        () -> {
                            work.run();
                            return Boolean.TRUE;
                        });
    }

    /// Does something under the lock, after which [#handOut] is due.
    <T> T quietly(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /// Tells the listeners what they have not heard.
    void handOut() {
        listeners.handOut();
    }

    /// Under the lock: who is signed in, by the storage the first time.
    Optional<Session> load() {
        if (!loaded) {
            refuseWhenClosed();
            session = store.read().orElse(null);
            loaded = true;
            changed.run();
        }
        return Optional.ofNullable(session);
    }

    /// Under the lock: who is signed in as far as it is known here.
    Optional<Session> known() {
        return Optional.ofNullable(session);
    }

    /// Under the lock: how often somebody has signed in or out, or got new tokens, by this client.
    long changes() {
        return changes;
    }

    /// Under the lock.
    boolean isClosed() {
        return closed;
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new ClientClosedException();
        }
    }

    /// Somebody signed in, or the session of whoever is changed.
    void begin(Session begun, AuthChangeEvent event) {
        run(
                () -> {
                    refuseWhenClosed();
                    replace(begun, event);
                });
    }

    /// Under the lock.
    void replace(Session other, AuthChangeEvent event) {
        changes++;
        loaded = true;
        session = other;
        store.write(other);
        changed.run();
        tell(event, Optional.empty());
    }

    /// The user changed; the tokens are those of now, which may be newer than the call's. Nothing
    /// when another user has signed in since.
    void changeUser(User user) {
        run(
                () -> {
                    Session now = load().orElse(null);
                    if (now == null || !isOf(now, user)) {
                        return;
                    }
                    var raw = new LinkedHashMap<String, @Nullable Object>(now.raw());
                    raw.put("user", user.raw());
                    session = new Session(raw);
                    store.write(session);
                    tell(AuthChangeEvent.USER_UPDATED, Optional.empty());
                });
    }

    private static boolean isOf(Session session, User user) {
        return Fields.text(session.user().raw(), "id").equals(Fields.text(user.raw(), "id"));
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

    /// The same for the user of a session, whatever its tokens are now; another user who has signed
    /// in since stays.
    void endUser(Session left, SignOutReason reason) {
        run(
                () -> {
                    if (session != null && isOf(session, left.user())) {
                        forget(reason);
                    }
                });
    }

    /// The same for this very session; one that has begun since stays.
    void endSession(Session left, SignOutReason reason) {
        run(
                () -> {
                    if (session != null && session.accessToken().equals(left.accessToken())) {
                        forget(reason);
                    }
                });
    }

    /// Under the lock.
    void forget(SignOutReason reason) {
        changes++;
        session = null;
        store.remove();
        changed.run();
        tell(AuthChangeEvent.SIGNED_OUT, Optional.of(reason));
        verifiers.endAll();
    }

    /// Under the lock: what another program has put into the storage since.
    ///
    /// @param refreshToken of the session that was here
    /// @throws dev.hearth.client.error.AuthException when the other has signed out
    Optional<Session> adopt(String refreshToken) {
        Session mine = session;
        if (mine == null || !store.isTrue()) {
            return Optional.empty();
        }
        Optional<Session> there = store.readAgain(mine);
        if (there.isEmpty()) {
            forget(SignOutReason.SIGNED_OUT_ELSEWHERE);
            throw Sessions.missing();
        }
        if (there.get().refreshToken().equals(refreshToken)) {
            return Optional.empty();
        }
        session = there.get();
        changed.run();
        tell(
                isOf(mine, there.get().user())
                        ? AuthChangeEvent.TOKEN_REFRESHED
                        : AuthChangeEvent.SIGNED_IN,
                Optional.empty());
        return there;
    }

    /// Under the lock.
    private void tell(AuthChangeEvent event, Optional<SignOutReason> reason) {
        listeners.put(new AuthStateChange(event, Optional.ofNullable(session), reason));
    }

    /// Hears of everything from now on.
    ///
    /// @param first what is heard before everything else, found out when its turn comes
    Subscription listen(
            Consumer<AuthStateChange> listener, Optional<Supplier<AuthStateChange>> first) {
        return locked(
                () -> {
                    refuseWhenClosed();
                    return listeners.add(listener, first);
                });
    }

    /// Lets go of all listeners.
    void close() {
        run(
                () -> {
                    closed = true;
                    changed.run();
                    listeners.close();
                });
    }
}
