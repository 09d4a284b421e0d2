package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatementTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index concurrently i on t (a)",
                "-- why\nCREATE UNIQUE INDEX\nCONCURRENTLY i on t (a)",
                "drop index concurrently i",
                "reindex table concurrently t",
                "alter table t detach partition p concurrently",
                "vacuum analyze t",
                "create database d",
                "alter system set work_mem = '1MB'"
            })
    void knowsWhatRefusesATransaction(String text) {
        assertThat(statement(text).runsOutsideTransaction()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index i on t (a)",
                "refresh materialized view concurrently v",
                "create table vacuums (a int)",
                "comment on table t is 'create index concurrently'",
                "alter type mood add value 'happy'"
            })
    void leavesTheRestInOne(String text) {
        assertThat(statement(text).runsOutsideTransaction()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy t from stdin", "COPY public.t (a) FROM '/tmp/x'", "-- c\ncopy t"})
    void knowsCopy(String text) {
        assertThat(statement(text).isCopy()).isTrue();
    }

    private static SqlStatement statement(String text) {
        return StatementSplitter.split(text).getFirst();
    }
}
