package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.outcome.SharedTransaction;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.Map;

/// How much a batch may be.
class BatchLimitsTest {

    private static final int BODY_LIMIT = 200_000;

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api =
                TestApi.start(
                        Map.of("HEARTH_REST_BODY_LIMIT", Integer.toString(BODY_LIMIT)),
                        """
                        create table public.notes (id int primary key, text text);
                        grant all on public.notes to anon;
                        create function public.long(length int) returns text language sql
                            as $$ select repeat('x', length) $$;
                        """);
    }

    private static String call(String method, int length) {
        return method.equals("GET")
                ? "{\"path\":\"/rpc/long?length=" + length + "\"}"
                : "{\"method\":\"POST\",\"path\":\"/rpc/long\",\"body\":{\"length\":"
                        + length
                        + "}}";
    }

    @Test
    void anAnswerHasNoMoreBytesThanItMay() {
        int fits = SharedTransaction.MAXIMUM_RESULT - 1000;
        for (String method : new String[] {"GET", "POST"}) {
            assertThat(api.batch("[" + call(method, fits) + "]").ask().status()).isEqualTo(200);
            assertThat(
                            api.batch(
                                            "[{\"method\":\"POST\",\"path\":\"/notes\",\"body\":{\"id\":1}},"
                                                    + call(method, fits + 2000)
                                                    + "]")
                                    .ask()
                                    .said())
                    .isEqualTo(
                            "413 {'code':'HEARTH102','details':'At most 8388608 bytes',"
                                    + "'hint':null,'message':'The answer of an operation is too"
                                    + " large for a batch','index':1}");
        }
        assertThat(api.get("/notes").ask().said()).isEqualTo("200 []");
    }

    @Test
    void allAnswersHaveNoMoreBytesThanTheyMay() {
        int each = 8_000_000;
        int tooMany = Batching.MAXIMUM_ANSWER / each + 1;
        String batch = String.join(",", Collections.nCopies(tooMany, call("GET", each)));
        assertThat(api.batch("[" + batch + "]").ask().said())
                .isEqualTo(
                        "413 {'code':'HEARTH102','details':null,'hint':null,'message':'The answers"
                                + " of a batch have at most 33554432 bytes','index':4}");
    }

    @Test
    void referencesDoNotSwellAnOperationBeyondTheLimitOfBodies() {
        String references =
                String.join(",", Collections.nCopies(3, "{\"id\":1,\"text\":{\"$ref\":\"0\"}}"));
        String batch =
                "["
                        + call("GET", BODY_LIMIT / 2)
                        + ",{\"method\":\"POST\",\"path\":\"/notes\",\"body\":["
                        + references
                        + "]}]";
        assertThat(api.batch(batch).ask().said())
                .isEqualTo(
                        "413 {'code':'HEARTH102','details':null,'hint':null,'message':'With what"
                                + " its references stand for, an operation has more than 200000"
                                + " bytes','index':1}");
    }

    @Test
    void aQueryIsNoLongerThanThatOfAnAddressMayBe() {
        for (String match :
                new String[] {
                    "{\"$ref\":\"0\"}",
                    "[{\"$ref\":\"0\"}]",
                    "\"" + "x".repeat(BatchRequest.MAXIMUM_QUERY) + "\""
                }) {
            TestApi.Reply reply =
                    api.batch(
                                    "["
                                            + call("GET", BatchRequest.MAXIMUM_QUERY)
                                            + ",{\"path\":\"/notes\",\"match\":{\"text\":"
                                            + match
                                            + "}}]")
                            .ask();
            assertThat(reply.refusal()).isEqualTo("413 HEARTH102");
        }
        assertThat(
                        api.batch(
                                        "[{\"path\":\"/notes?text=eq."
                                                + "x".repeat(BatchRequest.MAXIMUM_QUERY)
                                                + "\"}]")
                                .ask()
                                .refusal())
                .isEqualTo("413 HEARTH102");
    }

    @Test
    void theWholeIsNoLargerThanABodyMayBe() {
        String whole = "[{\"path\":\"/notes\"}" + " ".repeat(BODY_LIMIT) + "]";
        assertThat(api.batch(whole).ask().said())
                .isEqualTo(
                        "413 {'code':'PGRST102','details':null,'hint':'Send it in parts, or have"
                                + " HEARTH_REST_BODY_LIMIT raised.','message':'The body exceeds the"
                                + " limit of 200000 bytes'}");
    }

    @Test
    void itIsNestedNoDeeperThanJsonMayBe() {
        assertThat(api.batch("[".repeat(5000) + "]".repeat(5000)).ask().refusal())
                .isEqualTo("400 HEARTH100");
    }
}
