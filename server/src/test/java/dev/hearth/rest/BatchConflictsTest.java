package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.rest.outcome.SharedTransaction;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Several requests in one transaction that others get in the way of, and its isolation.
class BatchConflictsTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        """
                        create table public.items (id int generated always as identity, name text);
                        create table public.judged (id int);
                        create sequence public.tries;
                        create function public.refused(state text, times int) returns int
                            language plpgsql as $$ begin
                                if nextval('tries') <= times then
                                    raise using errcode = state, message = 'others were first';
                                end if;
                                return 1;
                            end $$;
                        create function public.judge() returns trigger language plpgsql as $$ begin
                                perform public.refused('40001', new.id);
                                return null;
                            end $$;
                        create constraint trigger judge after insert on public.judged
                            deferrable initially deferred for each row
                            execute function public.judge();
                        create function public.level() returns text language sql
                            as $$ select current_setting('transaction_isolation') $$;
                        create function public.strict() returns text language sql
                            set default_transaction_isolation = 'serializable'
                            as $$ select current_setting('transaction_isolation') $$;
                        create function public.repeatable() returns text language sql
                            set default_transaction_isolation = 'repeatable read'
                            as $$ select current_setting('transaction_isolation') $$;
                        create function public.settings() returns text language sql as $$
                            select current_setting('timezone') || ' '
                                || current_setting('statement_timeout') $$;
                        create function public.hurried() returns text language sql
                            set statement_timeout = '4321ms' as $$ select 'x' $$;
                        create table public.shapes (id int, a int);
                        insert into public.shapes values (1, 1);
                        grant all on all tables in schema public to anon;
                        grant all on all sequences in schema public to anon;
                        """);
    }

    private static void forgetTries() {
        api.database().execute("alter sequence public.tries restart");
    }

    private static String tries() {
        return api.database().ask("select last_value from public.tries");
    }

    private static long items(String name) {
        return api.get("/items?name=eq." + name).ask().json().size();
    }

    private static TestApi.Reply withRefusals(String name, String state, int times) {
        forgetTries();
        return api.batch(
                        """
                        [{"method": "POST", "path": "/items", "body": {"name": "%s"}},
                         {"method": "POST", "path": "/rpc/refused",
                          "body": {"state": "%s", "times": %d}}]
                        """
                                .formatted(name, state, times))
                .ask();
    }

    @Test
    void isTriedAgainAsAWhole() {
        for (String state : new String[] {"40001", "40P01"}) {
            TestApi.Reply reply = withRefusals("again" + state, state, 3);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().findValuesAsText("status")).containsExactly("201", "200");
            assertThat(tries()).isEqualTo("4");
            assertThat(items("again" + state)).isEqualTo(1);
        }
    }

    @Test
    void isTriedAgainWhereItFailsAtTheEnd() {
        forgetTries();
        String batch =
                """
                [{"method": "POST", "path": "/items", "body": {"name": "end"}},
                 {"method": "POST", "path": "/judged", "body": {"id": %d}}]
                """;
        assertThat(api.batch(batch.formatted(2)).ask().status()).isEqualTo(200);
        assertThat(tries()).isEqualTo("3");
        assertThat(items("end")).isEqualTo(1);

        TestApi.Reply never = api.batch(batch.formatted(1000)).ask();
        assertThat(never.refusal()).isEqualTo("500 40001");
        assertThat(never.json().path("at").asText()).isEqualTo("commit");
    }

    @Test
    void isNotTriedForEver() {
        TestApi.Reply reply = withRefusals("never", "40001", 1000);
        assertThat(reply.refusal()).isEqualTo("500 40001");
        assertThat(reply.json().path("index").intValue()).isEqualTo(1);
        assertThat(tries()).isEqualTo(Integer.toString(SharedTransaction.ATTEMPTS));
        assertThat(items("never")).isZero();
    }

    @Test
    void isNotTriedAgainForOtherReasons() {
        assertThat(withRefusals("other", "40003", 1).refusal()).isEqualTo("500 40003");
        assertThat(tries()).isEqualTo("1");
    }

    @Test
    void hasTheStrictestIsolationThatAFunctionAsksFor() {
        assertThat(bodies("[{\"path\":\"/rpc/level\"}]")).isEqualTo("[read committed]");
        assertThat(bodies("[{\"path\":\"/rpc/level\"},{\"path\":\"/rpc/repeatable\"}]"))
                .isEqualTo("[repeatable read, repeatable read]");
        assertThat(
                        bodies(
                                """
                                [{"path": "/rpc/level"},
                                 {"method": "POST", "path": "/rpc/repeatable"},
                                 {"path": "/rest/v1/rpc/%73trict?select="}]
                                """))
                .isEqualTo("[serializable, serializable, serializable]");
    }

    private static String bodies(String batch) {
        return api.batch(batch).ask().json().findValuesAsText("body").toString();
    }

    @Test
    void leavesNoSettingOfOneOperationToTheNext() {
        String alone = bodies("[{\"path\":\"/rpc/settings\"}]");
        JsonNode answers =
                api.batch(
                                """
                                [{"path": "/rpc/settings", "prefer": "timezone=Asia/Tokyo"},
                                 {"method": "POST", "path": "/rpc/hurried"},
                                 {"path": "/rpc/settings"}]
                                """)
                        .ask()
                        .json();
        assertThat(answers.at("/0/body").asText()).startsWith("Asia/Tokyo ");
        assertThat("[" + answers.at("/2/body").asText() + "]").isEqualTo(alone);
    }

    @Test
    void outlivesAChangeOfTheTablesThatItHasReadBefore() {
        String batch = "[{\"path\":\"/shapes?a=eq.1\"},{\"path\":\"/shapes?select=a\"}]";
        for (int untilPrepared = 0; untilPrepared < 8; untilPrepared++) {
            assertThat(api.batch(batch).ask().status()).isEqualTo(200);
        }
        api.database().execute("alter table public.shapes alter column a type text using a::text");
        assertThat(api.batch(batch).ask().json().at("/1/body").toString())
                .isEqualTo("[{\"a\":\"1\"}]");
    }
}
