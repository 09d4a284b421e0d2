package dev.hearth.replication;

import static dev.hearth.replication.ReplicationSettings.require;

import java.time.Duration;
import java.util.OptionalLong;

/// How the lag of the slot is watched, and where it ends. Bytes are those between what was
/// confirmed and the end of the log, which PostgreSQL keeps on its disk.
///
/// @param lookEvery how often it is looked at
/// @param warning bytes from which it is warned of
/// @param alarm bytes from which somebody must act
/// @param most bytes above which the slot is given up (HEARTH_SLOT_MAX_LAG); empty for never
/// @param patience how long the lag may stay above `most` without becoming less: a backlog that is
///   being worked off is left alone, however large
public record LagLimits(
        Duration lookEvery, long warning, long alarm, OptionalLong most, Duration patience) {

    /// Where the slot is given up unless somebody chose: hours of an ordinary write load, and less
    /// than a small disk has to spare.
    public static final long USUAL_MOST = 4L << 30;

    public LagLimits {
        require(lookEvery.isPositive(), "The watch needs a positive interval");
        require(
                warning > 0 && alarm >= warning,
                "The lag's warning is positive and its alarm not below");
        require(most.isEmpty() || most.getAsLong() > 0, "The most that may lag is positive");
    }

    /// A look every 5 s, warning at 256 MiB, alarm at 768 MiB (the embedded server gives the slot
    /// up at 1 GB by itself), the end at 4 GiB after a minute without progress.
    public static LagLimits usual() {
        return new LagLimits(
                Duration.ofSeconds(5),
                256L << 20,
                768L << 20,
                OptionalLong.of(USUAL_MOST),
                Duration.ofMinutes(1));
    }

    /// The same with another end; 0 for none.
    public LagLimits withMost(long bytes) {
        return new LagLimits(
                lookEvery,
                warning,
                alarm,
                bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes),
                patience);
    }
}
