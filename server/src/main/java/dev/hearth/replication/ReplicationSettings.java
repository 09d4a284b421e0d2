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
/// @param firstPause before an interrupted stream is opened again; doubled each time
/// @param longestPause where doubling ends
/// @param watchEvery how often lag and slot are looked at
/// @param lagWarning bytes behind from which the lag is warned of
/// @param lagAlarm bytes behind from which somebody must act
public record ReplicationSettings(
        String installation,
        Optional<String> slot,
        String publication,
        Duration senderTimeout,
        Duration deadPeerAfter,
        Duration firstPause,
        Duration longestPause,
        Duration watchEvery,
        long lagWarning,
        long lagAlarm) {

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
        require(
                firstPause.isPositive() && longestPause.compareTo(firstPause) >= 0,
                "The first pause is positive and the longest not shorter");
        require(watchEvery.isPositive(), "The watch needs a positive interval");
        require(
                lagWarning > 0 && lagAlarm >= lagWarning,
                "The lag's warning is positive and its alarm not below");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// The defaults: publication `supabase_realtime`, the slot named by the database, 10 s for the
    /// sender, 30 s for a dead peer, pauses from 250 ms to 2 s, a look every 5 s, warning at 256
    /// MiB, alarm at 768 MiB behind (the embedded server gives the slot up at 1 GB).
    public static ReplicationSettings of(String installation) {
        return new ReplicationSettings(
                installation,
                Optional.empty(),
                "supabase_realtime",
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMillis(250),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                256L << 20,
                768L << 20);
    }

    /// The same with a slot of this name.
    public ReplicationSettings withSlot(String name) {
        return new ReplicationSettings(
                installation,
                Optional.of(name),
                publication,
                senderTimeout,
                deadPeerAfter,
                firstPause,
                longestPause,
                watchEvery,
                lagWarning,
                lagAlarm);
    }

    /// The same for another publication.
    public ReplicationSettings withPublication(String name) {
        return new ReplicationSettings(
                installation,
                slot,
                name,
                senderTimeout,
                deadPeerAfter,
                firstPause,
                longestPause,
                watchEvery,
                lagWarning,
                lagAlarm);
    }

    /// The same with the server's patience with us changed.
    public ReplicationSettings withSenderTimeout(Duration timeout) {
        return new ReplicationSettings(
                installation,
                slot,
                publication,
                timeout,
                deadPeerAfter,
                firstPause,
                longestPause,
                watchEvery,
                lagWarning,
                lagAlarm);
    }

    /// The same with other patience with a former life that holds the slot.
    public ReplicationSettings withDeadPeerAfter(Duration silence) {
        return new ReplicationSettings(
                installation,
                slot,
                publication,
                senderTimeout,
                silence,
                firstPause,
                longestPause,
                watchEvery,
                lagWarning,
                lagAlarm);
    }

    /// The same with another rhythm of looking at lag and slot.
    public ReplicationSettings withWatch(Duration every, long warning, long alarm) {
        return new ReplicationSettings(
                installation,
                slot,
                publication,
                senderTimeout,
                deadPeerAfter,
                firstPause,
                longestPause,
                every,
                warning,
                alarm);
    }

    /// How the stream's connection names itself to the server.
    String applicationName() {
        return "hearth " + installation;
    }
}
