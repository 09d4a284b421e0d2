package dev.hearth.rest.outcome;

import static dev.hearth.rest.outcome.Fixture.ANN;
import static dev.hearth.rest.outcome.Fixture.NOBODY;
import static dev.hearth.rest.outcome.Fixture.main;
import static dev.hearth.rest.outcome.Fixture.read;
import static dev.hearth.rest.outcome.Fixture.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a caller's SQL leaves behind on the connection that all of these tests share.
@Tag("all-postgres")
class LeftoversTest {

    private static final String STATE =
            "select current_user::text as who,"
                    + " current_setting('transaction_isolation') as level,"
                    + " current_setting('transaction_read_only') as closed,"
                    + " current_setting('transaction_deferrable') as waits,"
                    + " current_setting('request.jwt.claims')::json ->> 'sub' as sub,"
                    + " current_setting('search_path') as path,"
                    + " nullif(current_setting('my.trace', true), '') as trace,"
                    + " current_setting('statement_timeout') as timeout,"
                    + " current_setting('TimeZone') = ? as zone";

    @AutoClose private static Fixture fixture;
    private static String zone = "";

    @BeforeAll
    static void open() {
        fixture = new Fixture();
        zone = fixture.database.ask("select current_setting('TimeZone')");
        fixture.database.execute(
                """
                create function public.traces() returns int language plpgsql as $$ begin
                    perform set_config('my.trace', 'left', false);
                    perform set_config('request.jwt.claims', '{"sub":"leak"}', false);
                    perform set_config('search_path', 'pg_catalog', false);
                    perform set_config('statement_timeout', '7s', false);
                    perform set_config('TimeZone', 'Asia/Tokyo', false);
                    perform set_config('default_transaction_isolation', 'serializable', false);
                    perform set_config('default_transaction_read_only', 'on', false);
                    perform set_config('default_transaction_deferrable', 'on', false);
                    perform set_config('role', 'service_role', false);
                    return 1;
                end $$;
                create function public.failing_traces() returns int language plpgsql as $$ begin
                    perform public.traces();
                    raise 'failed';
                end $$;
                create function public.run(statement text) returns int language plpgsql as $$ begin
                    execute statement;
                    return 1;
                end $$;
                grant temporary on database %s to authenticated;
                """
                        .formatted(fixture.database.name()));
    }

    /// The next callers find nothing of the one before, each as often as the driver may change its
    /// mind on how to send.
    @AfterEach
    void nothingOfTheCallerIsLeft() {
        for (int round = 0; round < 10; round++) {
            assertThat(fixture.body(read(NOBODY, main(STATE, zone))))
                    .isEqualTo(state("anon", "on", "null", "3s"));
            assertThat(fixture.body(write(ANN, main(STATE, zone))))
                    .isEqualTo(state("authenticated", "off", "\"ann\"", "8s"));
        }
    }

    private static String state(String who, String closed, String sub, String timeout) {
        return """
        [{"who":"%s","level":"read committed","closed":"%s","waits":"off","sub":%s,"path":"\\"public\\", \\"extensions\\"","trace":null,\
        "timeout":"%s","zone":true}]\
        """
                .formatted(who, closed, sub, timeout);
    }

    @Test
    void settingsForTheSessionAreTakenBack() {
        fixture.body(write(ANN, main("select traces() as t")));
    }

    @Test
    void settingsForTheSessionOfAReadAreTakenBack() {
        fixture.body(read(ANN, main("select traces() as t")));
    }

    @Test
    void settingsForTheSessionOfAnErrorAreTakenBack() {
        fixture.body(write(ANN, main("select traces() as t")));
        assertThat(fixture.problem(write(ANN, main("select failing_traces() as t"))).code())
                .isEqualTo("P0001");
    }

    @Test
    void settingsForTheSessionOfAJudgedWriteAreTakenBack() {
        var checks = new Steps.Checks(true, java.util.OptionalLong.empty(), false);
        fixture.body(write(ANN, main("select traces() as t")).with(checks));
        assertThat(
                        fixture.problem(
                                        write(
                                                        ANN,
                                                        main(
                                                                "select traces() as t from"
                                                                        + " generate_series(1, 2)"))
                                                .with(checks))
                                .code())
                .isEqualTo("PGRST116");
    }

    @Test
    void statementsThatACallerDropsAreMadeAnew() {
        fixture.body(read(ANN, main(STATE, zone)));
        fixture.body(write(ANN, main("select run('deallocate all') as r")));
    }

    @Test
    void aTemporaryTableStaysAndIsNotFoundBeforeATable() {
        fixture.body(
                write(
                        ANN,
                        main(
                                "select run('create temporary table notes as select 66 as id')"
                                        + " as r")));
        assertThat(fixture.body(read(ANN, main("select id from public.notes where id = 66"))))
                .isEqualTo("[]");
        fixture.body(write(ANN, main("select run('drop table pg_temp.notes') as r")));
    }

    @Test
    void aTimeoutLeavesNothing() {
        assertThat(fixture.problem(write(NOBODY, main("select pg_sleep(10)"))).code())
                .isEqualTo("57014");
    }

    @Test
    void aCancelLeavesNothing() throws Exception {
        var running =
                java.util.concurrent.CompletableFuture.supplyAsync(
                        () ->
                                fixture.problem(
                                        write(ANN, main("select pg_sleep(60) as cancel_me"))));
        org.awaitility.Awaitility.await()
                .until(
                        () ->
                                fixture.database
                                        .ask(
                                                "select count(pg_cancel_backend(pid)) from"
                                                    + " pg_stat_activity where state = 'active' and"
                                                    + " wait_event = 'PgSleep'")
                                        .equals("1"));
        assertThat(running.join().code()).isEqualTo("57014");
    }

    /// Upstream does no other: who takes a lock for the session lets go of it, or keeps it until
    /// the connection ends.
    @Test
    void anAdvisoryLockForTheSessionStaysWithTheConnection() {
        String held =
                "select count(*) from pg_locks where locktype = 'advisory' and objid = 4711 and"
                        + " database = (select oid from pg_database where datname ="
                        + " current_database())";
        fixture.body(write(ANN, main("select pg_advisory_lock(4711)")));
        assertThat(fixture.database.ask(held)).isEqualTo("1");
        assertThat(fixture.body(write(NOBODY, main("select pg_advisory_unlock(4711) as free"))))
                .isEqualTo("[{\"free\":true}]");
        assertThat(fixture.database.ask(held)).isEqualTo("0");
    }

    @Test
    void listeningDoesNotSpeakToTheNextCaller() {
        fixture.body(write(ANN, main("select run('listen everything') as r")));
        fixture.database.execute("notify everything, 'secret'");
    }
}
