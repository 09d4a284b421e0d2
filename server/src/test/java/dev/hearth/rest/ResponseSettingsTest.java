package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Status and header fields that SQL chooses by `response.status` and `response.headers`.
@Tag("all-postgres")
class ResponseSettingsTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        TestApi.resource("/rest/desk.sql"),
                        """
                        create function public.mark_answer() returns trigger language plpgsql as $$
                        begin
                            perform set_config('response.status', '202', true);
                            perform set_config('response.headers', '[{"X-Mark": "seen"}]', true);
                            return new;
                        end $$;
                        create trigger mark before insert or update on public.clients
                            for each row execute function public.mark_answer();
                        """);
    }

    private static TestApi.Reply set(String headers, String status) {
        return api.call("POST", "/rpc/set_answer")
                .json(
                        "{\"headers\":%s,\"status\":%s}"
                                .formatted(
                                        headers.isEmpty()
                                                ? "null"
                                                : "\"" + headers.replace("'", "\\\"") + "\"",
                                        status.isEmpty() ? "null" : "\"" + status + "\""))
                .ask();
    }

    @Test
    void addsHeaderFieldsOfSql() {
        var reply =
                set("[{'Cache-Control':'public'},{'Set-Cookie':'a=1'},{'Set-Cookie':'b=2'}]", "");

        assertThat(reply.said()).isEqualTo("200 'set'");
        assertThat(reply.header("Cache-Control")).contains("public");
        assertThat(reply.headers("Set-Cookie")).containsExactly("a=1", "b=2");
    }

    @Test
    void putsHeaderFieldsOfSqlInThePlaceOfItsOwn() {
        var reply = set("[{'content-type':'text/plain'},{'Content-Range':'none'}]", "");

        assertThat(reply.headers("Content-Type")).containsExactly("text/plain");
        assertThat(reply.headers("Content-Range")).containsExactly("none");
    }

    @Test
    void answersWithTheStatusOfSql() {
        assertThat(set("", "418").said()).isEqualTo("418 'set'");
    }

    @Test
    void refusesHeaderFieldsThatCannotBeRead() {
        for (String headers :
                new String[] {
                    "nope", "{}", "[1]", "[{'a':1}]", "[{'a':'1','b':'2'}]", "{'a':'1'}", "[{}]"
                }) {
            assertThat(set(headers, "").said())
                    .as(headers)
                    .isEqualTo(
                            "500 {'code':'PGRST111','details':null,'hint':null,'message':'response.headers"
                                + " guc must be a JSON array composed of objects with a single key"
                                + " and a string value'}");
        }
    }

    @Test
    void refusesAStatusThatIsNone() {
        for (String status : new String[] {"nope", "99", "2e2", "1000"}) {
            assertThat(set("", status).said())
                    .as(status)
                    .isEqualTo(
                            "500 {'code':'PGRST112','details':null,'hint':null,'message':'response.status"
                                + " guc must be a valid status code'}");
        }
    }

    @Test
    void triggersHaveASayInTheAnswer() {
        var inserted = api.post("/clients", "{\"id\":3,\"name\":\"Cy\"}").ask();
        assertThat(inserted.whole()).isEqualTo("202 ");
        assertThat(inserted.header("X-Mark")).contains("seen");
        var changed = api.patch("/clients?id=eq.3", "{\"name\":\"C\"}").ask();
        assertThat(changed.status()).isEqualTo(202);
        assertThat(changed.header("X-Mark")).contains("seen");
    }

    @Test
    void nothingOfOneAnswerIsSeenInTheNext() {
        var _ = set("[{'X-Once':'a'}]", "418");
        var next = api.get("/clients?id=eq.1&select=id").ask();

        assertThat(next.said()).isEqualTo("200 [{'id':1}]");
        assertThat(next.header("X-Once")).isEmpty();
    }
}
