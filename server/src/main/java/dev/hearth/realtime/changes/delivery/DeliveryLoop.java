package dev.hearth.realtime.changes.delivery;

import dev.hearth.observe.Observer;
import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.realtime.changes.catalog.Members;
import dev.hearth.realtime.changes.catalog.Publication;
import dev.hearth.realtime.changes.catalog.Table;
import dev.hearth.realtime.changes.interest.SubscriptionIndex;
import dev.hearth.realtime.changes.sql.Snapshot;
import dev.hearth.realtime.changes.sql.SqlStates;
import dev.hearth.realtime.changes.verdict.Answers;
import dev.hearth.realtime.changes.verdict.Judge;
import dev.hearth.realtime.changes.verdict.Question;
import dev.hearth.replication.Change;
import dev.hearth.replication.Column;
import dev.hearth.replication.Gap;
import dev.hearth.replication.Relation;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The delivery thread: takes changes in the order of the log, asks about as many as are there in
/// one round trip, and hands them over in that order.
///
/// Each round trip brings the snapshot that came before its answers. A change counts only when that
/// snapshot sees its transaction; until then it is asked again. A change that nobody wants goes the
/// same way, since a subscription that enters meanwhile may be owed it (realtime.md 15.1 and 15.4);
/// but then the question waits a little for company.
final class DeliveryLoop implements Runnable {

    private static final int MOST_HELD = 256;

    /// About how much memory may be held before what is there has to go first.
    private static final long MOST_BYTES_HELD = 16L << 20;

    private static final Duration FOR_COMPANY = Duration.ofMillis(20);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_AWAY = Duration.ofSeconds(1);
    private static final Duration FOREVER = Duration.ofDays(1);

    private record Shape(Relation relation, Table table) {}

    private final LogQueue queue;
    private final SubscriptionIndex index;
    private final Members members;
    private final Judge judge;
    private final Handover handover;
    private final Observer observer;
    private final Consumer<Gap> gaps;
    private final ArrayDeque<Object> held = new ArrayDeque<>();
    private final Map<Shape, int[]> places = new HashMap<>();
    private Snapshot seen = Snapshot.NONE;
    private Duration pause = SHORTEST_PAUSE;
    private int atOnce = MOST_HELD;
    private boolean away;
    private volatile boolean stopped;

    DeliveryLoop(
            LogQueue queue,
            SubscriptionIndex index,
            Members members,
            Judge judge,
            Handover handover,
            Observer observer,
            Consumer<Gap> gaps) {
        this.queue = queue;
        this.index = index;
        this.members = members;
        this.judge = judge;
        this.handover = handover;
        this.observer = observer;
        this.gaps = gaps;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                if (held.isEmpty()) {
                    fill(FOREVER);
                }
                step();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets the thread end after what it is at. Not by an interrupt, which would break a
    /// connection.
    void stop() {
        stopped = true;
    }

    private void fill(Duration wait) throws InterruptedException {
        if (held.size() < MOST_HELD && bytesHeld() < MOST_BYTES_HELD) {
            var taken = new ArrayList<LogItem>();
            queue.drain(taken, MOST_HELD - held.size(), wait);
            for (LogItem item : taken) {
                held.add(item instanceof LogItem.OfRow row ? new Held(row) : item);
            }
        }
    }

    private long bytesHeld() {
        return held.stream()
                .mapToLong(item -> item instanceof Held row ? row.item().bytes() : 0)
                .sum();
    }

    private void step() throws InterruptedException {
        try {
            if (!passMarks() && !stopped) {
                judgeRows();
            }
            atOnce = MOST_HELD;
            if (away) {
                away = false;
                observer.tell(new DeliveryEvent.DatabaseBack());
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            giveUp(e);
        } catch (SQLException e) {
            if (!away) {
                away = true;
                observer.tell(new DeliveryEvent.DatabaseAway(SqlStates.of(e)));
            }
            rest(LONGEST_AWAY);
        }
    }

    /// A defect of ours met one of the rows that were judged together: judges them one by one, and
    /// leaves out the one that it is, so that what is behind it goes on.
    private void giveUp(Throwable failure) throws InterruptedException {
        if (atOnce > 1) {
            atOnce = 1;
        } else if (held.peek() instanceof Held row) {
            Instant committed = row.item().change().transaction().commitTime();
            tellFailed(row.logged(), failure);
            gaps.accept(new Gap(committed, committed, "a change could not be judged"));
            held.remove();
        } else {
            tellFailed(Optional.empty(), failure);
            rest(LONGEST_AWAY);
        }
    }

    /// Deals with what stands at the head and is no row.
    ///
    /// @return whether there was any
    private boolean passMarks() throws SQLException {
        return switch (held.peek()) {
            case LogItem.OfEnd(var ended, var position) -> {
                position.handedOver(ended.endLsn());
                held.remove();
                yield true;
            }
            case LogItem.OfShape _ -> {
                members.reload();
                places.clear();
                while (held.peek() instanceof LogItem.OfShape) {
                    held.remove();
                }
                yield true;
            }
            case LogItem.OfGap(Gap gap) -> {
                gaps.accept(gap);
                held.remove();
                yield true;
            }
            case null -> true;
            default -> false;
        };
    }

    private void judgeRows() throws SQLException, InterruptedException {
        List<Held> rows = rows();
        rows.forEach(this::match);
        var questions = new ArrayList<Question>();
        rows.forEach(row -> questions.addAll(row.open()));
        if (questions.isEmpty()) {
            if (seen.sees(rows.getFirst().item().change().transaction().xid())) {
                handOver(rows, seen);
                return;
            }
            int before = held.size();
            fill(FOR_COMPANY);
            if (held.size() > before && held.size() < MOST_HELD) {
                rows = rows();
                rows.forEach(this::match);
                for (Held row : rows) {
                    questions.addAll(row.open());
                }
            }
        }
        Answers answers = judge.ask(questions);
        seen = answers.snapshot();
        if (answers.isStale()) {
            members.reload();
            places.clear();
            rows.forEach(Held::forget);
            return;
        }
        rows.forEach(row -> row.take(answers));
        handOver(rows, answers.snapshot());
    }

    /// The rows at the head, up to a mark that changes what they mean.
    private List<Held> rows() {
        var rows = new ArrayList<Held>();
        for (Object item : held) {
            if (item instanceof Held row && rows.size() < atOnce) {
                rows.add(row);
            } else if (!(item instanceof LogItem.OfEnd)) {
                break;
            }
        }
        return rows;
    }

    private void match(Held row) {
        long entered = index.entered();
        if (!row.isMatchedAt(entered)) {
            row.match(logged(row.item().change()), index, entered);
        }
    }

    private Optional<Logged> logged(Change change) {
        Publication publication = members.current();
        return publication
                .member(change.relation().oid())
                .flatMap(
                        table ->
                                Logged.of(
                                        change,
                                        table,
                                        publication.types(),
                                        places(change.relation(), table)));
    }

    private int[] places(Relation relation, Table table) {
        return places.computeIfAbsent(
                new Shape(relation, table),
                shape ->
                        members.places(
                                table, relation.columns().stream().map(Column::name).toList()));
    }

    /// Hands over from the head, as far as the snapshot sees the transactions and all is answered.
    private void handOver(List<Held> rows, Snapshot snapshot) throws InterruptedException {
        boolean waits = false;
        for (Held row : rows) {
            waits |= !snapshot.sees(row.item().change().transaction().xid());
            if (waits) {
                row.forgetAnswers();
            }
        }
        boolean progress = false;
        while (!held.isEmpty()) {
            if (held.peek() instanceof Held row) {
                if (!snapshot.sees(row.item().change().transaction().xid())) {
                    break;
                }
                match(row);
                if (!row.open().isEmpty()) {
                    // Somebody entered meanwhile, whose verdict is not known yet.
                    progress = true;
                    break;
                }
                handOver(row);
                held.remove();
            } else if (held.peek() instanceof LogItem.OfEnd(var ended, var position)) {
                position.handedOver(ended.endLsn());
                held.remove();
            } else {
                break;
            }
            progress = true;
        }
        pause = progress ? SHORTEST_PAUSE : rest(LONGEST_PAUSE);
    }

    private void handOver(Held row) {
        try {
            handover.handOver(row);
        } catch (RuntimeException | OutOfMemoryError e) {
            // Whatever it is, what is behind it has to go on.
            tellFailed(row.logged(), e);
        }
    }

    private void tellFailed(Optional<Logged> row, Throwable failure) {
        String table = row.map(logged -> logged.table().toString()).orElse("unknown");
        observer.tell(new DeliveryEvent.DeliveryFailed(table, failure.getClass().getSimpleName()));
    }

    /// Rests a while, each time twice as long.
    private Duration rest(Duration longest) throws InterruptedException {
        Thread.sleep(pause);
        Duration next = pause.multipliedBy(2);
        pause = next.compareTo(longest) < 0 ? next : longest;
        return pause;
    }
}
