package dev.hearth.realtime.changes.verdict;

import dev.hearth.realtime.changes.catalog.Table;
import dev.hearth.realtime.changes.sql.Snapshot;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the database answered in one go: the snapshot comes first, so whatever it sees was visible
/// to every later answer. For the delivery thread only.
public final class Answers {

    /// A role's rights on a table do not depend on its claims.
    record RoleOnTable(String role, long table) {}

    private final Snapshot snapshot;
    private final Set<Long> stale = new HashSet<>();
    private final Map<Question, Verdict> verdicts = new HashMap<>();
    private final Map<RoleOnTable, Rights> rights = new HashMap<>();

    Answers(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// The moment before the first answer.
    public Snapshot snapshot() {
        return snapshot;
    }

    /// Whether the policies of a table are not the ones that the questions were made with; then the
    /// publication is to be read again and all is to be asked again.
    public boolean isStale() {
        return !stale.isEmpty();
    }

    /// The answer, if it was asked and answered.
    public Optional<Verdict> verdict(Question question) {
        return Optional.ofNullable(verdicts.get(question));
    }

    /// What the role may see of the table, if it was asked.
    public Optional<Rights> rights(String role, Table table) {
        return Optional.ofNullable(rights.get(new RoleOnTable(role, table.oid())));
    }

    /// Tables whose policies are others by now.
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
