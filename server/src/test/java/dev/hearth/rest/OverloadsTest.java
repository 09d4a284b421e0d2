package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which of several functions is called, and what is taken by one parameter without a name.
@Tag("all-postgres")
class OverloadsTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/desk.sql"));
    }

    private static TestApi.Call call(String target, String json) {
        return api.call("POST", "/rpc" + target).sends(json);
    }

    @Test
    void choosesByTheNamesOfTheArguments() {
        assertThat(api.get("/rpc/search?word=a").ask().said()).isEqualTo("200 'word a'");
        assertThat(api.get("/rpc/search?word=a&language=en").ask().said())
                .isEqualTo("200 'en word a'");
        assertThat(api.get("/rpc/search").ask().said()).isEqualTo("200 'nothing'");
        assertThat(call("/search", "{'language':'en','word':'a'}").ask().said())
                .isEqualTo("200 'en word a'");
        assertThat(call("/search", "{}").ask().said()).isEqualTo("200 'nothing'");
    }

    @Test
    void cannotChooseByTypes() {
        assertThat(api.get("/rpc/find?key=1").ask().said())
                .isEqualTo(
                        "300 {'code':'PGRST203','details':null,'hint':'Try renaming the parameters"
                                + " or the function itself in the database so function overloading"
                                + " can be resolved','message':'Could not choose the best candidate"
                                + " function between: public.find(key => integer),"
                                + " public.find(key => text)'}");
    }

    @Test
    void takesAWholeBodyByOneParameterWithoutAName() {
        assertThat(call("/take_json", "{'a':[1,2]}").ask().said()).isEqualTo("200 {'a':[1,2]}");
        assertThat(call("/take_json", "[{'a':1},{'a':2}]").ask().said())
                .isEqualTo("200 [{'a':1},{'a':2}]");
        assertThat(api.call("POST", "/rpc/take_text").body("text/plain", "a \"b\"").ask().whole())
                .isEqualTo("200 \"a \\\"b\\\"\"");
        assertThat(
                        api.call("POST", "/rpc/take_bytes")
                                .body("application/octet-stream", new byte[] {0, 1, -1})
                                .ask()
                                .whole())
                .isEqualTo("200 3");
        assertThat(api.call("POST", "/rpc/take_xml").body("text/xml", "<a>x</a>").ask().said())
                .isEqualTo("200 'x'");
    }

    @Test
    void saysWhatTheDatabaseSaysOfABodyThatItCannotRead() {
        assertThat(api.call("POST", "/rpc/take_xml").body("text/xml", "<a>").ask().refusal())
                .isEqualTo("400 2200N");
        assertThat(call("/take_json", "{'a'").ask().refusal()).isEqualTo("400 PGRST102");
    }

    @Test
    void takesABodyOnlyOfTheTypeOfTheParameter() {
        assertThat(api.call("POST", "/rpc/take_number").body("text/plain", "1").ask().said())
                .isEqualTo(
                        "404 {'code':'PGRST202','details':'Searched for the function"
                                + " public.take_number with a single unnamed text parameter, but no"
                                + " matches were found in the schema cache.','hint':null,"
                                + "'message':'Could not find the function public.take_number in the"
                                + " schema cache'}");
        assertThat(api.call("POST", "/rpc/take_json").body("text/plain", "1").ask().refusal())
                .isEqualTo("404 PGRST202");
        assertThat(api.call("POST", "/rpc/take_text").body("image/png", "1").ask().said())
                .isEqualTo(
                        "400 {'code':'PGRST102','details':null,'hint':null,"
                                + "'message':'Content-Type not acceptable: image/png'}");
    }

    @Test
    void prefersNamedParametersToTheWholeBody() {
        assertThat(call("/put", "{'a':1}").ask().said()).isEqualTo("200 3");
        assertThat(call("/put", "{'a':1,'b':1}").ask().said()).isEqualTo("200 2");
        assertThat(call("/put", "{'c':1}").ask().said()).isEqualTo("200 {'c':1}");
    }

    @Test
    void neverTakesQueryParametersForAWholeBody() {
        assertThat(api.get("/rpc/take_json?a=1").ask().refusal()).isEqualTo("404 PGRST202");
    }
}
