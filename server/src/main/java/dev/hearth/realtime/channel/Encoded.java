package dev.hearth.realtime.channel;

import dev.hearth.exchange.SocketFrames;
import dev.hearth.realtime.wire.ProtocolVersion;
import dev.hearth.realtime.wire.ServerMessage;

import org.jspecify.annotations.Nullable;

/// A message that many receive, encoded once per version, when the first receiver of that version
/// comes. Used by one thread.
final class Encoded {

    private final ServerMessage message;
    private final @Nullable SocketFrames[] frames =
            new @Nullable SocketFrames[ProtocolVersion.values().length];
    private final boolean[] made = new boolean[ProtocolVersion.values().length];

    Encoded(ServerMessage message) {
        this.message = message;
    }

    /// The frame; null when the version cannot carry the message.
    @Nullable SocketFrames in(ProtocolVersion version) {
        int index = version.ordinal();
        if (!made[index]) {
            made[index] = true;
            frames[index] = version.encode(message).orElse(null);
        }
        return frames[index];
    }
}
