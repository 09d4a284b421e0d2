package dev.hearth.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;

@Tag("all-postgres")
class ChangesFromTheLogTest {
    @Test
    void handsOverWhatWasCommittedInItsOrder() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.execute(
                    "insert into t values (1, 'a')",
                    "update t set v = 'b'",
                    "delete from t",
                    "truncate t");
            followed.marker(2);

            assertThat(followed.heard.changes())
                    .extracting(change -> change.getClass().getSimpleName())
                    .containsExactly("Inserted", "Updated", "Deleted", "Truncated", "Inserted");
        }
    }

    @Test
    void handsOverATransactionBetweenItsBeginAndItsEnd() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.execute("insert into t values (1, 'a'), (2, 'b')");
            Followed.await().until(() -> followed.heard.replicationEnded());

            assertThat(followed.heard.stream)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("TransactionBegan", "Relation", "TransactionEnded");
            assertThat(followed.heard.inserted()).containsExactly("1", "2");
        }
    }

    @Test
    void tellsNumberTimeAndPositionOfTheTransaction() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            Lsn before = followed.logEnd();
            String xid =
                    followed.database.ask(
                            """
                            with inserted as (insert into t values (1, 'a') returning 1)
                            select pg_current_xact_id() from inserted
                            """);
            followed.untilInserted("1");

            TransactionBegan transaction = followed.heard.changes().getFirst().transaction();
            assertThat(transaction.xid()).hasToString(xid);
            assertThat(transaction.commitTime())
                    .isCloseTo(
                            Instant.now(),
                            new org.assertj.core.data.TemporalUnitWithinOffset(
                                    30, java.time.temporal.ChronoUnit.SECONDS));
            assertThat(transaction.commitLsn()).isGreaterThan(before).isLessThan(followed.logEnd());
        }
    }

    @Test
    void tellsOneNumberForATransactionWithSavepoints() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.execute(
                    """
                    do $$ begin
                        insert into t values (1, 'a');
                        begin insert into t values (2, 'b'); exception when others then null; end;
                        begin
                            insert into t values (3, 'c'); perform 1 / 0;
                        exception when others then null; end;
                    end $$
                    """);
            followed.marker(4);

            assertThat(followed.heard.inserted()).containsExactly("1", "2", "4");
            assertThat(followed.heard.changes().subList(0, 2))
                    .extracting(Change::transaction)
                    .containsOnly(followed.heard.changes().getFirst().transaction());
        }
    }

    @Test
    void leavesOutWhatWasRolledBack() throws Exception {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE);
                var connection = followed.database.connect(TestPostgres.SUPERUSER);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("insert into t values (1, 'a')");
            connection.rollback();
            followed.marker(2);

            assertThat(followed.heard.inserted()).containsExactly("2");
        }
    }

    @Test
    void keepsWhatKindOfOldRowTheLogHolds() {
        try (var followed =
                Followed.start(
                        Followed.PUBLISHED_TABLE,
                        "create table f (id int primary key, v text)",
                        "alter table f replica identity full",
                        "alter publication supabase_realtime add table f",
                        "insert into t values (1, 'a')",
                        "insert into f values (1, 'a')")) {
            followed.execute(
                    "update t set v = 'b'",
                    "update t set id = 2",
                    "update f set v = 'b'",
                    "delete from t",
                    "delete from f");
            followed.marker(3);

            List<String> olds = followed.heard.changes().stream().map(this::old).toList();
            assertThat(olds)
                    .containsExactly(
                            "none",
                            "key [1, <null>]",
                            "full [1, a]",
                            "key [2, <null>]",
                            "full [1, b]",
                            "-");
        }
    }

    private String old(Change change) {
        return switch (change) {
            case Change.Updated updated -> old(updated.old());
            case Change.Deleted deleted -> old(deleted.old());
            case Change.Inserted _, Change.Truncated _ -> "-";
        };
    }

    private String old(OldRow old) {
        return switch (old) {
            case OldRow.None _ -> "none";
            case OldRow.Key(Row row) -> "key " + row.stream().map(Recorder::text).toList();
            case OldRow.Full(Row row) -> "full " + row.stream().map(Recorder::text).toList();
        };
    }

    @Test
    void tellsAnUntouchedToastedValueFromANull() {
        try (var followed =
                Followed.start(
                        Followed.PUBLISHED_TABLE,
                        "alter table t add n text, alter v set storage external",
                        "insert into t values (1, repeat('x', 10000), 'n')")) {
            followed.execute("update t set n = null");
            followed.marker(2);

            var updated = (Change.Updated) followed.heard.changes().getFirst();
            assertThat(updated.row().stream().map(Recorder::text))
                    .containsExactly("1", "<unchanged>", "<null>");
        }
    }

    @Test
    void findsAnUntouchedToastedValueInAFullOldRow() {
        try (var followed =
                Followed.start(
                        Followed.PUBLISHED_TABLE,
                        "alter table t add n text, alter v set storage external",
                        "alter table t replica identity full",
                        "insert into t values (1, repeat('x', 10000), 'n')")) {
            followed.execute("update t set n = null");
            followed.marker(2);

            var updated = (Change.Updated) followed.heard.changes().getFirst();
            assertThat(Recorder.text(updated.after(1))).hasSize(10_000);
        }
    }

    @Test
    void describesATableByItsPublishedColumns() {
        try (var followed =
                Followed.start(
                        Followed.PUBLISHED_TABLE,
                        "create domain short as varchar(5)",
                        "create table c (id int primary key, hidden text, w varchar(7), d short)",
                        "alter publication supabase_realtime add table c (id, w, d)")) {
            followed.execute("insert into c values (1, 'h', 'w', 'd')");
            followed.marker(2);

            Relation relation = followed.heard.changes().getFirst().relation();
            assertThat(relation.schema()).isEqualTo("public");
            assertThat(relation.name()).isEqualTo("c");
            assertThat(relation.columns().get(0)).isEqualTo(new Column("id", 23, -1, true));
            assertThat(relation.columns().get(1)).isEqualTo(new Column("w", 1043, 11, false));
            assertThat(relation.columns().get(2).typeOid())
                    .hasToString(followed.database.ask("select 'short'::regtype::oid"));
        }
    }

    @Test
    void namesTheRootOfAPartitionedTable() {
        try (var followed =
                Followed.start(
                        Followed.PUBLISHED_TABLE,
                        "create table p (id int primary key) partition by range (id)",
                        "create table p1 partition of p for values from (0) to (10)",
                        "create table p2 partition of p for values from (10) to (20)",
                        "alter publication supabase_realtime add table p")) {
            followed.execute("insert into p values (1)", "update p set id = 11");
            followed.marker(2);

            assertThat(followed.heard.changes().subList(0, 3))
                    .allMatch(change -> change.relation().name().equals("p"))
                    .extracting(change -> change.getClass().getSimpleName())
                    .containsExactly("Inserted", "Deleted", "Inserted");
        }
    }

    @Test
    void truncatesEachTableThatTheStatementReached() {
        try (var followed =
                Followed.start(
                        Followed.PUBLISHED_TABLE,
                        "create table u (id int references t)",
                        "alter publication supabase_realtime add table u")) {
            followed.execute("truncate t restart identity cascade");
            followed.marker(2);

            assertThat(followed.heard.changes().subList(0, 2))
                    .allMatch(
                            change ->
                                    change instanceof Change.Truncated truncated
                                            && truncated.cascade()
                                            && truncated.restartIdentity())
                    .extracting(change -> change.relation().name())
                    .containsExactlyInAnyOrder("t", "u");
        }
    }

    @Test
    void followsTablesIntoAndOutOfThePublication() {
        try (var followed =
                Followed.start(
                        Followed.PUBLISHED_TABLE, "create table later (id int primary key)")) {
            followed.execute(
                    "insert into later values (1)",
                    "alter publication supabase_realtime add table later",
                    "insert into later values (2)",
                    "alter publication supabase_realtime drop table later",
                    "insert into later values (3)");
            followed.marker(9);

            assertThat(followed.heard.inserted()).containsExactly("2", "9");
            assertThat(followed.heard.gaps).isEmpty();
        }
    }

    @Test
    void followsColumnsIntoAndOutOfThePublication() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.execute(
                    "insert into t values (1, 'a')",
                    "alter publication supabase_realtime set table t (id)",
                    "insert into t values (2, 'b')",
                    "alter publication supabase_realtime set table t",
                    "insert into t values (3, 'c')");
            followed.untilInserted("3");

            assertThat(followed.heard.changes())
                    .extracting(change -> change.relation().columns().size())
                    .containsExactly(2, 1, 2);
        }
    }

    @Test
    void followsAColumnThatIsRenamedAndRetypedWithinATransaction() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.execute(
                    """
                    insert into t values (1, '10');
                    alter table t rename v to w;
                    insert into t values (2, '20');
                    alter table t alter w type int using w::int;
                    insert into t values (3, 30)
                    """);
            followed.untilInserted("3");

            assertThat(followed.heard.changes())
                    .extracting(change -> change.relation().columns().get(1))
                    .containsExactly(
                            new Column("v", 25, -1, false),
                            new Column("w", 25, -1, false),
                            new Column("w", 23, -1, false));
        }
    }

    @Test
    void rendersValuesTheSameWhateverTheDefaultsAre() {
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        try (var followed =
                Followed.start(
                        Followed.PUBLISHED_TABLE,
                        """
                        do $$ begin
                            execute format('alter database %I set timezone = %L',
                                current_database(), 'America/St_Johns');
                            execute format('alter database %I set datestyle = %L',
                                current_database(), 'German, DMY');
                            execute format('alter database %I set intervalstyle = %L',
                                current_database(), 'iso_8601');
                            execute format('alter database %I set bytea_output = %L',
                                current_database(), 'escape');
                            execute format('alter database %I set extra_float_digits = -5',
                                current_database());
                            execute format('alter database %I set statement_timeout = 1000',
                                current_database());
                        end $$
                        """,
                        """
                        create table z (id int primary key, at timestamptz, d date, i interval,
                            b bytea, f float8, m money);
                        alter publication supabase_realtime add table z
                        """)) {
            followed.execute(
                    """
                    insert into z values (1, '2026-01-02 03:04:05.5+00', '2026-01-02'::date,
                        interval '1 day 2 hours', '\\x0102ff', 0.1::float8 + 0.2::float8, 12.5)
                    """);
            followed.untilInserted("1");

            var inserted = (Change.Inserted) followed.heard.changes().getFirst();
            assertThat(inserted.row().stream().map(Recorder::text))
                    .containsExactly(
                            "1",
                            "2026-01-02 03:04:05.5+00",
                            "2026-01-02",
                            "1 day 02:00:00",
                            "\\x0102ff",
                            "0.30000000000000004",
                            "$12.50");
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void outlivesAListenerThatFails() {
        try (var followed = Followed.start(Followed.PUBLISHED_TABLE)) {
            followed.heard.fails.set(true);
            followed.execute("insert into t values (1, 'a')");
            Followed.await().until(() -> !followed.heard.gaps.isEmpty());
            followed.heard.fails.set(false);
            followed.marker(2);

            assertThat(followed.heard.events(ReplicationEvent.ListenerFailed.class)).hasSize(1);
        }
    }

    @Test
    void livesOnWhileAListenerHoldsItUp() {
        var settings = Followed.settings().withSenderTimeout(Duration.ofSeconds(2));
        try (var followed = Followed.start(settings, Followed.PUBLISHED_TABLE)) {
            followed.heard.gate.lock();
            try {
                followed.execute("insert into t values (1, 'a')");
                String started = senderStart(followed);
                Followed.await()
                        .during(Duration.ofSeconds(5))
                        .atMost(Duration.ofSeconds(8))
                        .until(() -> senderStart(followed).equals(started));
            } finally {
                followed.heard.gate.unlock();
            }
            followed.marker(2);
            assertThat(followed.heard.interruptions).isEmpty();
        }
    }

    private static String senderStart(Followed followed) {
        return followed.database.ask(
                "select coalesce(max(backend_start)::text, 'none') from pg_stat_replication r join"
                        + " pg_replication_slots s on s.active_pid = r.pid where slot_name = '"
                        + followed.slot()
                        + "'");
    }
}
