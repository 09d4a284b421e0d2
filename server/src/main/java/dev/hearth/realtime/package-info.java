/// Realtime: channels over WebSockets with broadcast, presence and database changes. Its door is
/// [Realtime][dev.hearth.realtime.Realtime]. Inside are `wire` (frames of both protocol versions),
/// `channel` (sockets, channels, topics, presence, fan-out) and `changes` (subscriptions, filters,
/// row security, delivery). It never sees the web server and never opens a database connection.
///
/// # Threads
///
/// **Who reads.** A socket is read by one thread of the web server at a time, in the order
/// received. That thread parses the message and does what it asks, unless that may block.
/// Heartbeats are answered there and then, whatever the socket's channels are doing.
///
/// **What may block.** Three things do: putting a channel's subscription in force (a round trip to
/// the database), changing its caller, and ending it. They run on a virtual thread of their own.
/// While one runs, messages of *that* topic of *that* socket wait in the topic's lane, in order;
/// other topics and heartbeats go on. What waits is bounded (`HEARTH_INBOX_BYTES`); a client that
/// exceeds it is disconnected. A refused join is answered late on purpose: a timer does that, no
/// thread sleeps.
///
/// **Who writes.** Any thread. Everything for a socket passes its `Outlet`, which keeps one order:
///
/// - An answer (`phx_reply`, `presence_state`, `system`, `phx_close`) leaves at once, behind what
///   was waiting.
/// - A message that many share (`broadcast`, `presence_diff`, `postgres_changes`) leaves at once
///   while the server is calm or the socket was quiet, on the thread that brought it: the sender's
///   reader, an HTTP request's thread, or the reader of the log. When the server delivers more than
///   some 20,000 such messages a second (`Pace`) and one of them left through this socket within
///   the last 10 ms, the next ones are gathered, and one of the fan-out threads writes them with
///   one system call. Receivers that wait for the same messages share one buffer. So a lone message
///   never waits, and a busy channel costs one write a receiver and tick.
///
/// No write blocks: the socket's outbox takes the bytes, and a receiver whose outbox is full is
/// closed with 1013. Nobody waits for a slow receiver.
///
/// **Other threads.** A few fan-out threads (one for two cores), which only gather and write. One
/// timer, which answers refused joins late and once a second looks for tokens that have run out and
/// for sockets without channels. The log's reader calls `ChangeFeed`, which takes only the lock of
/// an outlet. A socket's end is told on a virtual thread of its own, since it is often noticed by a
/// thread that was writing and holds locks.
///
/// **Locks**, from the outside in; a thread that holds one takes only those further down:
///
/// 1. a socket's lock over its lanes: only queue operations, nothing is called under it;
/// 2. a topic's lock: members, presence, and the order in which they see what happens. It is held
///    while a message is handed to every member, which never blocks;
/// 3. the lock of a change feed: what is held back until the join is answered;
/// 4. an outlet's lock: what waits for one socket, and its writes;
/// 5. a fan-out thread's lock: the list of outlets to visit.
///
/// **Order that is promised.** Messages of one sender in one topic reach each receiver in the order
/// sent. A new member gets its reply, then `presence_state`, then whatever happened after it
/// entered, nothing twice: it enters under the topic's lock. A change that is delivered while the
/// join is still under way is held back behind the reply.
@NullMarked
package dev.hearth.realtime;

import org.jspecify.annotations.NullMarked;
