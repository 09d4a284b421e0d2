package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which methods an address takes.
class MethodsTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        TestApi.resource("/rest/workshop.sql"),
                        """
                        create function public.look() returns int language sql stable as 'select 1';
                        create function public.fix() returns int language sql immutable
                            as 'select 1';
                        create function public.act() returns int language sql as 'select 1';
                        create view public.added as select * from public.tool_count;
                        create trigger write instead of insert on public.added
                            for each row execute function public.write_loud_tools();
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/             | OPTIONS,GET,HEAD",
                "/tools        | OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE",
                "/events       | OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE",
                "/remarks      | OPTIONS,GET,HEAD,POST,PATCH,DELETE",
                "/cheap_tools  | OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE",
                "/loud_tools   | OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE",
                "/tool_count   | OPTIONS,GET,HEAD",
                "/added        | OPTIONS,GET,HEAD,POST",
                "/rpc/look     | OPTIONS,GET,HEAD,POST",
                "/rpc/fix      | OPTIONS,GET,HEAD,POST",
                "/rpc/act      | OPTIONS,POST"
            })
    void tellsWhatItTakes(String target, String methods) {
        var reply = api.call("OPTIONS", target).ask();

        assertThat(reply.whole()).isEqualTo("200 ");
        assertThat(reply.header("Allow")).contains(methods);
        assertThat(reply.header("Content-Length")).contains("0");
        assertThat(reply.header("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void tellsNothingOfWhatIsNotThere() {
        assertThat(api.call("OPTIONS", "/nothing").ask().refusal()).isEqualTo("404 PGRST205");
        assertThat(api.call("OPTIONS", "/rpc/nothing").ask().refusal()).isEqualTo("404 PGRST202");
    }

    @Test
    void refusesOtherMethods() {
        assertThat(api.call("PROPFIND", "/tools").ask().said())
                .isEqualTo(
                        "405 {'code':'PGRST117','details':null,'hint':null,"
                                + "'message':'Unsupported HTTP method: PROPFIND'}");
        assertThat(api.call("POST", "/").ask().refusal()).isEqualTo("405 PGRST117");
        for (String method : new String[] {"PUT", "PATCH", "DELETE"}) {
            assertThat(api.call(method, "/rpc/look").ask().said())
                    .isEqualTo(
                            "405 {'code':'PGRST101','details':null,'hint':null,'message':'Cannot"
                                    + " use the "
                                    + method
                                    + " method on RPC'}");
        }
    }

    @Test
    void refusesOtherAddresses() {
        for (String target : new String[] {"/tools/1", "/rpc/look/1"}) {
            assertThat(api.get(target).ask().said())
                    .isEqualTo(
                            "404 {'code':'PGRST125','details':null,'hint':null,"
                                    + "'message':'Invalid path specified in request URL'}");
        }
    }

    @Test
    void answersABrowserThatAsksBeforehand() {
        var reply =
                api.call("OPTIONS", "/tools")
                        .header("Origin", "http://example.com")
                        .header("Access-Control-Request-Method", "PATCH")
                        .header("Access-Control-Request-Headers", "prefer")
                        .ask();

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Access-Control-Allow-Methods").orElseThrow()).contains("PATCH");
        assertThat(reply.header("Access-Control-Allow-Headers").orElseThrow()).contains("prefer");
    }
}
