package dev.hearth.client.realtime;

import dev.hearth.client.error.SupabaseException;

import java.time.Duration;
import java.util.Optional;

/// What a step of the socket wants done. The loop does it, in the order given.
sealed interface LinkEffect {

    /// A socket is to be opened, and a token asked for meanwhile.
    record Dial(int socket) implements LinkEffect {}

    /// A socket is to be cut.
    record Cut(int socket) implements LinkEffect {}

    /// A socket is to be closed once everything has been sent.
    record Goodbye(int socket) implements LinkEffect {}

    /// The socket's one alarm; it takes the place of the one before.
    record Ring(Duration delay) implements LinkEffect {}

    /// The alarm shall not ring.
    record Silence() implements LinkEffect {}

    /// A heartbeat is to be sent.
    record Beat(String ref) implements LinkEffect {}

    /// A heartbeat came to something.
    record Heartbeat(HeartbeatStatus status, Optional<Duration> roundTrip) implements LinkEffect {}

    /// The program hears.
    record Announce(ConnectionEvent event) implements LinkEffect {}

    /// Channels may join.
    record Ready() implements LinkEffect {}

    /// The server does not accept the API key.
    record KeyRefused(SupabaseException cause) implements LinkEffect {}

    /// Channels have lost the socket.
    record Lost(SupabaseException cause) implements LinkEffect {}
}
