package dev.hearth.realtime.changes.verdict;

import dev.hearth.observe.Observer;
import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.realtime.changes.catalog.Logged.Kind;
import dev.hearth.realtime.changes.catalog.Table;
import dev.hearth.realtime.changes.sql.ChangeDatabase;
import dev.hearth.realtime.changes.sql.Snapshot;
import dev.hearth.realtime.changes.sql.SqlStates;
import dev.hearth.realtime.changes.verdict.Answers.RoleOnTable;
import dev.hearth.realtime.changes.verdict.Flush.Unit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Asks the database who may see what, many questions in one round trip.
///
/// Rights are remembered only to know which columns a statement may name; each round trip asks for
/// them again, and where they turn out different its questions are asked once more with the new
/// ones. A statement that fails spoils its round trip, so the others are asked again without it.
///
/// For the delivery thread only.
public final class Judge {

    /// Questions in one round trip; enough to share its cost, few enough to fit the socket's
    /// buffers.
    private static final int MOST_UNITS = 64;

    /// Characters of the values that one round trip may hold, or a little more: a policy that reads
    /// a long value has it sent for each caller.
    private static final long MOST_LENGTH = 4 << 20;

    /// Rounds for a question: rights that change under it, locks that are held.
    private static final int MOST_ROUNDS = 4;

    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration TELL_AGAIN = Duration.ofSeconds(10);

    private record Failure(String table, String role, String state) {}

    private final ChangeDatabase database;
    private final Duration timeout;
    private final Observer observer;
    private final InstantSource clock;
    private final Timer time;
    private final Counter unknown;
    private final Map<RoleOnTable, Rights> remembered = new HashMap<>();
    private final Map<Failure, Instant> told = new HashMap<>();

    /// @param timeout for one statement; what takes longer is denied
    /// @param clock for telling a failure now and then only
    public Judge(
            ChangeDatabase database, Duration timeout, Observer observer, InstantSource clock) {
        this.database = database;
        this.timeout = timeout;
        this.observer = observer;
        this.clock = clock;
        time = observer.meters().timer("realtime.verdict");
        unknown = observer.meters().counter("realtime.verdict.unknown");
    }

    /// Answers every question; with none, just takes a snapshot.
    ///
    /// @throws SQLException when the database is away; nothing is answered then
    public Answers ask(Collection<? extends Question> questions) throws SQLException {
        Timer.Sample sample = Timer.start();
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
        try (Connection connection = database.authenticator()) {
            return new Session(connection).ask(questions);
        } finally {
            sample.stop(time);
        }
    }

    private final class Session {
        private final Connection connection;
        private final Set<Question> retried = new LinkedHashSet<>();
        private final Map<Question, Integer> timeouts = new HashMap<>();
        private Set<Question> open = new LinkedHashSet<>();

        private Session(Connection connection) {
            this.connection = connection;
        }

        private Answers ask(Collection<? extends Question> questions) throws SQLException {
            open.addAll(questions);
            Answers first = null;
            int rounds = 0;
            do {
                Answers round = round(units());
                first = first == null ? round : merge(first, round);
                accept(first);
            } while (!open.isEmpty() && first.stale().isEmpty() && ++rounds < MOST_ROUNDS);
            if (first.stale().isEmpty()) {
                for (Question question : open) {
                    give(first, question, Verdict.UNKNOWN);
                }
            }
            return first;
        }

        /// Later answers count, the earlier snapshot does.
        private Answers merge(Answers first, Answers later) {
            first.stale().addAll(later.stale());
            first.verdicts().putAll(later.verdicts());
            first.rights().putAll(later.rights());
            return first;
        }

        private List<Unit> units() {
            var units = new LinkedHashSet<Unit>();
            for (Question question : open) {
                Table table = question.change().table();
                Rights rights = remembered.get(role(question));
                if (rights == null || !needsStatement(question, rights)) {
                    units.add(new Unit.OfRights(question.caller(), table));
                } else {
                    units.add(new Unit.OfQuestion(question, rights));
                }
            }
            var sorted = new ArrayList<>(units);
            sorted.sort(
                    Comparator.comparing((Unit unit) -> unit.caller().role())
                            .thenComparing(unit -> unit.caller().claims()));
            return sorted;
        }

        private Answers round(List<Unit> units) throws SQLException {
            Answers all = null;
            int from = 0;
            do {
                int to = end(units, from);
                Answers part = run(units.subList(from, to));
                all = all == null ? part : merge(all, part);
                from = to;
            } while (from < units.size());
            return all;
        }

        /// Where the round trip ends that begins there; one unit always fits.
        private int end(List<Unit> units, int from) {
            int to = from;
            long length = 0;
            while (to < units.size() && to - from < MOST_UNITS && length < MOST_LENGTH) {
                if (units.get(to) instanceof Unit.OfQuestion(Question question, _)) {
                    length += Logged.length(question.change().change());
                }
                to++;
            }
            return to;
        }

        private Answers run(List<Unit> units) throws SQLException {
            try {
                var collected = new Answers(Snapshot.NONE);
                Snapshot snapshot = new Flush(units, collected, timeout).run(connection);
                return merge(new Answers(snapshot), collected);
            } catch (SQLException e) {
                if (SqlStates.isAway(e) || units.isEmpty()) {
                    throw e;
                }
                return units.size() == 1 ? refused(units.getFirst(), e) : halves(units);
            } catch (OutOfMemoryError e) {
                // Long values, once for each caller: fewer at once may fit.
                if (units.isEmpty()) {
                    throw e;
                }
                return units.size() == 1
                        ? refused(units.getFirst(), new SQLException("too long", "54000", e))
                        : halves(units);
            }
        }

        private Answers halves(List<Unit> units) throws SQLException {
            int middle = units.size() / 2;
            Answers first = run(units.subList(0, middle));
            return merge(first, run(units.subList(middle, units.size())));
        }

        /// One statement alone that the database refused. Rights may have changed under it, a lock
        /// may be held: then it stays open for the next round.
        private Answers refused(Unit unit, SQLException e) throws SQLException {
            Answers none = run(List.of());
            RoleOnTable role = new RoleOnTable(unit.caller().role(), unit.table().oid());
            boolean changed = remembered.remove(role) != null && SqlStates.of(e).startsWith("42");
            if (changed && unit instanceof Unit.OfQuestion of && retried.add(of.question())) {
                return none;
            }
            if (SqlStates.isTimeout(e) && unit instanceof Unit.OfQuestion of) {
                int tries = timeouts.merge(of.question(), 1, Integer::sum);
                if (tries < MOST_ROUNDS - 1) {
                    return none;
                }
            }
            tell(unit, SqlStates.of(e));
            for (Question question : List.copyOf(open)) {
                boolean meant =
                        unit instanceof Unit.OfQuestion of
                                ? of.question().equals(question)
                                : role(question).equals(role);
                if (meant) {
                    open.remove(question);
                    none.verdicts().put(question, Verdict.HIDDEN);
                    none.rights().putIfAbsent(role, Rights.NONE);
                }
            }
            return none;
        }

        /// Takes the answers that were asked with the rights that turned out to be true.
        private void accept(Answers round) {
            var left = new LinkedHashSet<Question>();
            for (Question question : open) {
                Rights now = round.rights().get(role(question));
                Rights before = remembered.get(role(question));
                Verdict verdict = round.verdicts().get(question);
                if (now == null) {
                    left.add(question);
                } else if (now.equals(before) && verdict != null) {
                    count(question, verdict);
                } else if (!needsStatement(question, now)) {
                    round.verdicts().put(question, Verdict.VISIBLE);
                } else {
                    round.verdicts().remove(question);
                    left.add(question);
                }
            }
            for (Question question : open) {
                Rights now = round.rights().get(role(question));
                if (now != null) {
                    remembered.put(role(question), now);
                }
            }
            open = left;
        }

        private void give(Answers to, Question question, Verdict verdict) {
            to.verdicts().put(question, verdict);
            to.rights().putIfAbsent(role(question), Rights.NONE);
            count(question, verdict);
        }
    }

    private void count(Question question, Verdict verdict) {
        if (verdict == Verdict.UNKNOWN) {
            unknown.increment();
            observer.tell(
                    new VerdictEvent.VerdictUnknown(
                            question.change().table().toString(), question.caller().role()));
        }
    }

    private void tell(Unit unit, String state) {
        var failure = new Failure(unit.table().toString(), unit.caller().role(), state);
        Instant now = clock.instant();
        Instant last = told.get(failure);
        if (last == null || last.plus(TELL_AGAIN).isBefore(now)) {
            told.put(failure, now);
            observer.tell(new VerdictEvent.VerdictFailed(failure.table, failure.role, state));
        }
    }

    private static RoleOnTable role(Question question) {
        return new RoleOnTable(question.caller().role(), question.change().table().oid());
    }

    /// Whether rights alone do not answer: policies apply and there is something to judge them on.
    private static boolean needsStatement(Question question, Rights rights) {
        if (question instanceof Question.OfFilter) {
            return true;
        }
        Logged change = question.change();
        return rights.rowSecurity()
                && (change.kind() == Kind.DELETE
                        ? change.hasWholeOldRow()
                        : rights.hasAll(change.table().key()));
    }
}
