package dev.hearth.client.auth;

import dev.hearth.client.error.RequestCancelledException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.internal.Cancellation;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// Gets new tokens: one refresh at a time, whose outcome all who ask meanwhile share. Safe for any
/// thread.
///
/// - It runs on the thread of the one who asked first, and goes on when that one's call is
///   cancelled.
/// - The storage is read before, and again after a refusal, since another program may have
///   refreshed or signed out.
/// - A change made meanwhile (sign-out, another sign-in) wins over it.
/// - Listeners hear of it when it is over, so that one that asks for a refresh itself, on whatever
///   thread, does not wait for the one that it is in.
final class Refreshes {

    /// A refresh that is under way.
    ///
    /// @param before how many changes there had been when it began
    private record Flight(String refreshToken, long before, CompletableFuture<Session> landing) {}

    /// A refresh to wait for, or to carry out.
    ///
    /// @param begun whether it begins with whoever asked
    private record Boarding(Flight flight, boolean begun) {}

    private final Calls calls;
    private final ServerClock clock;
    private final CurrentSession current;
    private final Attempts attempts;
    private final Runnable landed;

    // Under the lock of the session.
    private @Nullable Flight flight;

    /// @param landed runs under the lock of the session when a refresh is over
    Refreshes(
            Calls calls,
            ServerClock clock,
            CurrentSession current,
            Attempts attempts,
            Runnable landed) {
        this.calls = calls;
        this.clock = clock;
        this.current = current;
        this.attempts = attempts;
        this.landed = landed;
    }

    /// Under the lock of the session.
    boolean isUnderWay() {
        return flight != null;
    }

    /// A new session, whether it is due or not.
    ///
    /// @param given the refresh token to use, or null for that of whoever is signed in
    Session refresh(@Nullable String given) {
        while (true) {
            var mine = new CompletableFuture<Session>();
            Boarding boarding = current.locked(() -> board(given, mine));
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
        Optional<Session> session = current.load();
        if (flight != null) {
            return new Boarding(flight, false);
        }
        String token =
                given != null ? given : session.orElseThrow(Sessions::missing).refreshToken();
        Flight begun = new Flight(token, current.changes(), mine);
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
        } finally {
            current.handOut();
        }
    }

    private void land() {
        var unused =
                current.quietly(
                        () -> {
                            flight = null;
                            landed.run();
                            return Boolean.TRUE;
                        });
    }

    /// @param stored whether the token is that of whoever is signed in, so that the storage may
    ///   hold a newer one
    private Session renewed(Flight mine, boolean stored) {
        Optional<Session> other =
                stored ? current.quietly(() -> current.adopt(mine.refreshToken)) : Optional.empty();
        if (other.isPresent() && !isDue(other.get())) {
            return other.get();
        }
        String token = other.map(Session::refreshToken).orElse(mine.refreshToken);
        try {
            Session renewed = exchange(token);
            return current.quietly(() -> accepted(renewed, mine.before));
        } catch (SupabaseException e) {
            return current.quietly(() -> refused(token, mine.before, stored, e));
        }
    }

    private boolean isDue(Session session) {
        return !clock.now().isBefore(Refresh.dueAt(session));
    }

    private Session exchange(String refreshToken) {
        var answer =
                calls.ask(
                        calls.post("/token", Map.of("refresh_token", refreshToken))
                                .query("grant_type", "refresh_token"));
        return Session.in(answer, clock.now())
                .orElseThrow(
                        () ->
                                new TransportException(
                                        "the server answered a refresh without a session",
                                        null,
                                        null,
                                        false));
    }

    /// Under the lock: what a refresh leaves.
    private Session accepted(Session renewed, long before) {
        if (current.changes() != before) {
            return current.known().orElseThrow(Sessions::missing);
        }
        current.replace(renewed, AuthChangeEvent.TOKEN_REFRESHED);
        return renewed;
    }

    /// Under the lock: what a failed refresh leaves.
    private Session refused(String token, long before, boolean stored, SupabaseException thrown) {
        if (current.changes() != before) {
            return current.known().orElseThrow(Sessions::missing);
        }
        if (!Refresh.isRefusal(thrown)) {
            if (isOf(token)) {
                attempts.failed();
            }
            throw thrown;
        }
        if (stored) {
            // Another program may have used the token a moment before.
            Optional<Session> other = current.adopt(token);
            if (other.isPresent() && !isDue(other.get())) {
                return other.get();
            }
        }
        if (isOf(token)) {
            current.forget(SignOutReason.REFRESH_REFUSED);
        }
        throw thrown;
    }

    private boolean isOf(String refreshToken) {
        return current.known()
                .filter(session -> session.refreshToken().equals(refreshToken))
                .isPresent();
    }
}
