package dev.hearth.realtime.changes.interest;

import static org.assertj.core.api.Assertions.assertThat;

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

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class TableIndexTest {

    private static final Table TABLE =
            new Table(
                    1,
                    "public",
                    "t",
                    List.of(
                            new Table.Column(1, "id", 23, true, true, true),
                            new Table.Column(2, "room", 23, false, true, true)),
                    List.of(),
                    "");

    private final TableIndex index = new TableIndex();

    private static Interest interest(int id, LocalFilter... filters) {
        return new Interest(
                NOBODY,
                new BindingIds(List.of(id)),
                EnumSet.allOf(Logged.Kind.class),
                Optional.empty(),
                Arrays.stream(filters)
                        .map(filter -> new Interest.Local(1, "room", 23, filter))
                        .toList(),
                List.of());
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

    private static LocalFilter equal(String value) {
        return new LocalFilter.Compared(Comparison.EQ, value, Equality.WHOLE, false);
    }

    private static Logged inserted(Cell room) {
        var relation =
                new Relation(
                        1,
                        "public",
                        "t",
                        ReplicaIdentity.DEFAULT,
                        List.of(new Column("id", 23, -1, true), new Column("room", 23, -1, false)));
        var began = new TransactionBegan(new TransactionId(1), Instant.EPOCH, Lsn.NONE);
        var change =
                new Change.Inserted(
                        began, Lsn.NONE, relation, Row.of(List.of(new Cell.Text("1"), room)));
        return Logged.of(change, TABLE, Types.NONE, new int[] {0, 1}).orElseThrow();
    }

    private List<Integer> matching(Cell room) {
        return index.matching(inserted(room)).stream()
                .map(interest -> interest.ids().ids().getFirst())
                .sorted()
                .toList();
    }

    @Test
    void findsTheUnfilteredAndTheEqual() {
        index.enter(interest(1));
        index.enter(interest(2, equal("7")));
        index.enter(interest(3, equal("8")));
        assertThat(matching(new Cell.Text("7"))).containsExactly(1, 2);
    }

    @Test
    void findsEachValueOfAList() {
        index.enter(interest(1, new LocalFilter.OneOf(Set.of("7", "8"), false, false)));
        assertThat(matching(new Cell.Text("8"))).containsExactly(1);
        assertThat(matching(new Cell.Text("9"))).isEmpty();
    }

    @Test
    void scansWhatHasNoValueToLookUp() {
        index.enter(
                interest(1, new LocalFilter.Compared(Comparison.GT, "5", Equality.WHOLE, false)));
        assertThat(matching(new Cell.Text("7"))).containsExactly(1);
    }

    @Test
    void everyFilterOfAnInterestMustHold() {
        index.enter(
                interest(
                        1,
                        equal("7"),
                        new LocalFilter.Compared(Comparison.GT, "9", Equality.WHOLE, false)));
        assertThat(matching(new Cell.Text("7"))).isEmpty();
    }

    @Test
    void nullEqualsNothingAndUnchangedIsNotKnown() {
        index.enter(interest(1, equal("7")));
        index.enter(interest(2, new LocalFilter.IsNull(false)));
        assertThat(matching(Cell.NULL)).containsExactly(2);
        assertThat(matching(Cell.UNCHANGED)).isEmpty();
    }

    @Test
    void whatLeftIsNotFound() {
        Interest interest = interest(1, equal("7"));
        index.enter(interest);
        index.leave(interest);
        assertThat(matching(new Cell.Text("7"))).isEmpty();
        assertThat(index.isEmpty()).isTrue();
    }

    @Test
    void whatIsFoundDoesNotGrowWithTheOthers() {
        for (int i = 0; i < 100_000; i++) {
            index.enter(interest(i, equal(String.valueOf(i))));
        }
        assertThat(matching(new Cell.Text("77777"))).containsExactly(77_777);
    }
}
