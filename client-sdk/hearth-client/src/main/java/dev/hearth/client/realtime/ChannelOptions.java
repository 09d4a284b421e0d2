package dev.hearth.client.realtime;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// What a channel asks of the server when it joins. Immutable.
///
/// ```java
/// var options = ChannelOptions.builder()
///         .broadcast(b -> b.self(true).ack(true))
///         .presence(p -> p.key(userId))
///         .isPrivate(true)
///         .build();
/// ```
///
/// @param broadcastSelf whether its own broadcasts come back to it
/// @param broadcastAck whether the server acknowledges its broadcasts
/// @param replay what was broadcast before it joined; private channels only
/// @param presenceKey under which it is present; empty lets the server choose
/// @param presenceEnabled whether the server tells who is there even where nothing listens
/// @param isPrivate whether policies decide who may read and write
public record ChannelOptions(
        boolean broadcastSelf,
        boolean broadcastAck,
        Optional<Replay> replay,
        String presenceKey,
        boolean presenceEnabled,
        boolean isPrivate) {

    /// Which stored broadcasts come again after the join.
    ///
    /// @param since not older than this
    /// @param limit at most so many, 1 to 25; 0 for the server's default
    public record Replay(Instant since, int limit) {}

    /// @throws IllegalArgumentException when a public channel asks for a replay
    public ChannelOptions {
        if (replay.isPresent() && !isPrivate) {
            throw new IllegalArgumentException(
                    "replay needs a private channel; say isPrivate(true)");
        }
    }

    /// The usual ones.
    public static ChannelOptions defaults() {
        return builder().build();
    }

    /// Options of one's own.
    public static Builder builder() {
        return new Builder();
    }

    /// The `config` of the join, but for its changes.
    String config(boolean presenceListeners, String changes) {
        String replayed =
                replay.map(
                                again ->
                                        ",\"replay\":{\"since\":"
                                                + again.since().toEpochMilli()
                                                + (again.limit() == 0
                                                        ? ""
                                                        : ",\"limit\":" + again.limit())
                                                + "}")
                        .orElse("");
        return "{\"broadcast\":{\"self\":"
                + broadcastSelf
                + ",\"ack\":"
                + broadcastAck
                + replayed
                + "},\"presence\":{\"key\":"
                + Wire.quoted(presenceKey)
                + ",\"enabled\":"
                + (presenceEnabled || presenceListeners)
                + "},\"postgres_changes\":"
                + changes
                + ",\"private\":"
                + isPrivate
                + "}";
    }

    /// Makes options. For one thread.
    public static final class Builder {

        private final BroadcastOptions broadcast = new BroadcastOptions();
        private final PresenceOptions presence = new PresenceOptions();
        private boolean isPrivate;

        private Builder() {}

        /// How broadcasts behave.
        public Builder broadcast(Consumer<BroadcastOptions> says) {
            says.accept(broadcast);
            return this;
        }

        /// How presence behaves.
        public Builder presence(Consumer<PresenceOptions> says) {
            says.accept(presence);
            return this;
        }

        /// Whether policies on `realtime.messages` decide who may read and write. Default false.
        public Builder isPrivate(boolean guarded) {
            isPrivate = guarded;
            return this;
        }

        /// What was said so far.
        ///
        /// @throws IllegalArgumentException when a public channel asks for a replay
        public ChannelOptions build() {
            return new ChannelOptions(
                    broadcast.self,
                    broadcast.ack,
                    Optional.ofNullable(broadcast.replay),
                    presence.key,
                    presence.enabled,
                    isPrivate);
        }
    }

    /// How broadcasts behave. For one thread.
    public static final class BroadcastOptions {
        private boolean self;
        private boolean ack;
        private @Nullable Replay replay;

        private BroadcastOptions() {}

        /// Whether its own broadcasts come back to it. Default false.
        public BroadcastOptions self(boolean back) {
            self = back;
            return this;
        }

        /// Whether the server acknowledges each broadcast. Default false.
        public BroadcastOptions ack(boolean asked) {
            ack = asked;
            return this;
        }

        /// Has stored broadcasts come again after the join.
        ///
        /// @param limit 1 to 25
        public BroadcastOptions replay(Instant since, int limit) {
            if (limit < 1 || limit > 25) {
                throw new IllegalArgumentException("a replay holds 1 to 25 messages");
            }
            replay = new Replay(since, limit);
            return this;
        }
    }

    /// How presence behaves. For one thread.
    public static final class PresenceOptions {
        private String key = "";
        private boolean enabled;

        private PresenceOptions() {}

        /// Under which it is present. Default: one of the server's making.
        public PresenceOptions key(String name) {
            key = name;
            return this;
        }

        /// Has the server tell who is there although nothing listens, for [Channel#presenceState].
        /// Default false; a listener to presence is enough.
        public PresenceOptions enabled(boolean asked) {
            enabled = asked;
            return this;
        }
    }
}
