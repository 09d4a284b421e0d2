package dev.hearth.rest.outcome;

import dev.hearth.database.CallerSession;
import dev.hearth.exchange.Body;
import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/// How many answers are read row by row at a time. Each holds a connection for as long as its
/// reader takes, so that slow readers could hold them all: beyond the limit one more waits, without
/// a connection, and is refused as one who finds all connections in use (PGRST003). Safe for any
/// thread.
final class Streams {

    private final Semaphore places;
    private final Duration patience;

    /// @param most at a time
    /// @param patience how long one more waits
    Streams(int most, Duration patience) {
        this.places = new Semaphore(most, true);
        this.patience = patience;
    }

    /// Begins to read row by row.
    @FunctionalInterface
    interface Opening {
        /// @param session in no transaction; the body closes it
        /// @throws SQLException what the database refused; the session is open then
        Outcome.Streamed open(CallerSession session) throws SQLException;
    }

    /// Begins to read on the session of the caller where there is a place at once; else closes it,
    /// waits, and goes on with another.
    ///
    /// @param session in no transaction
    /// @param another takes a connection
    /// @throws SQLException what the database refused on the session of the caller, which is open
    /// @throws Refusal with an [OutcomeProblem] for anything else
    Outcome.Streamed open(
            CallerSession session,
            Supplier<CallerSession> another,
            Opening opening,
            Function<SQLException, OutcomeProblem> problems)
            throws SQLException {
        if (places.tryAcquire()) {
            return placed(session, opening);
        }
        session.close();
        await();
        CallerSession later;
        try {
            later = another.get();
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
        try {
            return placed(later, opening);
        } catch (SQLException e) {
            later.close();
            throw new Refusal(problems.apply(e));
        } catch (RuntimeException e) {
            later.close();
            throw e;
        }
    }

    private void await() {
        try {
            if (places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new Refusal(OutcomeProblem.allInUse());
    }

    private Outcome.Streamed placed(CallerSession session, Opening opening) throws SQLException {
        boolean opened = false;
        try {
            Outcome.Streamed streamed = opening.open(session);
            opened = true;
            return new Outcome.Streamed(
                    streamed.found(), new Placed(streamed.body(), places, new AtomicBoolean()));
        } finally {
            if (!opened) {
                places.release();
            }
        }
    }

    /// A body that gives its place back when it is closed.
    private record Placed(Body body, Semaphore places, AtomicBoolean left) implements Body {

        @Override
        public void writeTo(OutputStream out) throws IOException {
            body.writeTo(out);
        }

        @Override
        public void close() {
            try {
                body.close();
            } finally {
                if (!left.getAndSet(true)) {
                    places.release();
                }
            }
        }
    }
}
