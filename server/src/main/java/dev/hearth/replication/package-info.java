/// Follows the database's log: slot, stream, pgoutput decoder, transaction assembler. Bytes in,
/// changes out. The door is [Replication][dev.hearth.replication.Replication]; who receives is a
/// [ReplicationListener][dev.hearth.replication.ReplicationListener]. The room never looks into the
/// catalog to read a change, never judges who may see it, and never streams what is not committed.
///
/// ## Threads
///
/// There are three. The **reader** (a platform thread, one for life) opens the stream and then does
/// one thing: read a frame, decode it, fold it, call the listener, again. It blocks in three
/// places: in the socket, in the listener, and between two attempts to open the stream. Decoder and
/// assembler belong to it alone, and every method of the listener is called on it, in the order of
/// the log. The **watch** (a virtual thread) looks at the server every few seconds over an ordinary
/// connection: the slot's lag, its status, whether the publication exists, where the log ends. The
/// **guard** (a virtual thread) minds the reader and asks nobody: it cuts off a read in which the
/// server has been silent for too long, and gives signs of life for a reader that its listener
/// holds up. Neither calls the listener. Events come from reader and watch.
///
/// A listener that wants to work elsewhere queues and returns. A full queue may block the reader:
/// then nothing is read, PostgreSQL keeps the log, and the lag is told of; the connection lives on.
///
/// The one lock is that of the stream: held while its socket is read or written. The guard only
/// tries it. Stopping, from any thread, cuts the connection without it.
///
/// ## What is confirmed, and when
///
/// 1. The reader calls `began`, the changes, `ended`, as they arrive: Begin holds position and
///    time, and nothing but the present message is held in memory.
/// 2. Whoever hands the changes over says so by `Position.handedOver(endLsn)`, on any thread, now
///    or later.
/// 3. The reader confirms that position with the next status that it sends: after a commit or a
///    keepalive, ten times a second at most, and whenever the server asks for one. On a quiet
///    stream the server asks every half of `wal_sender_timeout`, which the session sets to 10 s.
/// 4. A keepalive's position is confirmed once everything that came before it is handed over.
///
/// A re-opened stream starts behind the last transaction that came whole, confirmed or not, and
/// what the server sends again before that is dropped, to the single change of a transaction that
/// was cut off. So within one life nothing comes twice. An orderly stop confirms what was handed
/// over once the stream has ended; in a new life, everything that was not confirmed comes again.
///
/// ## What heals
///
/// | what happened | what is done |
/// |---|---|
/// | connection lost, PostgreSQL restarted or away | opened again, nothing is missed |
/// | slot dropped, or given up by PostgreSQL | made anew, `gap` |
/// | lag above `HEARTH_SLOT_MAX_LAG` that does not shrink | slot dropped by the watch and made anew, `gap` |
/// | slot held by a former life of this installation that is silent | that one is ended |
/// | slot held by anybody else | told and waited for |
/// | publication dropped and created again | 15 to 17: stream started behind it, `gap`; 18: read on, `gap` |
/// | tables and columns added, taken out, renamed, retyped | the stream itself describes the table anew |
/// | another cluster, or one set back in time, under the same address | followed from its slot's position, `gap` |
/// | wal_level, rights, free slots, publication missing | told with the statement that mends it, and waited for |
@NullMarked
package dev.hearth.replication;

import org.jspecify.annotations.NullMarked;
