package dev.hearth.realtime.changes.interest;

import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.realtime.changes.catalog.Table;
import dev.hearth.realtime.changes.feed.BindingIds;
import dev.hearth.realtime.changes.feed.Delivery;
import dev.hearth.realtime.changes.filter.Filter.Comparison;
import dev.hearth.realtime.changes.filter.LocalFilter;
import dev.hearth.realtime.changes.value.Equality;
import dev.hearth.realtime.changes.value.Types;
import dev.hearth.replication.Cell;
import dev.hearth.replication.Change;
import dev.hearth.replication.Column;
import dev.hearth.replication.Lsn;
import dev.hearth.replication.Relation;
import dev.hearth.replication.ReplicaIdentity;
import dev.hearth.replication.Row;
import dev.hearth.replication.TransactionBegan;
import dev.hearth.replication.TransactionId;
import dev.hearth.token.Caller;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// What it costs to find the one subscription of 10,000 that wants a change, beside the same among
/// 10, and what it costs to enter when 100,000 are there. In the package of the index, which is
/// nobody else's business.
public final class IndexCost {

    private static final int ROUNDS = 31;
    private static final int CHANGES = 20_000;

    private IndexCost() {}

    /// Prints the figures.
    public static void main(String[] arguments) {
        TableIndex few = filled(10);
        TableIndex many = filled(10_000);
        TableIndex most = filled(100_000);
        var ofFew = new ArrayList<Double>();
        var ofMany = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            ofFew.add(matching(few));
            ofMany.add(matching(many));
        }
        double base = median(ofFew);
        double measured = median(ofMany);
        System.out.printf("one match among     10: %.0f ns a change%n", base);
        System.out.printf("one match among 10,000: %.0f ns a change%n", measured);
        System.out.printf("ratio: %.2f%n", measured / base);
        System.out.printf("entering among     10: %.0f ns%n", entering(few));
        System.out.printf("entering among 100,000: %.0f ns%n", entering(most));
    }

    private static TableIndex filled(int subscriptions) {
        var index = new TableIndex();
        for (int i = 0; i < subscriptions; i++) {
            index.enter(interest(i));
        }
        return index;
    }

    private static double matching(TableIndex index) {
        Logged change = change("5");
        long found = 0;
        long start = System.nanoTime();
        for (int i = 0; i < CHANGES; i++) {
            found += index.matching(change).size();
        }
        long nanos = System.nanoTime() - start;
        if (found != CHANGES) {
            throw new IllegalStateException("found " + found);
        }
        return (double) nanos / CHANGES;
    }

    private static double entering(TableIndex index) {
        var entered = new ArrayList<Interest>();
        for (int i = 0; i < CHANGES; i++) {
            entered.add(interest(1_000_000 + i));
        }
        var times = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            entered.forEach(index::enter);
            times.add((double) (System.nanoTime() - start) / CHANGES);
            entered.forEach(index::leave);
        }
        return median(times);
    }

    private static double median(List<Double> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private static Interest interest(int room) {
        var filter =
                new LocalFilter.Compared(
                        Comparison.EQ, String.valueOf(room), Equality.WHOLE, false);
        return new Interest(
                NOBODY,
                new BindingIds(List.of(room)),
                EnumSet.allOf(Logged.Kind.class),
                Optional.empty(),
                List.of(new Interest.Local(0, "room", 23, filter)),
                List.of());
    }

    private static Logged change(String room) {
        var table =
                new Table(
                        1,
                        "public",
                        "t",
                        List.of(new Table.Column(1, "room", 23, true, true, true)),
                        List.of(),
                        "");
        var relation =
                new Relation(
                        1,
                        "public",
                        "t",
                        ReplicaIdentity.DEFAULT,
                        List.of(new Column("room", 23, -1, true)));
        var began = new TransactionBegan(new TransactionId(1), Instant.EPOCH, Lsn.NONE);
        var inserted =
                new Change.Inserted(
                        began, Lsn.NONE, relation, Row.of(List.of(new Cell.Text(room))));
        return Logged.of(inserted, table, Types.NONE, new int[] {0}).orElseThrow();
    }

    private static final Recipient NOBODY =
            new Recipient() {
                @Override
                public Caller callerIn(TransactionBegan transaction) {
                    return Caller.ofRole("anon");
                }

                @Override
                public void deliver(TransactionId transaction, Delivery delivery, BindingIds ids) {}
            };
}
