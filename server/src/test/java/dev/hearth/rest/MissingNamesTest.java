package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is asked for and is not there (PostgREST: `Feature/Query/ErrorSpec`).
class MissingNamesTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        TestApi.resource("/rest/library.sql"),
                        """
                        create function raised(code text) returns void language plpgsql as $$
                        begin
                            raise exception using errcode = code, message = 'pay', detail = 'a lot',
                                hint = 'soon';
                        end $$;
                        create view broken as select (select id from books) as id;
                        grant select on broken to anon;
                        """);
    }

    @Test
    void refusesARelationThatIsNotThere() {
        var reply = api.get("/nowhere").ask();
        assertThat(reply.compact())
                .isEqualTo(
                        "404 {'code':'PGRST205','details':null,'hint':null,'message':'Could not"
                                + " find the table 'public.nowhere' in the schema cache'}");
        assertThat(reply.header("Proxy-Status")).contains("PostgREST; error=PGRST205");
    }

    @Test
    void suggestsARelationThatIsMuchAlike() {
        assertThat(api.get("/publisherx").ask().json().path("hint").asText())
                .isEqualTo("Perhaps you meant the table 'public.publishers'");
        assertThat(api.get("/publxxxxxx").ask().json().path("hint").isNull()).isTrue();
    }

    @Test
    void refusesAPathThatLeadsNowhere() {
        var reply = api.get("/books/1/title").ask();
        assertThat(reply.compact())
                .isEqualTo(
                        "404 {'code':'PGRST125','details':null,'hint':null,"
                                + "'message':'Invalid path specified in request URL'}");
        assertThat(reply.header("Proxy-Status")).contains("PostgREST; error=PGRST125");
    }

    @Test
    void refusesAMethodThatItDoesNotKnow() {
        assertThat(api.call("TRACE", "/books").ask().status()).isIn(400, 405);
        assertThat(api.call("LIST", "/books").ask().status()).isEqualTo(405);
    }

    @Test
    void hintsAtAColumnThatIsAlike() {
        assertThat(api.get("/books?titel=eq.Ice").ask().compact())
                .isEqualTo(
                        "400 {'code':'42703','details':null,'hint':'Perhaps you meant to reference"
                            + " the column 'books.title'.','message':'column books.titel does not"
                            + " exist'}");
    }

    @Test
    void answersWithTheStatusThatSqlRaises() {
        var reply = api.get("/rpc/raised?code=PT402").ask();
        assertThat(reply.compact())
                .isEqualTo("402 {'code':'PT402','details':'a lot','hint':'soon','message':'pay'}");
        assertThat(reply.header("Proxy-Status")).contains("PostgREST; error=PT402");
        assertThat(api.get("/rpc/raised?code=P0001").ask().refusal()).isEqualTo("400 P0001");
    }

    @Test
    void answersAFaultOfTheSchemaAsOne() {
        assertThat(api.get("/broken").ask().refusal()).isEqualTo("500 21000");
    }
}
