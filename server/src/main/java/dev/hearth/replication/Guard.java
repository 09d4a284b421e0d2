package dev.hearth.replication;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The thread that minds the reader, which may block. Asks the server nothing, so that a server
/// that does not answer cannot hold it up.
final class Guard implements Runnable {

    private static final long BEATS_PER_TIMEOUT = 10;
    private static final Duration LONGEST_OPENING = Duration.ofSeconds(30);

    private final Duration senderTimeout;
    private final Opening opening;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Following following;

    Guard(Duration senderTimeout, Opening opening) {
        this.senderTimeout = senderTimeout;
        this.opening = opening;
    }

    /// The stream that runs, or none.
    void follows(@Nullable Following current) {
        following = current;
    }

    void stop() {
        stopped.countDown();
    }

    @Override
    public void run() {
        long beat = senderTimeout.toMillis() / BEATS_PER_TIMEOUT;
        try {
            while (!stopped.await(beat, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A read that hears nothing although the server must have asked for a sign of life twice is
    /// cut off, and so is an opening that gets nowhere; a reader that is busy with its listener is
    /// answered for.
    private void look() {
        Following current = following;
        if (current == null) {
            if (opening.connecting().compareTo(LONGEST_OPENING) > 0) {
                opening.abort();
            }
            return;
        }
        Stream stream = current.stream();
        var silence = stream.silence();
        if (silence.isPresent()) {
            if (silence.get().compareTo(senderTimeout.multipliedBy(2)) > 0) {
                stream.abort();
            }
        } else if (stream.sinceConfirm().compareTo(senderTimeout.dividedBy(4)) > 0) {
            try {
                current.confirmForReader();
            } catch (SQLException _) {
                // The reader will find the connection broken, and says so.
            }
        }
    }

    /// Ends the stream, if there is one.
    void cut() {
        Following current = following;
        if (current != null) {
            current.stream().abort();
        }
    }

    /// Gives up the stream, if there is one, when something that came has not been handed over: a
    /// server that shuts down waits for every position to be confirmed, which a listener that needs
    /// that server can never do.
    void giveWay(Position position) {
        Following current = following;
        if (current != null && position.isBehind()) {
            current.stream().abort();
        }
    }
}
