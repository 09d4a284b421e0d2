package dev.hearth.realtime.changes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the database answered in one go: the snapshot comes first, so whatever it sees was visible
/// to every later answer. For the delivery thread only.
final class Answers {

    /// A role's rights on a table do not depend on its claims.
    record RoleOnTable(String role, long table) {}

    private final Snapshot snapshot;
    private final Set<Long> stale = new HashSet<>();
    private final Map<Question, Verdict> verdicts = new HashMap<>();
    private final Map<RoleOnTable, Rights> rights = new HashMap<>();

    Answers(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /// Tables whose policies are not the ones that the questions were made with.
    Set<Long> stale() {
        return stale;
    }

    Map<Question, Verdict> verdicts() {
        return verdicts;
    }

    /// By role and table.
    Map<RoleOnTable, Rights> rights() {
        return rights;
    }
}
