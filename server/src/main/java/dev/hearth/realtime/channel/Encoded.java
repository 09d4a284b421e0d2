package dev.hearth.realtime.channel;

import dev.hearth.exchange.SocketFrames;
import dev.hearth.realtime.wire.ProtocolVersion;
import dev.hearth.realtime.wire.ServerMessage;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// A message that many receive, encoded once per version, when the first receiver of that version
/// comes. Used by one thread.
final class Encoded {

    private final ServerMessage message;
    private final Map<ProtocolVersion, Optional<SocketFrames>> frames =
            new EnumMap<>(ProtocolVersion.class);

    Encoded(ServerMessage message) {
        this.message = message;
    }

    /// The frame; null when the version cannot carry the message.
    @Nullable SocketFrames in(ProtocolVersion version) {
        return frames.computeIfAbsent(version, ver -> ver.encode(message)).orElse(null);
    }
}
