/// Changes, broadcast and presence over one socket. The door is
/// [dev.hearth.client.realtime.RealtimeClient], which gives channels
/// ([dev.hearth.client.realtime.Channel]). It speaks versions 1.0.0 and 2.0.0 of the protocol and
/// mirrors realtime-js 2.119.
///
/// ## What follows from what
///
/// The rules are values: `Link` is where the socket stands, `ChannelLife` where a channel stands (a
/// file for each state), `PresenceRoom` who is there. What happens (a frame, an alarm, a call) is a
/// method that gives the next value and a list of what is to be done; they look at no clock, no
/// socket and no thread. `Loop` does what the socket's list says, `Line` what a channel's says.
///
/// ```text
/// program ─ Channel ─┬─ Subscription ─┐        ┌─ Tokens, Joins   who may join, and with what
///                    └─ Sender ───────┤        │
///                                   Turns ─ Loop ─ Link           where the socket stands
/// socket ─ Wire ─ Router ─────────────┘        └─ Line ─ ChannelLife, PresenceRoom
/// program ◀─ Handlers ◀─ Lane ◀───────────────────┘
/// ```
///
/// ## Which thread may do what
///
/// *Turns.* All that happens is put into one queue per client (`Serial`) and taken turn by turn,
/// one at a time. The thread that brings something when no turn is being taken takes it itself, up
/// to 64 of them, and leaves more to the executor: nobody waits for a turn, no lock is held, and no
/// thread is kept. In a turn nothing blocks and no code of the program runs, but for
/// `reconnectAfter` and its executor's `execute`. An executor that runs its tasks at once brings
/// handlers into turns: one that waits there would wait for itself, and is told so (`Turns`).
///
/// *The reader of the socket* brings frames and takes their turns: it finds the topic and the event
/// in the text, and puts broadcasts and changes into the channel's lane as they are. It never
/// decodes a row, never waits for a handler, and never runs one. What concerns the protocol itself
/// (answers, who is there) it reads in its turn.
///
/// *Lanes.* Each channel has a bounded queue of what its handlers have still to see, emptied on the
/// client's executor by one task at a time; what an executor that is full does not take is offered
/// again: handlers of a channel run in order and never side by side, those of different channels do
/// not wait for each other. Rows and payloads are decoded there, for the handler that asked.
/// Connection and error listeners have a lane of their own.
///
/// *Tokens* are asked for on the executor, since their source may block; one question at a time for
/// all channels that wait.
///
/// *The timer's thread* brings alarms. *Threads of the program* bring calls; a call that waits
/// waits for a future, and may be made from a handler.
///
/// `Line`, `Tokens`, `Joins` and the fields of `Loop` belong to turns except where they say
/// otherwise; a channel's state is read by any thread through one volatile field.
@NullMarked
package dev.hearth.client.realtime;

import org.jspecify.annotations.NullMarked;
