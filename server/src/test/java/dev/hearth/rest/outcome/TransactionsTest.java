package dev.hearth.rest.outcome;

import static dev.hearth.rest.outcome.Fixture.ANN;
import static dev.hearth.rest.outcome.Fixture.NOBODY;
import static dev.hearth.rest.outcome.Fixture.main;
import static dev.hearth.rest.outcome.Fixture.read;
import static dev.hearth.rest.outcome.Fixture.statement;
import static dev.hearth.rest.outcome.Fixture.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.exchange.Bytes;
import dev.hearth.rest.outcome.Outcome.KeyPart;
import dev.hearth.rest.outcome.Steps.Checks;
import dev.hearth.rest.outcome.Steps.Estimate;
import dev.hearth.rest.request.Preferences.Count;
import dev.hearth.rest.sql.Statement;
import dev.hearth.rest.sql.Statement.Parameter;
import dev.hearth.testing.WireTap.Said;
import dev.hearth.token.Caller;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

@Tag("all-postgres")
class TransactionsTest {

    private static final String WHO =
            "select current_user::text as who, current_setting('request.jwt.claims')::json ->>"
                    + " 'sub' as sub, id from notes where id = ?";
    private static final Checks SINGULAR = new Checks(true, OptionalLong.empty(), false);

    @AutoClose private static Fixture fixture;

    @BeforeAll
    static void open() {
        fixture = new Fixture();
    }

    @Test
    void aReadIsOneRoundTripUnderTheCallerEveryTime() {
        for (int round = 0; round < 12; round++) {
            fixture.tap.reset();
            assertThat(fixture.body(read(ANN, main(WHO, "1"))))
                    .isEqualTo("[{\"who\":\"authenticated\",\"sub\":\"ann\",\"id\":1}]");
            assertThat(fixture.tap.count(Said.SYNC)).as("round %d", round).isEqualTo(1);
            // Once for its types, once to stay prepared.
            assertThat(fixture.tap.count(Said.PARSE) == 0 || round < 2).isTrue();
        }
    }

    @Test
    void aReadIsPlannedApartForEveryRole() {
        fixture.database.execute("grant select on public.notes to service_role");
        var service = dev.hearth.token.Caller.ofRole("service_role");
        for (int round = 0; round < 10; round++) {
            assertThat(fixture.rows(read(ANN, main("select id from notes"))).found().page())
                    .isEqualTo(2);
            assertThat(fixture.rows(read(service, main("select id from notes"))).found().page())
                    .isGreaterThan(2);
        }
    }

    @Test
    void aWriteThatNobodyJudgesIsOneRoundTrip() {
        var update =
                main("update notes set text = ? where id = ? returning id, current_user", "I", "1");
        for (int round = 0; round < 10; round++) {
            fixture.tap.reset();
            assertThat(fixture.body(write(ANN, update)))
                    .isEqualTo("[{\"id\":1,\"current_user\":\"authenticated\"}]");
            assertThat(fixture.tap.count(Said.SYNC)).isEqualTo(1);
        }
        assertThat(fixture.database.ask("select text from notes where id = 1")).isEqualTo("I");
    }

    @Test
    void aWriteThatIsJudgedIsTwoRoundTripsAndStaysPrepared() {
        var update = main("update notes set text = ? where id = ? returning id", "III", "3");
        var judged = write(ANN, update).with(SINGULAR);
        fixture.rows(judged);
        fixture.rows(judged);
        for (int round = 0; round < 10; round++) {
            fixture.tap.reset();
            assertThat(fixture.rows(judged).found().page()).isEqualTo(1);
            assertThat(fixture.tap.count(Said.SYNC)).isEqualTo(2);
            assertThat(fixture.tap.count(Said.PARSE)).isZero();
        }
        assertThat(fixture.database.ask("select text from notes where id = 3")).isEqualTo("III");
    }

    @Test
    void aWriteOfTooManyRowsIsNotKept() {
        var update = main("update notes set text = ? returning id", "lost");
        assertThat(fixture.problem(write(ANN, update).with(SINGULAR)))
                .isEqualTo(OutcomeProblem.notSingular(2));
        assertThat(
                        fixture.problem(
                                write(ANN, update)
                                        .with(new Checks(false, OptionalLong.of(1), false))))
                .isEqualTo(OutcomeProblem.tooManyAffected(2));
        assertThat(
                        fixture.problem(
                                write(ANN, update)
                                        .with(new Checks(false, OptionalLong.empty(), true))))
                .isEqualTo(OutcomeProblem.anotherKey());
        assertThat(fixture.database.ask("select count(*) from notes where text = 'lost'"))
                .isEqualTo("0");
    }

    @Test
    void asManyRowsAsMayBeAffectedAreKept() {
        var update = main("update notes set owner = owner where owner = ? returning id", "ann");
        assertThat(
                        fixture.rows(
                                        write(ANN, update)
                                                .with(new Checks(false, OptionalLong.of(2), false)))
                                .found()
                                .page())
                .isEqualTo(2);
    }

    @Test
    void aReadOfOneRowIsJudgedInOneRoundTrip() {
        fixture.body(read(ANN, main(WHO, "1")).with(SINGULAR));
        fixture.tap.reset();
        assertThat(fixture.problem(read(ANN, main(WHO, "2")).with(SINGULAR)))
                .isEqualTo(OutcomeProblem.notSingular(0));
        assertThat(fixture.tap.count(Said.SYNC)).isEqualTo(1);
    }

    @Test
    void whatIsNotKeptIsTriedWithAllConstraints() {
        var orphan = main("insert into children values (?, ?) returning id", "1", "99");
        assertThat(fixture.problem(write(ANN, orphan).notKept()).code()).isEqualTo("23503");
        var fine = main("insert into parents values (?) returning id", "7");
        assertThat(fixture.body(write(ANN, fine).notKept())).isEqualTo("[{\"id\":7}]");
        assertThat(fixture.database.ask("select count(*) from parents")).isEqualTo("0");
    }

    @Test
    void aConstraintThatIsCheckedAtTheEndRefuses() {
        var orphan = main("insert into children values (?, ?) returning id", "1", "99");
        assertThat(fixture.problem(write(ANN, orphan)).status()).isEqualTo(409);
        assertThat(fixture.problem(write(ANN, orphan).with(SINGULAR)).status()).isEqualTo(409);
    }

    @Test
    void aWriteInAReadIsRefused() {
        var problem =
                fixture.problem(read(ANN, main("delete from notes where id = ? returning 1", "1")));
        assertThat(problem.code()).isEqualTo("25006");
        assertThat(problem.status()).isEqualTo(405);
    }

    @Test
    void thePlannerCountsWhereThatIsWanted() {
        fixture.database.execute(
                "create table public.many as select i as id from generate_series(1, 5000) i",
                "grant select on public.many to authenticated",
                "analyze public.many");
        var explain = statement("explain (format json) select 1 from many where id > ?", "0");
        var planned = read(ANN, main("select id from many limit 1"));
        OptionalLong noLimit = OptionalLong.empty();
        for (int round = 0; round < 3; round++) {
            fixture.tap.reset();
            assertThat(
                            fixture.rows(
                                            planned.with(
                                                    new Estimate(explain, Count.PLANNED, noLimit)))
                                    .found()
                                    .total())
                    .hasValue(5000);
            assertThat(fixture.tap.count(Said.SYNC)).isEqualTo(1);
        }
        assertThat(estimated(explain, 3, OptionalLong.of(10))).hasValue(3);
        assertThat(estimated(explain, 11, OptionalLong.of(10))).hasValue(5000);
        assertThat(estimated(explain, 9000, OptionalLong.of(10))).hasValue(9000);
        assertThat(estimated(explain, 3, noLimit)).hasValue(5000);
    }

    private static OptionalLong estimated(Statement explain, long counted, OptionalLong maxRows) {
        var main =
                statement(
                        "select %d::bigint as total_result_set, 1::bigint as page_total, '[]'::text"
                                        .formatted(counted)
                                + " as body");
        return fixture.rows(read(ANN, main).with(new Estimate(explain, Count.ESTIMATED, maxRows)))
                .found()
                .total();
    }

    @Test
    void aPlanIsLinesWithTheirEnds() {
        var text = read(ANN, statement("explain select 1 from notes where id = ?", "1"));
        var json = read(ANN, statement("explain (format json) select ?::int", "1"));

        assertThat(plan(text)).contains("notes").endsWith("\n").doesNotStartWith("[");
        assertThat(plan(json)).startsWith("[").endsWith("]\n");
    }

    private static String plan(TestTransaction transaction) {
        var outcome = (Outcome.Explained) fixture.transactions.run(transaction.explaining().get());
        return new String(outcome.text().array(), StandardCharsets.UTF_8);
    }

    @Test
    void theFunctionBeforeRunsAsTheCallerAndMayRefuse() {
        fixture.database.execute(
                """
                create function public.before() returns void language plpgsql as $$ begin
                    perform set_config('my.before', current_user || ' '
                        || current_setting('request.path'), true);
                    if current_setting('request.jwt.claims')::json ->> 'sub' is null then
                        raise sqlstate 'PT402' using message = 'Payment Required';
                    end if;
                end $$\
                """);
        var who = main("select current_setting('my.before') as b");
        String function = "\"public\".\"before\"";

        assertThat(fixture.body(read(ANN, who).after(function)))
                .isEqualTo("[{\"b\":\"authenticated /notes\"}]");
        assertThat(fixture.problem(read(NOBODY, who).after(function)).status()).isEqualTo(402);
    }

    @Test
    void whatSqlSetsForTheAnswerIsFound() {
        var found =
                fixture.rows(
                                read(
                                        ANN,
                                        main(
                                                "select set_config('response.headers', ?, true),"
                                                        + " set_config('response.status', ?, true)",
                                                "[{\"X-A\":\"1\"}]",
                                                "418")))
                        .found();
        assertThat(found.responseHeaders()).contains("[{\"X-A\":\"1\"}]");
        assertThat(found.responseStatus()).contains("418");
    }

    @Test
    void theAddressOfANewRowAndTheNumberOfNewRowsAreFound() {
        var rows =
                fixture.rows(
                        read(
                                ANN,
                                statement(
                                        "select '' as total_result_set, 1::bigint as page_total,"
                                            + " array['id=eq.4', 'name=eq.a,\"b\"\\c=d'] as header,"
                                            + " '' as body, 1::int as response_inserted")));
        assertThat(rows.location())
                .containsExactly(new KeyPart("id", "eq.4"), new KeyPart("name", "eq.a,\"b\"\\c=d"));
        assertThat(rows.inserted()).hasValue(1);
        assertThat(rows.found().total()).isEmpty();
    }

    @Test
    void theBodyOfTheRequestIsGivenAsItIs() {
        var insert =
                new Statement(
                        main("select ?::json ->> 'ä' as text, octet_length(?) as length").text(),
                        List.of(new Parameter.Body(), new Parameter.BodyBytes()));
        var body = new Bytes("{\"ä\":\"ö\"}".getBytes(StandardCharsets.UTF_8));
        for (int round = 0; round < 4; round++) {
            assertThat(fixture.body(read(ANN, insert).with(body)))
                    .isEqualTo("[{\"text\":\"ö\",\"length\":11}]");
        }
    }

    @Test
    void aColumnThatChangesItsTypeIsReadOnAtOnce() {
        fixture.database.execute(
                "create table public.turning (v int)",
                "insert into public.turning values (1)",
                "grant select on public.turning to authenticated");
        var select = read(ANN, main("select v from turning where v = ?", "1"));
        fixture.body(select);
        fixture.body(select);
        fixture.database.execute("alter table public.turning alter v type text");
        for (int round = 0; round < 3; round++) {
            assertThat(fixture.body(select)).isEqualTo("[{\"v\":\"1\"}]");
        }
    }

    @Test
    void aTransactionThatOthersGetInTheWayOfIsTriedAgain() {
        fixture.database.execute(
                """
                create sequence public.tries;
                grant usage on sequence public.tries to authenticated;
                create function public.third_time() returns text language plpgsql as $$ begin
                    if nextval('public.tries') < 3 then
                        raise sqlstate '40001' using message = 'could not serialize';
                    end if;
                    return 'done';
                end $$;
                create function public.never() returns text language plpgsql as $$ begin
                    perform nextval('public.tries');
                    raise sqlstate '40001' using message = 'could not serialize';
                end $$;
                """);
        assertThat(fixture.body(write(ANN, main("select third_time() as t"))))
                .isEqualTo("[{\"t\":\"done\"}]");
        fixture.database.execute("alter sequence public.tries restart");
        assertThat(fixture.problem(write(ANN, main("select never() as t"))).status())
                .isEqualTo(500);
        assertThat(fixture.database.ask("select last_value from public.tries"))
                .isEqualTo(String.valueOf(Transactions.SERIALIZATION_ATTEMPTS));
    }

    @Test
    void aRoleCannotEndItsComment() {
        assertThat(Commands.mark("anon")).isEqualTo("/*anon*/");
        assertThat(Commands.mark("a*/ ?")).isEqualTo("/*0x612a2f203f*/");
        assertThat(
                        fixture.problem(
                                        read(
                                                dev.hearth.token.Caller.ofRole("a*/; drop"),
                                                main("select 1")))
                                .status())
                .isEqualTo(401);
    }

    @Test
    void theIsolationThatTheRoleAsksForIsApplied() throws Exception {
        fixture.database.execute(
                "alter role service_role set default_transaction_isolation = 'serializable'");
        try (var pools =
                dev.hearth.database.TappedPools.open(
                        fixture.database, fixture.database.url("authenticator"), 1)) {
            var rows =
                    (Outcome.Rows)
                            new Transactions(pools, "anon", 1, Duration.ofSeconds(1))
                                    .run(
                                            read(
                                                            Caller.ofRole("service_role"),
                                                            main(
                                                                    "select current_setting("
                                                                        + "'transaction_isolation')"
                                                                        + " as i"))
                                                    .get());
            assertThat(new String(rows.body().array(), StandardCharsets.UTF_8))
                    .isEqualTo("[{\"i\":\"serializable\"}]");
        } finally {
            fixture.database.execute("alter role service_role reset default_transaction_isolation");
        }
    }

    @Test
    void aPreRequestIsOptional() {
        assertThat(new Commands(read(ANN, main("select 1")).steps()).preRequest())
                .isEqualTo(Optional.empty());
    }
}
