package dev.hearth.replication;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The fold over the log: its state and one [Message] in, [StreamEvent]s out. Holds the shapes of
/// the tables and where it stands, never a change, so that a transaction of any size passes.
///
/// It lives longer than a connection. What a re-opened stream sends again is dropped here: whole
/// transactions by their position, and of one that was cut off in the middle the changes that were
/// handed over already. PostgreSQL decodes a transaction in the order of its log records each time,
/// so "already" is a position and how many changes had it.
///
/// Not safe for use by several threads.
final class Assembler {

    private final Map<Long, Relation> relations = new HashMap<>();
    private @Nullable Relation lastRelation;

    private TransactionId reference = new TransactionId(0);
    private Lsn deliveredThrough = Lsn.NONE;

    private @Nullable TransactionBegan open;

    /// Between a Begin and its Commit in the present stream.
    private boolean sending;

    /// That transaction was handed over whole before.
    private boolean dropping;

    private Progress progress = Progress.NONE;
    private Progress cut = Progress.NONE;

    /// How far a transaction has come: the position of its last change, and how many had it.
    private record Progress(Lsn lsn, int changes) {
        static final Progress NONE = new Progress(Lsn.NONE, 0);

        Progress next(Lsn position) {
            return new Progress(position, position.equals(lsn) ? changes + 1 : 1);
        }

        boolean covers(Progress other) {
            int order = other.lsn.compareTo(lsn);
            return order < 0 || (order == 0 && other.changes <= changes);
        }
    }

    /// A new stream begins: it will describe its tables anew.
    void streamOpened() {
        relations.clear();
        lastRelation = null;
        // Cut off twice before it came as far as the first time: the first still counts.
        if (!cut.covers(progress)) {
            cut = progress;
        }
        progress = Progress.NONE;
        sending = false;
        dropping = false;
    }

    /// The log goes on from here, and what lies before will not come (again).
    ///
    /// @return whether that leaves a transaction without its end
    boolean skipTo(Lsn position) {
        boolean abandoned = open != null;
        forgetOpen();
        deliveredThrough = position;
        return abandoned;
    }

    private void forgetOpen() {
        open = null;
        progress = Progress.NONE;
        cut = Progress.NONE;
    }

    /// Gives a recent transaction number, from which the stream's 32 bits are completed.
    void reference(TransactionId recent) {
        reference = recent;
    }

    /// Where the last transaction ended that came out whole.
    Lsn deliveredThrough() {
        return deliveredThrough;
    }

    /// Where the transaction under way commits.
    Optional<Lsn> underWay() {
        return Optional.ofNullable(open).map(TransactionBegan::commitLsn);
    }

    /// Whether a transaction is under way: the stream is inside it, or it was cut off and has yet
    /// to come again.
    boolean inTransaction() {
        return sending || open != null;
    }

    /// Everything before this position was sent. A transaction that was cut off and lies before it
    /// will not come again: its table has left the publication.
    void passed(Lsn position) {
        if (!sending && open != null && open.commitLsn().isBefore(position)) {
            forgetOpen();
        }
    }

    /// @param position where the log holds the message
    /// @throws DecodeException when the message does not fit what came before it
    void accept(Lsn position, Message message, Consumer<StreamEvent> out) {
        switch (message) {
            case Message.Begin begin -> begin(begin, out);
            case Message.Commit commit -> commit(commit, out);
            case Relation relation -> describe(relation, out);
            case Message.Insert(long oid, Row row) -> {
                Relation relation = relation(oid, row);
                if (isNew(position)) {
                    out.accept(new Change.Inserted(transaction(), position, relation, row));
                }
            }
            case Message.Update(long oid, OldRow old, Row row) -> {
                Relation relation = relation(oid, row);
                check(relation, old);
                if (isNew(position)) {
                    out.accept(new Change.Updated(transaction(), position, relation, old, row));
                }
            }
            case Message.Delete(long oid, OldRow old) -> {
                Relation relation = relation(oid);
                check(relation, old);
                if (isNew(position)) {
                    out.accept(new Change.Deleted(transaction(), position, relation, old));
                }
            }
            case Message.Truncate truncate -> truncate(position, truncate, out);
            case Message.Type _, Message.Origin _, Message.LogicalMessage _, Message.Unknown _ -> {}
        }
    }

    private void begin(Message.Begin begin, Consumer<StreamEvent> out) {
        sending = true;
        progress = Progress.NONE;
        dropping = begin.commitLsn().isBefore(deliveredThrough);
        if (dropping) {
            return;
        }
        TransactionBegan cutOff = open;
        if (cutOff != null && cutOff.commitLsn().equals(begin.commitLsn())) {
            return; // The one that was cut off comes again.
        }
        forgetOpen();
        reference = TransactionId.widen(begin.xid(), reference);
        var began = new TransactionBegan(reference, begin.commitTime(), begin.commitLsn());
        open = began;
        out.accept(began);
    }

    private void commit(Message.Commit commit, Consumer<StreamEvent> out) {
        if (dropping) {
            sending = false;
            dropping = false;
            return;
        }
        var ended = new TransactionEnded(transaction(), commit.endLsn());
        sending = false;
        forgetOpen();
        deliveredThrough = commit.endLsn();
        out.accept(ended);
    }

    private void describe(Relation relation, Consumer<StreamEvent> out) {
        relations.put(relation.oid(), relation);
        lastRelation = null;
        out.accept(relation);
    }

    private void truncate(Lsn position, Message.Truncate truncate, Consumer<StreamEvent> out) {
        for (long oid : truncate.relationOids()) {
            Relation relation = relation(oid);
            if (isNew(position)) {
                out.accept(
                        new Change.Truncated(
                                transaction(),
                                position,
                                relation,
                                truncate.cascade(),
                                truncate.restartIdentity()));
            }
        }
    }

    /// Counts the change, and tells whether it has not been handed over before.
    private boolean isNew(Lsn position) {
        if (dropping) {
            return false;
        }
        progress = progress.next(position);
        return !cut.covers(progress);
    }

    private TransactionBegan transaction() {
        TransactionBegan transaction = open;
        if (transaction == null || !sending) {
            throw new DecodeException("A change came outside of a transaction");
        }
        return transaction;
    }

    private Relation relation(long oid) {
        Relation last = lastRelation;
        if (last != null && last.oid() == oid) {
            return last;
        }
        Relation relation = relations.get(oid);
        if (relation == null) {
            throw new DecodeException("A change came of a table that was not described: " + oid);
        }
        lastRelation = relation;
        return relation;
    }

    private Relation relation(long oid, Row row) {
        Relation relation = relation(oid);
        check(relation, row);
        return relation;
    }

    private static void check(Relation relation, OldRow old) {
        switch (old) {
            case OldRow.None _ -> {}
            case OldRow.Key(Row row) -> check(relation, row);
            case OldRow.Full(Row row) -> check(relation, row);
        }
    }

    private static void check(Relation relation, Row row) {
        if (row.size() != relation.columns().size()) {
            throw new DecodeException(
                    "A row of "
                            + row.size()
                            + " values came of a table of "
                            + relation.columns().size()
                            + " columns: "
                            + relation.oid());
        }
    }
}
