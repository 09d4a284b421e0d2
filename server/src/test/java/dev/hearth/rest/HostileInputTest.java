package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Requests that nobody sends in good faith: a clear refusal or an answer, never a fault.
@Tag("all-postgres")
class HostileInputTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/workshop.sql"));
    }

    @AfterAll
    static void nothingIsOurFault() {
        assertThat(api.events()).noneMatch(RestEvent.Faulted.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tools?id=eq.%00",
                "/tools?name=eq.a%00b",
                "/tools?na%00me=eq.a",
                "/tools?select=na%00me",
                "/tools?name=like.%00*",
                "/tools?order=%00",
                "/tools?or=(name.eq.%00,id.eq.1)",
                "/to%00ols",
                "/kinds?doc->%00=eq.1",
                "/tools?name=eq.%ff%fe",
                "/tools?%ff=eq.1",
                "/tools?id=in.(1,2",
                "/tools?id=is.1",
                "/kinds?tags=cs.{",
                "/kinds?span=cs.[1",
                "/tools?name=match.(",
                "/tools?name=fts(\").x"
            })
    void isRefusedForWhatIsWrongWithIt(String target) {
        assertThat(api.get(target).ask().status()).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'author':'a\\u0000b'}",
                "{'aut\\u0000hor':'b'}",
                "{'author':'\\udfff'}",
                "[{'author':'a'},null]",
                "{'':1}"
            })
    void isRefusedForWhatIsWrongWithItsBody(String body) {
        assertThat(api.call("POST", "/remarks").sends(body).ask().status()).isBetween(400, 499);
    }

    @Test
    void isRefusedWhereATextHoldsNothingThatATextMayHold() {
        assertThat(api.get("/tools?name=eq.a%00b").ask().said())
                .isEqualTo(
                        "400 {'code':'22021','details':null,'hint':null,'message':'invalid byte"
                                + " sequence for encoding \\'UTF8\\': 0x00'}");
        assertThat(
                        api.call("POST", "/remarks")
                                .body("text/csv", "author,remark\na\0b,c")
                                .ask()
                                .status())
                .isEqualTo(400);
    }

    @Test
    void mayHavePercentSignsThatStandForNothing() throws IOException {
        for (String target : new String[] {"/tools?id=eq.%zz", "/tools?id=eq.%"}) {
            assertThat(statusLine("GET /rest/v1" + target + " HTTP/1.1"))
                    .isEqualTo("HTTP/1.1 400 Bad Request");
        }
    }

    private static String statusLine(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            String head =
                    request
                            + "\r\nHost: localhost\r\napikey: "
                            + api.key()
                            + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines().findFirst().orElse("");
        }
    }

    @Test
    void isNestedNoDeeperThanIsAllowed() {
        String deep = "/tools?and=(" + "or(".repeat(150) + "id.eq.1" + ")".repeat(151);
        String embedded = "/tools?select=" + "makers(".repeat(150) + "id" + ")".repeat(150);

        for (String target : new String[] {deep, embedded}) {
            var reply = api.get(target).ask();
            assertThat(reply.refusal()).isEqualTo("400 PGRST100");
            assertThat(reply.json().path("details").asText())
                    .isEqualTo("nested more than 100 levels deep");
        }
    }

    @Test
    void mayHaveAThousandFilters() {
        String filters =
                IntStream.rangeClosed(2, 1001)
                        .mapToObj(id -> "id=neq." + id)
                        .collect(Collectors.joining("&"));
        String choices =
                IntStream.rangeClosed(1, 1000)
                        .mapToObj(id -> "id.eq." + id)
                        .collect(Collectors.joining(","));

        assertThat(api.get("/tools?select=id&" + filters).ask().said()).isEqualTo("200 [{'id':1}]");
        assertThat(api.get("/marks?select=id&or=(" + choices + ")").ask().said())
                .isEqualTo("200 [{'id':1},{'id':2}]");
        assertThat(
                        api.call("PATCH", "/tools?select=id&" + filters)
                                .sends("{'price':10}")
                                .prefer("return=representation")
                                .ask()
                                .said())
                .isEqualTo("200 [{'id':1}]");
    }

    @Test
    void isNoLongerThanAnAddressMayBe() {
        assertThat(api.get("/tools?name=eq." + "a".repeat(60_000)).ask().said())
                .isEqualTo("200 []");
        assertThat(api.get("/tools?name=eq." + "a".repeat(70_000)).ask().status()).isEqualTo(414);
    }

    @Test
    void reachesSqlAsAValueAndNothingElse() {
        assertThat(api.get("/tools?name=eq.'; drop table tools; --").ask().said())
                .isEqualTo("200 []");
        assertThat(api.get("/tools?select=\"id%3B drop table tools\"").ask().refusal())
                .isEqualTo("400 42703");
        assertThat(api.get("/tools?select=id::int4)%3Bdrop table tools").ask().said())
                .isEqualTo("200 [{'id':1},{'id':2},{'id':3}]");
        assertThat(api.get("/tools?select=id").ask().said())
                .isEqualTo("200 [{'id':1},{'id':2},{'id':3}]");
    }

    @Test
    void mayNameARoleThatNobodyCanHave() {
        assertThat(api.get("/tools").bearer(api.token("a\"; drop", Map.of())).ask().refusal())
                .isEqualTo("401 22023");
        assertThat(api.get("/tools").bearer(api.token("a\0b", Map.of())).ask().status())
                .isEqualTo(400);
        assertThat(api.get("/tools").bearer(api.token("anon", Map.of("x", "a\0b"))).ask().status())
                .isIn(200, 400);
    }
}
