package dev.hearth.client.realtime;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the socket stands, as a value; made like [ChannelLife]. Sockets are numbered, so that what
/// is heard late of one that was given up is left out.
///
/// ```text
/// Resting ──wish──▶ Dialing ──opened──▶ Live
///    ▲                 ▲  │ gone, rang    │ gone, no heartbeat
///    │ unwish          │  ▼               │
///    └───────────── Pausing ◀─────────────┘        any ──end──▶ Ended
/// ```
sealed interface Link {

    /// As the program sees it.
    ConnectionState shown();

    /// Somebody wants a socket.
    default LinkStep wish() {
        return LinkStep.of(this);
    }

    /// Nobody wants it any more.
    default LinkStep unwish() {
        return LinkStep.of(this);
    }

    /// A socket is open.
    default LinkStep opened(int socket, Moment now, Rules rules) {
        return LinkStep.of(this);
    }

    /// A socket is gone, or could not be opened.
    default LinkStep gone(int socket, SupabaseException cause, Moment now, Rules rules) {
        return LinkStep.of(this);
    }

    /// The alarm rang.
    default LinkStep rang(Moment now, Rules rules, Refs refs) {
        return LinkStep.of(this);
    }

    /// The server answered a heartbeat.
    default LinkStep heard(@Nullable String ref, boolean ok, Moment now) {
        return LinkStep.of(this);
    }

    /// The client is closed.
    default LinkStep end() {
        LinkStep step = unwish();
        return new LinkStep(new Ended(), step.effects());
    }

    /// No socket, and nobody wants one.
    ///
    /// @param socket number of the last one
    record Resting(int socket) implements Link {

        @Override
        public ConnectionState shown() {
            return ConnectionState.CLOSED;
        }

        @Override
        public LinkStep wish() {
            return LinkStep.of(
                    new Dialing(socket + 1, 0, false),
                    new LinkEffect.Announce(new ConnectionEvent.Connecting()),
                    new LinkEffect.Dial(socket + 1));
        }
    }

    /// It opens.
    ///
    /// @param tries that failed before
    /// @param again whether there was one that was open
    record Dialing(int socket, int tries, boolean again) implements Link {

        @Override
        public ConnectionState shown() {
            return ConnectionState.CONNECTING;
        }

        @Override
        public LinkStep opened(int number, Moment now, Rules rules) {
            if (number != socket) {
                return LinkStep.of(this);
            }
            return LinkStep.of(
                    new Live(
                            socket,
                            tries,
                            now.nanos(),
                            new Pulse(now.wall(), now.nanos()),
                            Beat.none(now.nanos())),
                    new LinkEffect.Ring(rules.pulse()),
                    new LinkEffect.Announce(
                            again
                                    ? new ConnectionEvent.Reconnected()
                                    : new ConnectionEvent.Connected()),
                    new LinkEffect.Ready());
        }

        @Override
        public LinkStep gone(int number, SupabaseException cause, Moment now, Rules rules) {
            return number == socket
                    ? Pausing.after(socket, tries, again, List.of(), cause, now, rules)
                    : LinkStep.of(this);
        }

        @Override
        public LinkStep rang(Moment now, Rules rules, Refs refs) {
            return Pausing.after(
                    socket,
                    tries,
                    again,
                    List.of(new LinkEffect.Cut(socket)),
                    new RealtimeException(
                            "the server did not open a socket within "
                                    + rules.timeout().toMillis()
                                    + " ms",
                            "SocketTimeout",
                            null),
                    now,
                    rules);
        }

        @Override
        public LinkStep unwish() {
            return LinkStep.of(
                    new Resting(socket),
                    new LinkEffect.Silence(),
                    new LinkEffect.Cut(socket),
                    new LinkEffect.Lost(Live.closedHere()),
                    new LinkEffect.Announce(new ConnectionEvent.Closed()));
        }
    }

    /// When it was last looked whether the machine slept.
    record Pulse(Instant wall, long nanos) {}

    /// The last heartbeat.
    ///
    /// @param ref that waits for its answer; null when it came
    record Beat(@Nullable String ref, long nanos) {
        static Beat none(long nanos) {
            return new Beat(null, nanos);
        }
    }

    /// It is open.
    ///
    /// @param tries that failed before it opened
    record Live(int socket, int tries, long sinceNanos, Pulse pulse, Beat beat) implements Link {

        @Override
        public ConnectionState shown() {
            return ConnectionState.OPEN;
        }

        static RealtimeException closedHere() {
            return new RealtimeException(
                    "the socket was closed from this side", "SocketClosed", null);
        }

        @Override
        public LinkStep gone(int number, SupabaseException cause, Moment now, Rules rules) {
            return number == socket ? lose(List.of(), cause, now, rules) : LinkStep.of(this);
        }

        @Override
        public LinkStep rang(Moment now, Rules rules, Refs refs) {
            Duration wall = Duration.between(pulse.wall(), now.wall());
            Duration steady = Duration.ofNanos(now.nanos() - pulse.nanos());
            if (rules.slept(wall, steady)) {
                return woke();
            }
            var next = new Pulse(now.wall(), now.nanos());
            if (now.nanos() - beat.nanos() < rules.heartbeat().toNanos()) {
                return LinkStep.of(
                        new Live(socket, tries, sinceNanos, next, beat),
                        new LinkEffect.Ring(rules.pulse()));
            }
            if (beat.ref() != null) {
                return lose(
                        List.of(
                                new LinkEffect.Cut(socket),
                                new LinkEffect.Heartbeat(
                                        HeartbeatStatus.TIMEOUT, Optional.empty())),
                        new RealtimeException(
                                "the server did not answer a heartbeat within "
                                        + rules.heartbeat().toMillis()
                                        + " ms",
                                "HeartbeatLost",
                                null),
                        now,
                        rules);
            }
            String ref = refs.next();
            return LinkStep.of(
                    new Live(socket, tries, sinceNanos, next, new Beat(ref, now.nanos())),
                    new LinkEffect.Beat(ref),
                    new LinkEffect.Heartbeat(HeartbeatStatus.SENT, Optional.empty()),
                    new LinkEffect.Ring(rules.pulse()));
        }

        /// Servers close sockets that were silent for a minute: it is not asked whether this one
        /// still lives, and not waited before the next.
        private LinkStep woke() {
            var cause =
                    new RealtimeException(
                            "the machine slept, or its clock was set forward; the socket is opened"
                                    + " anew",
                            "Slept",
                            null);
            return LinkStep.of(
                    new Dialing(socket + 1, 1, true),
                    new LinkEffect.Silence(),
                    new LinkEffect.Cut(socket),
                    new LinkEffect.Announce(new ConnectionEvent.Disconnected(cause)),
                    new LinkEffect.Lost(cause),
                    new LinkEffect.Announce(new ConnectionEvent.Reconnecting(1, Duration.ZERO)),
                    new LinkEffect.Dial(socket + 1));
        }

        private LinkStep lose(
                List<LinkEffect> first, SupabaseException cause, Moment now, Rules rules) {
            boolean stable = now.nanos() - sinceNanos >= Rules.STABLE.toNanos();
            return Pausing.after(socket, stable ? 0 : tries, true, first, cause, now, rules);
        }

        @Override
        public LinkStep heard(@Nullable String ref, boolean ok, Moment now) {
            if (beat.ref() == null || !beat.ref().equals(ref)) {
                return LinkStep.of(this);
            }
            return LinkStep.of(
                    new Live(socket, tries, sinceNanos, pulse, new Beat(null, beat.nanos())),
                    new LinkEffect.Heartbeat(
                            ok ? HeartbeatStatus.OK : HeartbeatStatus.ERROR,
                            Optional.of(Duration.ofNanos(now.nanos() - beat.nanos()))));
        }

        @Override
        public LinkStep unwish() {
            return LinkStep.of(
                    new Resting(socket),
                    new LinkEffect.Silence(),
                    new LinkEffect.Goodbye(socket),
                    new LinkEffect.Lost(closedHere()),
                    new LinkEffect.Announce(new ConnectionEvent.Closed()));
        }
    }

    /// It waits before it is opened again.
    ///
    /// @param tries that failed in a row
    /// @param cause of the last one
    record Pausing(int socket, int tries, boolean again, SupabaseException cause) implements Link {

        @Override
        public ConnectionState shown() {
            return ConnectionState.CONNECTING;
        }

        static LinkStep after(
                int socket,
                int tries,
                boolean again,
                List<LinkEffect> first,
                SupabaseException cause,
                Moment now,
                Rules rules) {
            var effects = new ArrayList<LinkEffect>();
            effects.add(new LinkEffect.Silence());
            effects.addAll(first);
            int next = tries + 1;
            if (rules.limit().isPresent() && next > rules.limit().getAsInt()) {
                var given = givenUp(tries, cause);
                effects.add(new LinkEffect.Announce(new ConnectionEvent.Disconnected(given)));
                effects.add(new LinkEffect.Lost(given));
                return new LinkStep(new Resting(socket), effects);
            }
            Duration delay = rules.delay(next, cause, now.dice());
            effects.add(new LinkEffect.Announce(new ConnectionEvent.Disconnected(cause)));
            if (Refusals.isKey(cause)) {
                effects.add(new LinkEffect.KeyRefused(cause));
            }
            effects.add(new LinkEffect.Lost(cause));
            effects.add(new LinkEffect.Announce(new ConnectionEvent.Reconnecting(next, delay)));
            effects.add(new LinkEffect.Ring(delay));
            return new LinkStep(new Pausing(socket, next, again, cause), effects);
        }

        private static RealtimeException givenUp(int tries, SupabaseException cause) {
            return new RealtimeException(
                    "the socket is given up after "
                            + tries
                            + " tries; connect() begins again. The last one: "
                            + cause.getMessage(),
                    "ReconnectLimit",
                    null,
                    cause.status().orElse(0),
                    cause.request().orElse(null),
                    cause);
        }

        @Override
        public LinkStep rang(Moment now, Rules rules, Refs refs) {
            return LinkStep.of(
                    new Dialing(socket + 1, tries, again), new LinkEffect.Dial(socket + 1));
        }

        @Override
        public LinkStep unwish() {
            return LinkStep.of(
                    new Resting(socket),
                    new LinkEffect.Silence(),
                    new LinkEffect.Announce(new ConnectionEvent.Closed()));
        }
    }

    /// The client is closed.
    record Ended() implements Link {

        @Override
        public ConnectionState shown() {
            return ConnectionState.CLOSED;
        }
    }
}
