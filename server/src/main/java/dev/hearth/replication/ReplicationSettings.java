package dev.hearth.replication;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the log is followed. [#of] has every default.
///
/// @param installation tells this installation from others on the same cluster: who holds our slot
///   under this name is a former life of ours. Letters, digits and dashes, at most 48
/// @param slot the slot's name (HEARTH_SLOT_NAME), as PostgreSQL allows it; empty for
///   `hearth_<database oid>`
/// @param publication the publication that is followed
/// @param senderTimeout the server's patience with this client (`wal_sender_timeout` of the
///   session): it asks for a sign of life each half of it, which also is when positions are
///   confirmed on a quiet stream
/// @param deadPeerAfter how long a former life of ours may hold the slot in silence
/// @param lag how the slot's lag is watched and bounded
public record ReplicationSettings(
        String installation,
        Optional<String> slot,
        String publication,
        Duration senderTimeout,
        Duration deadPeerAfter,
        LagLimits lag) {

    private static final Pattern INSTALLATION = Pattern.compile("[A-Za-z0-9-]{1,48}");
    private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");

    public ReplicationSettings {
        require(
                INSTALLATION.matcher(installation).matches(),
                "An installation is named by letters, digits and dashes, at most 48: "
                        + installation);
        require(
                slot.isEmpty() || SLOT.matcher(slot.get()).matches(),
                "HEARTH_SLOT_NAME takes lower-case letters, digits and underscores, at most 63: "
                        + slot.orElse(""));
        require(!publication.isEmpty(), "The publication needs a name");
        require(
                senderTimeout.compareTo(Duration.ofSeconds(1)) >= 0,
                "The sender's timeout is a second at least: " + senderTimeout);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// The defaults: publication `supabase_realtime`, the slot named by the database, 10 s for the
    /// sender, 30 s for a dead peer, [LagLimits#usual].
    public static ReplicationSettings of(String installation) {
        return new ReplicationSettings(
                installation,
                Optional.empty(),
                "supabase_realtime",
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                LagLimits.usual());
    }

    /// The same with a slot of this name.
    public ReplicationSettings withSlot(String name) {
        return new ReplicationSettings(
                installation, Optional.of(name), publication, senderTimeout, deadPeerAfter, lag);
    }

    /// The same with the server's patience with us changed.
    public ReplicationSettings withSenderTimeout(Duration timeout) {
        return new ReplicationSettings(
                installation, slot, publication, timeout, deadPeerAfter, lag);
    }

    /// The same with other patience with a former life that holds the slot.
    public ReplicationSettings withDeadPeerAfter(Duration silence) {
        return new ReplicationSettings(
                installation, slot, publication, senderTimeout, silence, lag);
    }

    /// The same with other limits of the lag.
    public ReplicationSettings withLag(LagLimits limits) {
        return new ReplicationSettings(
                installation, slot, publication, senderTimeout, deadPeerAfter, limits);
    }

    /// How the stream's connection names itself to the server.
    String applicationName() {
        return "hearth " + installation;
    }
}
