package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

/// The codes of our own (rest.md 15.1), each by a request that earns it. Those of bodies, calls,
/// tokens, preferences, raised errors and outages have tests of their own.
@Tag("all-postgres")
class ErrorTableTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of(
                                "PGRST_DB_SCHEMAS",
                                "public,office",
                                "PGRST_DB_AGGREGATES_ENABLED",
                                "false"),
                        TestApi.resource("/rest/workshop.sql"),
                        """
                        create schema office;
                        create function public.size_of(a int) returns int language sql as
                            'select 1';
                        create function public.size_of(a text) returns int language sql as
                            'select 2';
                        create function public.overrides(headers text, status text) returns void
                            language sql as $$
                                select set_config('response.headers', headers, true),
                                    set_config('response.status', status, true) $$;
                        create function public.raised(message text) returns void
                            language plpgsql as $$ begin
                                raise sqlstate 'PGRST' using message = message;
                            end $$;
                        create table public.trips (
                            id int primary key,
                            origin int references public.makers,
                            target int references public.makers
                        );
                        grant all on public.trips to anon;
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET   | /tools?id=1                            | 400 PGRST100",
                "GET   | /tools?id=noop.1                       | 400 PGRST100",
                "GET   | /tools?select=id(                      | 400 PGRST100",
                "GET   | /tools?order=id.up                     | 400 PGRST100",
                "GET   | /tools?or=()                           | 400 PGRST100",
                "POST  | /tools?columns=                        | 400 PGRST100",
                "PUT   | /rpc/any                               | 405 PGRST101",
                "POST  | /tools                                 | 400 PGRST102",
                "GET   | /tools?limit=-1                        | 416 PGRST103",
                "GET   | /tools?order=makers(name)              | 400 PGRST108",
                "GET   | /makers?select=*,tools(*)&order=tools(id) | 400 PGRST118",
                "TRACK | /tools                                 | 405 PGRST117",
                "GET   | /tools?select=price.sum()              | 400 PGRST123",
                "GET   | /tools/1                               | 404 PGRST125",
                "GET   | /tools?select=marks(*)                 | 400 PGRST200",
                "GET   | /trips?select=makers(*)                | 300 PGRST201",
                "GET   | /rpc/any                               | 404 PGRST202",
                "PATCH | /tools?columns=size&id=eq.1            | 400 PGRST204",
                "GET   | /tool                                  | 404 PGRST205",
                "PUT   | /marks?id=eq.1&limit=1                 | 400 PGRST114",
                "GET   | /rpc/size_of?a=1                       | 300 PGRST203",
                "GET   | /rpc/overrides?headers=x&status=200    | 500 PGRST111",
                "GET   | /rpc/overrides?headers=[]&status=x     | 500 PGRST112",
                "GET   | /rpc/raised?message=x                  | 500 PGRST121"
            })
    void refusesWithTheCodeOf(String method, String target, String refusal) {
        var reply = api.call(method, target).ask();

        assertThat(reply.refusal()).isEqualTo(refusal);
        assertThat(reply.json().propertyStream().map(Map.Entry::getKey))
                .containsExactly("code", "details", "hint", "message");
        assertThat(reply.header("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(reply.header("Content-Length"))
                .contains(Integer.toString(reply.response().body().length));
        assertThat(reply.header("Proxy-Status"))
                .contains("PostgREST; error=" + refusal.substring(4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /marks?id=gt.1 | {'id':2}    | return=minimal | 405 PGRST105",
                "PUT    | /marks?id=eq.1 | {'id':2}    | return=minimal | 400 PGRST115",
                "PATCH  | /tools?id=eq.1 | {'price':1} | handling=strict,such | 400 PGRST122",
                "PATCH  | /tools?id=gt.0 | {'price':1} | handling=strict,max-affected=1 | 400"
                        + " PGRST124",
                "POST   | /rpc/size_of   | {'b':1}     | return=minimal | 404 PGRST202",
                "POST   | /rpc/raised    | {'message':'x'} | handling=strict,max-affected=1 | 400"
                        + " PGRST128"
            })
    void refusesAWriteWithTheCodeOf(
            String method, String target, String body, String preference, String refusal) {
        assertThat(api.call(method, target).sends(body).prefer(preference).ask().refusal())
                .isEqualTo(refusal);
    }

    @Test
    void asksForTheOneRowThatThereIsNot() {
        assertThat(
                        api.get("/tools?id=eq.99")
                                .accept("application/vnd.pgrst.object+json")
                                .ask()
                                .refusal())
                .isEqualTo("406 PGRST116");
    }

    @Test
    void saysWhatIsWrongWithARange() {
        assertThat(details("/tools?limit=-1", "0-"))
                .isEqualTo("Limit should be greater than or equal to zero.");
        assertThat(details("/tools", "5-2"))
                .isEqualTo(
                        "The lower boundary must be lower than or equal to the upper boundary in"
                                + " the Range header.");
        assertThat(
                        api.get("/tools?offset=9")
                                .prefer("count=exact")
                                .ask()
                                .json()
                                .path("details")
                                .asText())
                .isEqualTo("An offset of 9 was requested, but there are only 3 rows.");
    }

    private static String details(String target, String range) {
        var reply = api.get(target).header("Range", range).ask();
        assertThat(reply.refusal()).isEqualTo("416 PGRST103");
        assertThat(reply.json().path("message").asText())
                .isEqualTo("Requested range not satisfiable");
        return reply.json().path("details").asText();
    }

    @Test
    void namesTheSchemasThatThereAre() {
        String refusal =
                "406 {'code':'PGRST106','details':null,'hint':'Only the following schemas are"
                        + " exposed: public, office','message':'Invalid schema: attic'}";

        assertThat(api.get("/tools").header("Accept-Profile", "attic").ask().said())
                .isEqualTo(refusal);
        assertThat(api.post("/tools", "{}").header("Content-Profile", "attic").ask().said())
                .isEqualTo(refusal);
    }

    @Test
    void namesTheMediaTypesThatThereAreNot() {
        assertThat(api.get("/tools").accept("image/png, text/x").ask().said())
                .isEqualTo(
                        "406 {'code':'PGRST107','details':null,'hint':null,'message':'None of these"
                                + " media types are available: image/png, text/x'}");
        assertThat(
                        api.post("/marks", "{\"id\":9}")
                                .prefer("return=representation")
                                .accept("image/png")
                                .ask()
                                .refusal())
                .isEqualTo("406 PGRST107");
        assertThat(api.get("/marks?id=eq.9").ask().said()).isEqualTo("200 []");
    }

    @Test
    void saysWhatCannotBeOrderedBy() {
        assertThat(api.get("/tools?order=makers(name)").ask().said())
                .isEqualTo(
                        "400 {'code':'PGRST108','details':null,'hint':'Verify that 'makers' is"
                                + " included in the 'select' query parameter.',"
                                + "'message':''makers' is not an embedded resource in this"
                                + " request'}");
        assertThat(api.get("/makers?select=*,tools(*)&order=tools(id)").ask().said())
                .isEqualTo(
                        "400 {'code':'PGRST118','details':''makers' and 'tools' do not form a"
                                + " many-to-one or one-to-one relationship','hint':null,"
                                + "'message':'A related order on 'tools' is not possible'}");
    }

    @Test
    void saysWhichRelationshipsThereAre() {
        assertThat(api.get("/trips?select=makers(*)").ask().said())
                .isEqualTo(
                        "300 {'code':'PGRST201','details':[{'cardinality':'many-to-one','embedding':'trips"
                            + " with makers','relationship':'trips_origin_fkey using trips(origin)"
                            + " and makers(id)'},{'cardinality':'many-to-one','embedding':'trips"
                            + " with makers','relationship':'trips_target_fkey using trips(target)"
                            + " and makers(id)'}],'hint':'Try changing 'makers' to one of the"
                            + " following: 'makers!trips_origin_fkey', 'makers!trips_target_fkey'."
                            + " Find the desired relationship in the 'details'"
                            + " key.','message':'Could not embed because more than one relationship"
                            + " was found for 'trips' and 'makers''}");
        assertThat(api.get("/tools?select=marks(*)").ask().said())
                .isEqualTo(
                        "400 {'code':'PGRST200','details':'Searched for a foreign key relationship"
                            + " between 'tools' and 'marks' in the schema 'public', but no matches"
                            + " were found.','hint':'Perhaps you meant 'makers' instead of"
                            + " 'marks'.','message':'Could not find a relationship between 'tools'"
                            + " and 'marks' in the schema cache'}");
    }

    @Test
    void saysThatAggregatesAreOff() {
        assertThat(api.get("/tools?select=price.sum()").ask().said())
                .isEqualTo(
                        "400 {'code':'PGRST123','details':null,'hint':null,"
                                + "'message':'Use of aggregate functions is not allowed'}");
    }
}
