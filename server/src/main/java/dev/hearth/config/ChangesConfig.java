package dev.hearth.config;

import dev.hearth.problem.Refusal;

import java.util.Optional;

/// How changes leave the database.
///
/// @param slot the name of the replication slot (`HEARTH_SLOT_NAME`); empty for `hearth_<database
///   oid>`
/// @param deletes what subscribers hear of deleted rows that cannot be judged
///   (`HEARTH_REALTIME_DELETE`)
/// @param maxChangeBytes UTF-8 bytes of `record` and `old_record` above which long values are left
///   out (`HEARTH_MAX_CHANGE_BYTES`)
/// @param maxSlotLag bytes of the log that PostgreSQL may keep for the slot before it is given up
///   (`HEARTH_SLOT_MAX_LAG`, `512MB`, `4GB`); 0 for no end
public record ChangesConfig(
        Optional<String> slot, Deletes deletes, int maxChangeBytes, long maxSlotLag) {

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

    static ChangesConfig from(Settings settings) {
        return new ChangesConfig(
                settings.text("HEARTH_SLOT_NAME"),
                deletes(settings.text("HEARTH_REALTIME_DELETE").orElse("keys")),
                settings.integer(
                        "HEARTH_MAX_CHANGE_BYTES", DEFAULT_MAX_CHANGE_BYTES, 1, Integer.MAX_VALUE),
                settings.bytes("HEARTH_SLOT_MAX_LAG", DEFAULT_MAX_SLOT_LAG));
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
