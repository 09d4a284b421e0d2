package dev.hearth.rest.outcome;

import static dev.hearth.rest.outcome.Fixture.ANN;
import static dev.hearth.rest.outcome.Fixture.NOBODY;
import static dev.hearth.rest.outcome.Fixture.main;
import static dev.hearth.rest.outcome.Fixture.read;
import static dev.hearth.rest.outcome.Fixture.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.problem.Problem;
import dev.hearth.token.Caller;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Errors as the database really makes them.
@Tag("all-postgres")
class DatabaseErrorsTest {

    @AutoClose private static Fixture fixture;

    @BeforeAll
    static void open() {
        fixture = new Fixture();
        fixture.database.execute(
                """
                create function public.raised(state text, message text, detail text, hint text)
                returns int language plpgsql as $$ begin
                    raise using errcode = state, message = message, detail = detail,
                        hint = hint;
                end $$;
                create function public.raised(state text, message text) returns int
                language plpgsql as $$ begin
                    raise using errcode = state, message = message;
                end $$;
                create function public.nothing() returns int language sql volatile as
                    'select 1';
                create function public.endless(n int) returns int language plpgsql as $$ begin
                    return public.endless(n + 1);
                end $$;
                create table public.circular (id int);
                alter table public.circular enable row level security;
                create policy round on public.circular using
                    (exists (select from public.circular));
                grant select on public.circular to authenticated;
                """);
    }

    @AfterEach
    void theConnectionIsWell() {
        for (int round = 0; round < 3; round++) {
            assertThat(fixture.body(read(ANN, main("select current_user::text as u"))))
                    .isEqualTo("[{\"u\":\"authenticated\"}]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into children values (1, null, -1) returning id | 23514 | 400",
                "insert into notes values (1, 'ann', 'again') returning id | 23505 | 409",
                "insert into notes values (9, 'ann', null) returning id | 23502 | 400",
                "insert into notes values (9, 'bob', 'his') returning id | 42501 | 403",
                "select * from secrets | 42501 | 403",
                "select * from unheard_of | 42P01 | 404",
                "select unheard_of from notes | 42703 | 400",
                "select unheard_of(1) | 42883 | 404",
                "select id from notes where id = 'x' | 22P02 | 400",
                "select 1 / 0 as a | 22012 | 400",
                "select (select id from generate_series(1, 2) id) as a | 21000 | 500",
                "select * from circular | 42P17 | 500",
                "select endless(1) | 54001 | 500",
                "select set_config('statement_timeout', 'soon', true) | 22023 | 400",
                "select xmlagg(1) | 42883 | 406",
                "insert into notes values (9, 'ann', 'x') on conflict (text) do nothing returning"
                        + " id | 42P10 | 400",
            })
    void anErrorOfTheDatabaseHasItsStatus(String query, String state, int status) {
        // The second time the statement's types may be known.
        for (int round = 0; round < 2; round++) {
            Problem problem = fixture.problem(write(ANN, main(query)));
            assertThat(problem.code()).isEqualTo(state);
            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.message()).isNotEmpty();
        }
    }

    @Test
    void anErrorTellsDetailAndHint() {
        Problem problem =
                fixture.problem(
                        read(
                                ANN,
                                main(
                                        "select raised(?, ?, ?, ?)",
                                        "23505",
                                        "a message",
                                        "a detail",
                                        "a hint")));
        assertThat(problem.message()).isEqualTo("a message");
        assertThat(problem.details()).contains("a detail");
        assertThat(problem.hint()).contains("a hint");
        assertThat(problem.headers()).isEmpty();
    }

    @Test
    void whoHasNotSaidWhoTheyAreIsAskedTo() {
        Problem problem = fixture.problem(read(NOBODY, main("select * from secrets")));
        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.headers()).containsEntry("WWW-Authenticate", "Bearer");
    }

    @Test
    void aRoleThatIsNotThereIsNotLetIn() {
        Problem problem =
                fixture.problem(read(Caller.ofRole("nobody_such"), main("select 1 as a")));
        assertThat(problem.code()).isEqualTo("22023");
        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.headers()).containsEntry("WWW-Authenticate", "Bearer");
    }

    @Test
    void aRoleThatIsNotGrantedIsForbidden() {
        assertThat(fixture.problem(read(Caller.ofRole("postgres"), main("select 1 as a"))).status())
                .isEqualTo(403);
    }

    @Test
    void aStatementThatTakesTooLongIsStoppedByTheRolesTimeout() {
        Problem problem = fixture.problem(read(NOBODY, main("select pg_sleep(30)")));
        assertThat(problem.code()).isEqualTo("57014");
        assertThat(problem.status()).isEqualTo(500);
    }

    @Test
    void sqlChoosesTheStatusByItsState() {
        var problem =
                (DatabaseProblem)
                        fixture.problem(
                                read(ANN, main("select raised('PT402', 'Payment Required')")));
        assertThat(problem.status()).isEqualTo(402);
        assertThat(problem.reason()).contains("Payment Required");
        assertThat(problem.code()).isEqualTo("PT402");
    }

    @Test
    void sqlWritesTheWholeRefusal() {
        var problem =
                (DatabaseProblem)
                        raise(
                                "{\"code\":\"123\",\"message\":\"ABC\",\"details\":\"DEF\","
                                        + "\"hint\":\"XYZ\"}",
                                "{\"status\":332,\"status_text\":\"Mine\","
                                        + "\"headers\":{\"X-Header\":\"str\"}}");
        assertThat(problem.status()).isEqualTo(332);
        assertThat(problem.reason()).contains("Mine");
        assertThat(problem.code()).isEqualTo("123");
        assertThat(problem.message()).isEqualTo("ABC");
        assertThat(problem.details()).contains("DEF");
        assertThat(problem.hint()).contains("XYZ");
        assertThat(problem.headers()).containsExactly(java.util.Map.entry("X-Header", "str"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "INVALID",
                "{\"code\":\"1\"}",
                "{\"message\":\"1\"}",
                "{\"code\":1,\"message\":\"1\"}",
                "{\"code\":\"1\",\"message\":\"1\",\"hint\":2}",
                "[]",
                "{\"code\":\"1\",\"message\":\"1\"} x"
            })
    void aMessageThatCannotBeReadIsTold(String message) {
        assertThat(raise(message, "{\"status\":400,\"headers\":{}}"))
                .isEqualTo(OutcomeProblem.unreadableMessage(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "INVALID",
                "{\"status\":400}",
                "{\"headers\":{}}",
                "{\"status\":\"400\",\"headers\":{}}",
                "{\"status\":400,\"headers\":{\"a\":1}}",
                "{\"status\":400,\"headers\":{},\"status_text\":1}"
            })
    void aDetailThatCannotBeReadIsTold(String detail) {
        Problem problem = raise("{\"code\":\"1\",\"message\":\"1\"}", detail);
        assertThat(problem.code()).isEqualTo("PGRST121");
        assertThat(problem.details()).contains("Invalid JSON value for DETAIL: '" + detail + "'");
    }

    @Test
    void aMissingDetailIsTold() {
        Problem problem =
                fixture.problem(
                        read(
                                ANN,
                                main(
                                        "select raised('PGRST', ?)",
                                        "{\"code\":\"1\",\"message\":\"1\"}")));
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.details()).contains("DETAIL is missing in the RAISE statement");
    }

    private static Problem raise(String message, String detail) {
        return fixture.problem(
                read(ANN, main("select raised('PGRST', ?, ?, 'none')", message, detail)));
    }

    @Test
    void aConnectionThatTheDatabaseEndsIsToldAndReplaced() {
        fixture.database.execute(
                """
                create or replace function public.die() returns int language sql security definer
                    as 'select pg_terminate_backend(pg_backend_pid())::int'\
                """);
        Problem problem = fixture.problem(write(ANN, main("select die() as d")));
        assertThat(problem.status()).isEqualTo(503);
        // What the server says last may be lost with the connection.
        assertThat(problem.code()).isIn("57P01", "PGRST001");
        assertThat(fixture.body(read(ANN, main("select 1 as a")))).isEqualTo("[{\"a\":1}]");
    }
}
