package dev.hearth.config;

import dev.hearth.problem.Refusal;

import java.time.Duration;
import java.util.Optional;

/// How changes leave the database, each setting under its name.
///
/// @param slot the name of the replication slot (`HEARTH_SLOT_NAME`); empty for `hearth_<database
///   oid>`
/// @param deletes what subscribers hear of deleted rows that cannot be judged
///   (`HEARTH_REALTIME_DELETE`)
/// @param maxChangeBytes UTF-8 bytes of `record` and `old_record` above which long values are left
///   out (`HEARTH_MAX_CHANGE_BYTES`)
/// @param maxRowBytes characters of a change's values, old and new together, above which the long
///   ones are let go unread, so that no row fills the memory (`HEARTH_MAX_ROW_BYTES`)
/// @param verdictTimeout for one statement of a verdict; a policy that takes longer denies
///   (`HEARTH_VERDICT_TIMEOUT_MS`)
/// @param membersEvery how often the publication's members are read, and a subscription that could
///   not be put in force is tried again (`HEARTH_PUBLICATION_EVERY_MS`)
/// @param maxSlotLag bytes of the log that PostgreSQL may keep for the slot before it is given up
///   (`HEARTH_SLOT_MAX_LAG`, `512MB`, `4GB`); 0 for no end
public record ChangesConfig(
        Optional<String> slot,
        Deletes deletes,
        int maxChangeBytes,
        int maxRowBytes,
        Duration verdictTimeout,
        Duration membersEvery,
        long maxSlotLag) {

    /// What subscribers hear of rows whose old version the log does not hold, where row level
    /// security is on.
    public enum Deletes {
        /// The identity columns, to roles that may read them: upstream's contract.
        KEYS,
        /// Nothing.
        OFF
    }

    private static final int DEFAULT_MAX_CHANGE_BYTES = 1_048_576;
    private static final long DEFAULT_MAX_SLOT_LAG = 4L << 30;

    private static final int DEFAULT_MAX_ROW_BYTES = 8 << 20;

    /// Reads the settings.
    ///
    /// @throws dev.hearth.problem.Refusal with a [SettingProblem] for a value that makes no sense
    public static ChangesConfig from(Settings settings) {
        return new ChangesConfig(
                settings.text("HEARTH_SLOT_NAME"),
                deletes(settings.text("HEARTH_REALTIME_DELETE").orElse("keys")),
                settings.integer(
                        "HEARTH_MAX_CHANGE_BYTES", DEFAULT_MAX_CHANGE_BYTES, 1, Integer.MAX_VALUE),
                settings.integer(
                        "HEARTH_MAX_ROW_BYTES", DEFAULT_MAX_ROW_BYTES, 1, Integer.MAX_VALUE),
                milliseconds(settings, "HEARTH_VERDICT_TIMEOUT_MS", 2_000),
                milliseconds(settings, "HEARTH_PUBLICATION_EVERY_MS", 5_000),
                settings.bytes("HEARTH_SLOT_MAX_LAG", DEFAULT_MAX_SLOT_LAG));
    }

    /// Never 0, which the database takes for no limit.
    private static Duration milliseconds(Settings settings, String name, int fallback) {
        return Duration.ofMillis(settings.integer(name, fallback, 1, 600_000));
    }

    private static Deletes deletes(String text) {
        return switch (text) {
            case "keys" -> Deletes.KEYS;
            case "off" -> Deletes.OFF;
            default ->
                    throw new Refusal(
                            new SettingProblem(
                                    "HEARTH_REALTIME_DELETE",
                                    "HEARTH_REALTIME_DELETE is neither keys nor off",
                                    "Write keys or off"));
        };
    }
}
