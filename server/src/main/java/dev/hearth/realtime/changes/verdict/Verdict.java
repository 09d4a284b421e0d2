package dev.hearth.realtime.changes.verdict;

/// The answer to a [Question].
public enum Verdict {
    /// Yes; of an update, the old version too.
    VISIBLE,
    /// The new version only.
    NEW_ONLY,
    /// No.
    HIDDEN,
    /// It could not be told, and therefore no.
    UNKNOWN;

    static Verdict of(int now, int before) {
        return switch (now) {
            case VerdictSql.VISIBLE -> before == VerdictSql.VISIBLE ? VISIBLE : NEW_ONLY;
            case VerdictSql.UNKNOWN -> UNKNOWN;
            default -> HIDDEN;
        };
    }
}
