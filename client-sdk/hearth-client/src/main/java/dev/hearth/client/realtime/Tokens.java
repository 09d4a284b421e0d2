package dev.hearth.client.realtime;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/// Access tokens. Their source may block, so it is asked on the executor: one question at a time,
/// for all channels that wait. Used in turns only.
final class Tokens {

    /// What came of it, in a turn.
    interface Hears {
        /// There is one to join with.
        void answered();

        /// It is another one than before.
        void changed(String token);

        /// There is none.
        void none(SupabaseException reason);
    }

    private final Supplier<String> source;
    private final Turns turns;
    private final Hears hears;
    private boolean asking;
    private @Nullable String fresh;
    private @Nullable String last;

    Tokens(Supplier<String> source, Turns turns, Hears hears) {
        this.source = source;
        this.turns = turns;
        this.hears = hears;
    }

    /// Asks the source again.
    void ask() {
        if (asking) {
            return;
        }
        asking = true;
        try {
            turns.executor().execute(this::askSource);
        } catch (RejectedExecutionException full) {
            asking = false;
        }
    }

    /// Whatever the source throws: a question that never ends would keep every channel out.
    private void askSource() {
        try {
            @Nullable String token = source.get();
            turns.run(token == null ? () -> failed(none("null", null)) : () -> answered(token));
        } catch (Throwable e) {
            SupabaseException reason =
                    e instanceof SupabaseException known ? known : none(e.getClass().getName(), e);
            turns.run(() -> failed(reason));
        }
    }

    private static SupabaseException none(String what, @Nullable Throwable cause) {
        return new RealtimeException(
                "there is no access token, its source gave " + what,
                "NoToken",
                null,
                0,
                null,
                cause);
    }

    private void answered(String token) {
        asking = false;
        fresh = token;
        use(token);
        hears.answered();
    }

    private void failed(SupabaseException reason) {
        asking = false;
        hears.none(reason);
    }

    /// From now on this one is used.
    void use(String token) {
        if (token.equals(last)) {
            return;
        }
        boolean first = last == null;
        last = token;
        if (!first) {
            hears.changed(token);
        }
    }

    /// Takes the one that was asked for since the socket was; empty when it has still to come.
    Optional<String> take() {
        if (fresh == null) {
            ask();
        }
        if (asking || fresh == null) {
            return Optional.empty();
        }
        var taken = Optional.of(fresh);
        fresh = null;
        return taken;
    }

    /// The next socket wants another one.
    void forget() {
        fresh = null;
    }
}
