package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Errors that SQL raises, and the statuses that they are answered with.
@Tag("all-postgres")
class RaisedErrorsTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        """
                        create function public.fail(
                            state text, message text default 'no', detail text default '',
                            hint text default ''
                        ) returns void language plpgsql as $$
                        begin
                            raise exception using
                                errcode = state, message = message, detail = detail, hint = hint;
                        end $$;
                        create function public.refuse(message text, detail text) returns void
                            language plpgsql as $$
                        begin
                            raise sqlstate 'PGRST' using message = message, detail = detail;
                        end $$;
                        create function public.refuse_briefly() returns void
                            language plpgsql as $$
                        begin
                            raise sqlstate 'PGRST' using message = '{"code":"a","message":"b"}';
                        end $$;
                        create function public.simply() returns void language plpgsql as $$
                        begin raise exception 'no %', 'way'; end $$;
                        create function public.assertion() returns void language plpgsql as $$
                        begin assert false, 'never'; end $$;
                        """);
    }

    private static TestApi.Reply refuse(String message, String detail) {
        return api.call("POST", "/rpc/refuse")
                .json(
                        "{\"message\":\"%s\",\"detail\":\"%s\"}"
                                .formatted(
                                        message.replace("'", "\\\""), detail.replace("'", "\\\"")))
                .ask();
    }

    @ParameterizedTest
    @CsvSource({
        "08006,503", "09000,500", "0L000,403", "0P000,403", "23503,409", "23505,409", "25000,500",
        "25006,405", "21000,500", "22023,400", "28000,403", "2D000,500", "38000,500", "39000,500",
        "3B000,500", "40P01,500", "53400,500", "53300,503", "54000,500", "55000,500", "57P01,503",
        "57014,500", "58000,500", "F0000,500", "HV000,500", "P0001,400", "P0002,500", "XX000,500",
        "42883,404", "42P01,404", "42P17,500", "42501,401", "22P02,400", "23502,400", "23514,400",
        "42703,400", "42P10,400", "99999,400", "PT402,402", "PT418,418", "PTABC,500"
    })
    void answersEveryStateWithItsStatus(String state, int status) {
        var reply = api.call("POST", "/rpc/fail").sends("{'state':'" + state + "'}").ask();

        assertThat(reply.said())
                .isEqualTo(
                        status + " {'code':'" + state + "','details':'','hint':'','message':'no'}");
        assertThat(reply.header("Proxy-Status")).contains("PostgREST; error=" + state);
        assertThat(reply.header("Retry-After").isPresent()).isEqualTo(status == 503);
        assertThat(reply.header("WWW-Authenticate").isPresent()).isEqualTo(status == 401);
    }

    @Test
    void refusesWhoeverIsKnownForGood() {
        assertThat(
                        api.call("POST", "/rpc/fail")
                                .sends("{'state':'42501'}")
                                .as("ann")
                                .ask()
                                .refusal())
                .isEqualTo("403 42501");
    }

    @Test
    void knowsSomeErrorsByTheirMessages() {
        assertThat(fail("21000", "PATCH requires a WHERE clause")).isEqualTo("400 21000");
        assertThat(fail("22023", "role 'x' does not exist")).isEqualTo("401 22023");
        assertThat(fail("42883", "function xmlagg(x) does not exist")).isEqualTo("406 42883");
    }

    private static String fail(String state, String message) {
        return api.call("POST", "/rpc/fail")
                .json("{\"state\":\"%s\",\"message\":\"%s\"}".formatted(state, message))
                .ask()
                .refusal();
    }

    @Test
    void passesOnWhatWasRaised() {
        assertThat(
                        api.call("POST", "/rpc/fail")
                                .sends(
                                        "{'state':'PT402','message':'Payment Required',"
                                                + "'detail':'quota','hint':'pay'}")
                                .ask()
                                .said())
                .isEqualTo(
                        "402 {'code':'PT402','details':'quota','hint':'pay',"
                                + "'message':'Payment Required'}");
        assertThat(api.post("/rpc/simply", "{}").ask().said())
                .isEqualTo("400 {'code':'P0001','details':null,'hint':null,'message':'no way'}");
        assertThat(api.post("/rpc/assertion", "{}").ask().refusal()).isEqualTo("500 P0004");
    }

    @Test
    void answersWhatSqlWroteWordForWord() {
        var reply =
                refuse(
                        "{'code':'123','message':'m','details':'d','hint':'h'}",
                        "{'status':332,'status_text':'x','headers':{'X-Why':'this'}}");

        assertThat(reply.said())
                .isEqualTo("332 {'code':'123','details':'d','hint':'h','message':'m'}");
        assertThat(reply.header("X-Why")).contains("this");
        assertThat(refuse("{'code':'a','message':'m'}", "{'status':404,'headers':{}}").said())
                .isEqualTo("404 {'code':'a','details':null,'hint':null,'message':'m'}");
    }

    @Test
    void saysWhatIsWrongWithSuchAnError() {
        String details = "{'status':400,'headers':{}}";

        for (String message :
                new String[] {"nope", "{}", "{'code':'a'}", "{'code':1,'message':2}"}) {
            var reply = refuse(message, details);
            assertThat(reply.refusal()).as(message).isEqualTo("500 PGRST121");
            assertThat(reply.json().path("details").asText())
                    .isEqualTo(
                            "Invalid JSON value for MESSAGE: '" + message.replace('\'', '"') + "'");
            assertThat(reply.json().path("hint").asText())
                    .isEqualTo(
                            "MESSAGE must be a JSON object with obligatory keys: 'code', 'message'"
                                    + " and optional keys: 'details', 'hint'.");
        }
        var reply = refuse("{'code':'a','message':'m'}", "nope");
        assertThat(reply.json().path("message").asText())
                .isEqualTo("Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error");
        assertThat(reply.json().path("details").asText())
                .isEqualTo("Invalid JSON value for DETAIL: 'nope'");
        assertThat(reply.json().path("hint").asText())
                .isEqualTo(
                        "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and"
                                + " optional key: 'status_text'.");
        assertThat(api.post("/rpc/refuse_briefly", "{}").ask().json().path("details").asText())
                .isEqualTo("DETAIL is missing in the RAISE statement");
    }

    @Test
    void lineBreaksOfSqlMakeNoHeaderFields() {
        var reply =
                refuse(
                        "{'code':'a','message':'m'}",
                        "{'status':404,'headers':{'X-Why':'a\\\\r\\\\nX-Other: b'}}");

        assertThat(reply.header("X-Other")).isEmpty();
    }
}
