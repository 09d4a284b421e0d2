/// Database changes on their way to subscribers: subscriptions and their index, filters, row
/// security, rendering of values, delivery. Its door is
/// [Changes][dev.hearth.realtime.changes.Changes], which puts the stages together and gives
/// [Subscriptions][dev.hearth.realtime.changes.feed.Subscriptions] for channels and a
/// [ReplicationListener][dev.hearth.replication.ReplicationListener] for the log. It knows nothing
/// of sockets or frames, and delivers no row that the database has not allowed.
///
/// ## Stages
///
/// Each may use those above it that its line names; `RoomsTest` holds the table.
///
/// | room | for | may use |
/// |---|---|---|
/// | `feed` | what channels see | – |
/// | `value` | values to JSON | – |
/// | `sql` | PostgreSQL as the others ask it | – |
/// | `filter` | filters of bindings | value, sql |
/// | `catalog` | tables, and changes beside them | value, sql |
/// | `interest` | who may want a change | feed, filter, catalog |
/// | `verdict` | who may see it | value, sql, filter, catalog |
/// | `subscription` | from join to leave | all above but verdict |
/// | `delivery` | from the log to subscribers | all above but subscription |
///
/// ## Who does what
///
/// **The reader thread** (of the replication room) calls the listener's methods. They put what came
/// into a queue and return. The queue is bounded in items and bytes; when it is full the reader
/// waits, and with it the log in PostgreSQL, so that a transaction of any size passes through
/// little memory. A row above `HEARTH_MAX_ROW_BYTES` loses its long values here. No database is
/// asked on this thread.
///
/// **The delivery thread**, one, takes from the queue and keeps the log's order. It matches as many
/// changes as are there against the index, asks all their verdicts in one round trip
/// ([Judge][dev.hearth.realtime.changes.verdict.Judge]), and hands them over from the head. The
/// round trip begins with `pg_current_snapshot()`: a change counts only when that snapshot sees its
/// transaction, since the log has a commit before other sessions see it; until then it is asked
/// again. A change that nobody wants is let go by the same rule, because a channel that enters
/// meanwhile may be owed it; its question waits up to 20 ms for others, so that quiet traffic does
/// not cost a round trip a transaction. A slow verdict delays what is behind it and never loses the
/// order. While the database is away everything waits, and the reader with it.
///
/// **Callers' threads** enter and leave. `subscribe` blocks for the checks of its filters and then
/// for the snapshot; the index takes entries without a lock over all of it. Between entering and
/// its snapshot a subscription keeps what is delivered to it, and then passes on what the snapshot
/// does not see: no thread waits for another. A new caller is taken over by the delivery thread
/// with the next transaction.
///
/// **The members thread** reads the publication every 5 s (`HEARTH_PUBLICATION_EVERY_MS`) and tries
/// again what could not be put in force. The delivery thread reads it too, before the first change
/// behind each Relation message.
///
/// A subscriber's methods run under its subscription's monitor, on the delivery thread or on one
/// that tells it something, one at a time; they must not block. Locks are taken in this order: the
/// reading of members, a subscription's `establishing`, its monitor.
///
/// A transaction's position is handed back when its last change has been handed over. A stream that
/// breaks within a transaction sends it again; what was taken of it is skipped.
@NullMarked
package dev.hearth.realtime.changes;

import org.jspecify.annotations.NullMarked;
