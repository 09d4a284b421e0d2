package dev.hearth.realtime.wire;

import dev.hearth.exchange.SocketFrames;

import java.util.Optional;
import java.util.regex.Pattern;

/// The two versions of the protocol, both spoken at the same addresses.
public enum ProtocolVersion {
    /// 1.0.0: JSON objects, text only.
    V1 {
        @Override
        public Optional<SocketFrames> encode(ServerMessage message) {
            return VersionOne.encode(message);
        }
    },
    /// 2.0.0: JSON arrays, and binary frames for broadcasts.
    V2 {
        @Override
        public Optional<SocketFrames> encode(ServerMessage message) {
            return VersionTwo.encode(message);
        }
    };

    private static final Pattern NUMBER = Pattern.compile("([12])\\.0\\.\\d{1,9}");

    /// The version for the query parameter `vsn`. Upstream takes what `~> 1.0.0` and `~> 2.0.0`
    /// take.
    ///
    /// @param vsn absent means 1.0.0
    /// @return empty for a version that is not spoken
    public static Optional<ProtocolVersion> of(Optional<String> vsn) {
        var match = NUMBER.matcher(vsn.orElse("1.0.0"));
        return match.matches()
                ? Optional.of(match.group(1).equals("1") ? V1 : V2)
                : Optional.empty();
    }

    /// The message as a frame; empty when this version cannot carry it (raw bytes in 1.0.0).
    public abstract Optional<SocketFrames> encode(ServerMessage message);
}
