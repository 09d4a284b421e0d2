package dev.hearth.realtime.changes;

import java.time.Duration;

/// How changes are delivered.
///
/// @param publication whose tables can be subscribed to
/// @param deletes what subscribers hear of deleted rows that cannot be judged
///   (`HEARTH_REALTIME_DELETE`)
/// @param maxChangeBytes UTF-8 bytes of `record` and `old_record` above which long values are left
///   out (`HEARTH_MAX_CHANGE_BYTES`)
/// @param verdictTimeout for one statement of a verdict; a policy that takes longer denies
/// @param membersEvery how often the publication's members are read
/// @param retryEvery how often a subscription that could not be put in force is tried again
/// @param queuedChanges changes read and not yet handed over, before the reader has to wait
/// @param queuedBytes the same in bytes of values, about
public record ChangesSettings(
        String publication,
        Deletes deletes,
        int maxChangeBytes,
        Duration verdictTimeout,
        Duration membersEvery,
        Duration retryEvery,
        int queuedChanges,
        long queuedBytes) {

    /// What subscribers hear of deleted rows whose old version the log does not hold, where row
    /// level security is on.
    public enum Deletes {
        /// The identity columns, to roles that may read them.
        KEYS,
        /// Nothing.
        OFF
    }

    /// The defaults: `supabase_realtime`, keys, 1 MiB, 2 s, 5 s, 5 s, 1,000 changes, 16 MiB.
    public static ChangesSettings defaults() {
        return new ChangesSettings(
                "supabase_realtime",
                Deletes.KEYS,
                1_048_576,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                1_000,
                16L << 20);
    }

    /// The same with another rule for deletes.
    public ChangesSettings withDeletes(Deletes rule) {
        return new ChangesSettings(
                publication,
                rule,
                maxChangeBytes,
                verdictTimeout,
                membersEvery,
                retryEvery,
                queuedChanges,
                queuedBytes);
    }

    /// The same with another size limit.
    public ChangesSettings withMaxChangeBytes(int bytes) {
        return new ChangesSettings(
                publication,
                deletes,
                bytes,
                verdictTimeout,
                membersEvery,
                retryEvery,
                queuedChanges,
                queuedBytes);
    }

    /// The same with another time limit for a verdict's statement.
    public ChangesSettings withVerdictTimeout(Duration timeout) {
        return new ChangesSettings(
                publication,
                deletes,
                maxChangeBytes,
                timeout,
                membersEvery,
                retryEvery,
                queuedChanges,
                queuedBytes);
    }

    /// The same with another rhythm of reading members and of trying again.
    public ChangesSettings withRhythm(Duration members, Duration retry) {
        return new ChangesSettings(
                publication,
                deletes,
                maxChangeBytes,
                verdictTimeout,
                members,
                retry,
                queuedChanges,
                queuedBytes);
    }
}
