package dev.hearth.replication;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.sql.SQLWarning;

/// One stream from its start to its end: frames in, the assembler's events out, positions
/// confirmed. On the reader thread, save where it says otherwise.
///
/// It also notices that the publication is away while the stream runs. 15 to 17 end the stream at
/// the next write; 18 leaves out what is written meanwhile and only warns.
final class Following {

    private static final long CONFIRM_EVERY_NANOS = 100_000_000;

    private final ReplicationSettings settings;
    private final Stream stream;
    private final String slot;
    private final Assembler assembler;
    private final Position position;
    private final Continuity continuity;
    private final Teller teller;
    private final Watch watch;

    private volatile Lsn received;
    private long confirmedNanos = System.nanoTime();

    private @Nullable Look seen;
    private boolean publicationAway;
    private @Nullable Long skippedNanos;

    Following(
            ReplicationSettings settings,
            Opening.Opened opened,
            Assembler assembler,
            Position position,
            Continuity continuity,
            Teller teller,
            Watch watch) {
        this.settings = settings;
        this.stream = opened.stream();
        this.slot = opened.facts().slotName();
        this.received = opened.from();
        this.assembler = assembler;
        this.position = position;
        this.continuity = continuity;
        this.teller = teller;
        this.watch = watch;
    }

    /// Reads until the stream ends.
    ///
    /// @throws SQLException always, with the reason
    void run() throws SQLException {
        while (true) {
            ByteBuffer frame = stream.next();
            byte tag = frame.get();
            switch (tag) {
                case 'w' -> data(frame);
                case 'k' -> keepalive(frame);
                default ->
                        teller.unreadable(
                                new DecodeException("Unknown frame of the stream " + tag));
            }
        }
    }

    /// Header: position of the message, end of the log, the server's clock.
    private void data(ByteBuffer frame) throws SQLException {
        Lsn at = new Lsn(frame.getLong());
        frame.position(frame.position() + 2 * Long.BYTES);
        if (received.isBefore(at)) {
            received = at;
        }
        try {
            Message message = Decoder.decode(frame);
            if (message instanceof Message.Begin begin) {
                beforeTransaction(begin);
            }
            assembler.accept(at, message, teller);
            if (message instanceof Message.Commit commit) {
                received = received.orLater(commit.endLsn());
                continuity.committed(commit.commitTime());
                continuity.reached(commit.endLsn());
                confirmFromTimeToTime();
            }
        } catch (DecodeException e) {
            teller.unreadable(e);
        }
    }

    /// Position of the end of all that was sent, the server's clock, whether it wants an answer. It
    /// gets one always: without it, a quiet server is content with less than could be confirmed.
    private void keepalive(ByteBuffer frame) throws SQLException {
        Lsn reached = new Lsn(frame.getLong());
        received = received.orLater(reached);
        assembler.passed(reached);
        if (!assembler.inTransaction()) {
            position.idle(reached);
            continuity.reached(reached);
            readWarnings();
            review(reached);
        }
        confirm();
    }

    private void confirmFromTimeToTime() throws SQLException {
        if (System.nanoTime() - confirmedNanos > CONFIRM_EVERY_NANOS) {
            confirm();
        }
    }

    private void confirm() throws SQLException {
        confirmedNanos = System.nanoTime();
        stream.confirm(received, position.confirmable());
    }

    /// Keeps the connection alive while the listener holds the reader up. From the watch's thread.
    void confirmForReader() throws SQLException {
        stream.tryConfirm(received, position.confirmable());
    }

    Stream stream() {
        return stream;
    }

    private void beforeTransaction(Message.Begin begin) throws SQLException {
        readWarnings();
        Look look = watch.latest();
        if (look != null) {
            assembler.reference(look.facts().nextTransaction());
        }
        if (skippedNanos != null) {
            // Nothing is sent without a publication, so it is there again.
            teller.gap(continuity.gap(begin.commitTime(), publicationReason()));
            publicationIsBack(received);
        }
    }

    private void readWarnings() throws SQLException {
        for (SQLWarning warning : stream.warnings()) {
            if (Failure.isSkippedPublication(warning, settings.publication())) {
                skippedNanos = System.nanoTime();
                publicationIsAway();
                watch.lookSoon();
            }
        }
    }

    private void review(Lsn reached) {
        Look look = watch.latest();
        if (look == null || (look.equals(seen) && skippedNanos == null)) {
            return;
        }
        seen = look;
        if (!look.facts().published()) {
            publicationIsAway();
        } else if (skippedNanos == null) {
            if (publicationAway && !reached.isBefore(look.facts().log())) {
                publicationIsBack(reached);
            } else if (publicationAway) {
                seen = null; // The writes before the look may not have come yet.
            }
        } else if (look.nanos() - skippedNanos > 0 && !reached.isBefore(look.facts().log())) {
            teller.gap(continuity.gap(look.facts().until(), publicationReason()));
            publicationIsBack(reached);
        }
    }

    private String publicationReason() {
        return "the publication was dropped and created again";
    }

    private void publicationIsAway() {
        if (!publicationAway) {
            publicationAway = true;
            teller.waiting(new ReplicationProblem.NoPublication(settings.publication()));
        }
    }

    private void publicationIsBack(Lsn at) {
        publicationAway = false;
        skippedNanos = null;
        teller.following(slot, at);
    }
}
