package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class AssemblerTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final Relation TABLE = table(7);

    private final Assembler assembler = new Assembler();
    private final List<StreamEvent> events = new ArrayList<>();

    @BeforeEach
    void opensAStream() {
        assembler.streamOpened();
        assembler.reference(new TransactionId(5L << 32 | 100));
    }

    @Test
    void handsATransactionOverAsItComes() {
        begin(100, 90);
        assertThat(events).containsExactly(began(100, 90));

        accept(0, TABLE);
        insert(50, "a");
        assertThat(events.getLast()).isEqualTo(inserted(began(100, 90), 50, "a"));

        commit(100);
        assertThat(events.getLast()).isEqualTo(new TransactionEnded(began(100, 90), new Lsn(108)));
    }

    @Test
    void makesOneEventOfEachTableThatIsTruncated() {
        begin(100, 90);
        accept(0, TABLE);
        accept(0, table(8));
        accept(60, new Message.Truncate(List.of(7L, 8L), true, false));

        assertThat(events)
                .endsWith(
                        new Change.Truncated(began(100, 90), new Lsn(60), TABLE, true, false),
                        new Change.Truncated(began(100, 90), new Lsn(60), table(8), true, false));
    }

    @Test
    void dropsTransactionsThatCameBefore() {
        transaction(100, "a");
        reopen();
        events.clear();

        transaction(100, "a");
        assertThat(events).containsExactly(TABLE);

        transaction(200, "b");
        assertThat(events).hasSize(5);
        assertThat(assembler.deliveredThrough()).isEqualTo(new Lsn(208));
    }

    @Test
    void goesOnWhereATransactionWasCutOff() {
        begin(100, 90);
        accept(0, TABLE);
        insert(50, "a");
        insert(50, "b");
        reopen();
        events.clear();

        begin(100, 90);
        accept(0, TABLE);
        insert(50, "a");
        insert(50, "b");
        insert(50, "c");
        insert(60, "d");
        commit(100);

        assertThat(events)
                .containsExactly(
                        TABLE,
                        inserted(began(100, 90), 50, "c"),
                        inserted(began(100, 90), 60, "d"),
                        new TransactionEnded(began(100, 90), new Lsn(108)));
    }

    @Test
    void remembersHowFarItWasWhenItIsCutOffTwice() {
        begin(100, 90);
        accept(0, TABLE);
        insert(50, "a");
        insert(60, "b");
        reopen();
        begin(100, 90);
        accept(0, TABLE);
        insert(50, "a");
        reopen();
        reopen();
        events.clear();

        begin(100, 90);
        accept(0, TABLE);
        insert(50, "a");
        insert(60, "b");
        insert(70, "c");

        assertThat(events).containsExactly(TABLE, inserted(began(100, 90), 70, "c"));
    }

    @Test
    void takesAnotherTransactionWhenTheOneThatWasCutOffDoesNotComeAgain() {
        begin(100, 90);
        reopen();
        events.clear();

        transaction(200, "b");

        assertThat(events).startsWith(began(200, 90)).hasSize(4);
    }

    @Test
    void isOutOfATransactionOnceItsPlaceHasPassed() {
        begin(100, 90);
        reopen();
        assembler.passed(new Lsn(100));
        assertThat(assembler.inTransaction()).isTrue();
        assembler.passed(new Lsn(101));
        assertThat(assembler.inTransaction()).isFalse();
    }

    @Test
    void leavesOutWhatLiesBeforeThePlaceItWasSentTo() {
        begin(100, 90);
        reopen();

        assertThat(assembler.skipTo(new Lsn(150))).isTrue();
        events.clear();
        transaction(100, "a");

        assertThat(events).containsExactly(TABLE);
    }

    @Test
    void usesTheLatestShapeOfATable() {
        var renamed =
                new Relation(
                        7,
                        "public",
                        "t",
                        ReplicaIdentity.DEFAULT,
                        List.of(new Column("other", 25, -1, true)));
        begin(100, 90);
        accept(0, TABLE);
        insert(50, "a");
        accept(0, renamed);
        insert(60, "b");

        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        Change.Inserted.class,
                        change -> assertThat(change.relation()).isEqualTo(renamed));
    }

    @Test
    void takesAnUntouchedValueFromTheWholeOldRow() {
        var old = new OldRow.Full(Row.of(List.of(new Cell.Text("before"))));
        var updated =
                new Change.Updated(
                        began(100, 90), new Lsn(50), TABLE, old, Row.of(List.of(Cell.UNCHANGED)));
        assertThat(updated.after(0)).isEqualTo(new Cell.Text("before"));
    }

    @Test
    void refusesAChangeOfATableThatWasNotDescribed() {
        begin(100, 90);
        assertThatThrownBy(() -> insert(50, "a")).isInstanceOf(DecodeException.class);
    }

    @Test
    void forgetsTheTablesOfTheLastStream() {
        transaction(100, "a");
        reopen();
        begin(200, 91);
        assertThatThrownBy(() -> insert(150, "a")).isInstanceOf(DecodeException.class);
    }

    @Test
    void refusesAChangeOutsideOfATransaction() {
        accept(0, TABLE);
        assertThatThrownBy(() -> insert(50, "a")).isInstanceOf(DecodeException.class);
    }

    @Test
    void refusesARowThatDoesNotFitItsTable() {
        begin(100, 90);
        accept(0, TABLE);
        assertThatThrownBy(
                        () ->
                                accept(
                                        50,
                                        new Message.Insert(
                                                7, Row.of(List.of(Cell.NULL, Cell.NULL)))))
                .isInstanceOf(DecodeException.class);
    }

    @Test
    void completesTheTransactionNumberAcrossAnEpoch() {
        assembler.reference(new TransactionId(6L << 32 | 2));
        begin(100, -3);
        assertThat(events.getLast())
                .isEqualTo(
                        new TransactionBegan(
                                new TransactionId((6L << 32) - 3), TIME, new Lsn(100)));
    }

    private void transaction(long commit, String value) {
        begin(commit, 90);
        accept(0, TABLE);
        insert(commit - 10, value);
        commit(commit);
    }

    private void begin(long commit, int xid) {
        accept(1, new Message.Begin(new Lsn(commit), TIME, xid));
    }

    private void insert(long position, String value) {
        accept(position, new Message.Insert(7, Row.of(List.of(new Cell.Text(value)))));
    }

    private void commit(long commit) {
        accept(commit, new Message.Commit(new Lsn(commit), new Lsn(commit + 8), TIME));
    }

    private void reopen() {
        assembler.streamOpened();
    }

    private void accept(long position, Message message) {
        assembler.accept(new Lsn(position), message, events::add);
    }

    private static TransactionBegan began(long commit, int xid) {
        return new TransactionBegan(new TransactionId(5L << 32 | xid), TIME, new Lsn(commit));
    }

    private static Change inserted(TransactionBegan transaction, long position, String value) {
        return new Change.Inserted(
                transaction, new Lsn(position), TABLE, Row.of(List.of(new Cell.Text(value))));
    }

    private static Relation table(long oid) {
        return new Relation(
                oid,
                "public",
                "t" + oid,
                ReplicaIdentity.DEFAULT,
                List.of(new Column("id", 25, -1, true)));
    }
}
