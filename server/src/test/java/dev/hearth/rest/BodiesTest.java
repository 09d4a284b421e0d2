package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Bodies of every type, good and bad.
@Tag("all-postgres")
class BodiesTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/workshop.sql"));
    }

    private static final String SHOW = "return=representation";

    private static TestApi.Call insert(String target, String type, String body) {
        return api.call("POST", target).body(type, body).prefer(SHOW);
    }

    private static String refused(String message) {
        return "400 {'code':'PGRST102','details':null,'hint':null,'message':'" + message + "'}";
    }

    @Test
    void takesABodyWithoutATypeForJson() {
        assertThat(
                        api.call("POST", "/remarks")
                                .body("application/json;charset=UTF-8", "{\"author\":\"é\"}")
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("201 [{'author':'é','remark':null}]");
    }

    @Test
    void refusesWhatIsNotJson() {
        for (String body :
                new String[] {"", " ", "{", "{'a':1", "{'a':1}}", "[1,]", "nope", "{a:1}", "NaN"}) {
            assertThat(api.call("POST", "/remarks").sends(body).ask().said())
                    .as(body)
                    .isEqualTo(refused("Empty or invalid json"));
        }
    }

    @Test
    void refusesObjectsWithDifferentKeysUnlessColumnsAreNamed() {
        String rows = "[{'author':'a'},{'author':'b','remark':'c'}]";

        assertThat(api.call("POST", "/remarks").sends(rows).ask().said())
                .isEqualTo(refused("All object keys must match"));
        assertThat(api.call("POST", "/remarks").sends("[{'author':'a'},3]").ask().said())
                .isEqualTo(refused("All object keys must match"));
        assertThat(
                        api.call("POST", "/remarks?columns=author,remark")
                                .sends(rows)
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("201 [{'author':'a','remark':null},{'author':'b','remark':'c'}]");
    }

    @Test
    void takesAnotherValueForNoRows() {
        assertThat(api.call("POST", "/remarks").sends("3").prefer(SHOW).ask().said())
                .isEqualTo("201 []");
        assertThat(api.call("POST", "/remarks").sends("'a'").prefer(SHOW).ask().said())
                .isEqualTo("201 []");
    }

    @Test
    void takesTheLastOfAKeyThatIsRepeated() {
        assertThat(
                        api.call("POST", "/remarks")
                                .sends("{'author':'a','author':'b'}")
                                .prefer(SHOW)
                                .ask()
                                .said())
                .isEqualTo("201 [{'author':'b','remark':null}]");
    }

    @Test
    void readsLinesWithCommas() {
        assertThat(
                        insert(
                                        "/remarks",
                                        "text/csv",
                                        "author,remark\n"
                                                + "ann,\"a,\"\"b\"\"\n"
                                                + "c\"\n"
                                                + "NULL,\"NULL\"\n"
                                                + ",x\n")
                                .ask()
                                .whole()
                                .replace(" \n ", ""))
                .isEqualTo(
                        "201 [{\"author\":\"ann\",\"remark\":\"a,\\\"b\\\"\\nc\"},"
                                + "{\"author\":null,\"remark\":null},"
                                + "{\"author\":\"\",\"remark\":\"x\"}]");
    }

    @Test
    void readsLinesThatEndAsOnWindows() {
        assertThat(insert("/remarks", "text/csv", "author,remark\r\nann,x\r\n").ask().said())
                .isEqualTo("201 [{'author':'ann','remark':'x'}]");
    }

    @Test
    void refusesLinesOfDifferentLengths() {
        assertThat(insert("/remarks", "text/csv", "author,remark\nann\n").ask().said())
                .isEqualTo(refused("All lines must have same number of fields"));
        assertThat(insert("/remarks", "text/csv", "author,remark\nann,x,y\n").ask().said())
                .isEqualTo(refused("All lines must have same number of fields"));
    }

    @Test
    void refusesLinesThatCannotBeRead() {
        for (String body : new String[] {"", "author,remark\n\"ann,x"}) {
            assertThat(insert("/remarks", "text/csv", body).ask().refusal())
                    .as(body)
                    .isEqualTo("400 PGRST102");
        }
    }

    @Test
    void readsAForm() {
        assertThat(
                        insert(
                                        "/remarks",
                                        "application/x-www-form-urlencoded",
                                        "author=a+b%26&remark=%C3%A4")
                                .ask()
                                .said())
                .isEqualTo("201 [{'author':'a b&','remark':'ä'}]");
    }

    @Test
    void refusesATypeThatNoRowCanBeMadeOf() {
        for (String type :
                new String[] {"text/plain", "text/xml", "application/octet-stream", "image/png"}) {
            assertThat(insert("/remarks", type, "x").ask().said())
                    .isEqualTo(refused("Content-Type not acceptable: " + type));
        }
    }

    @Test
    void refusesMalformedTextInsideOfJson() {
        assertThat(
                        api.call("POST", "/remarks")
                                .body(
                                        "application/json",
                                        new byte[] {'{', '"', 'a', '"', ':', '"', -1, '"', '}'})
                                .ask()
                                .said())
                .isEqualTo(refused("Empty or invalid json"));
        assertThat(api.call("POST", "/remarks").sends("{'author':'\\ud800'}").ask().refusal())
                .isEqualTo("400 22P02");
    }

    @Test
    void refusesJsonThatIsNestedTooDeeplyWhoeverReadsIt() {
        String deep = "{'id':1,'doc':" + "[".repeat(50_000) + "]".repeat(50_000) + "}";

        for (String target : new String[] {"/kinds", "/kinds?columns=id,doc"}) {
            assertThat(api.call("POST", target).sends(deep).ask().said())
                    .isEqualTo(refused("Empty or invalid json"));
        }
    }

    @Test
    void takesBracketsInsideOfTextForText() {
        String row = "{'author':'" + "[".repeat(2000) + "\\\\','remark':'}'}";

        assertThat(api.call("POST", "/remarks?columns=author,remark").sends(row).ask().whole())
                .isEqualTo("201 ");
    }

    @Test
    void takesManyRowsAtOnce() {
        var rows = new StringBuilder("[");
        for (int i = 0; i < 5000; i++) {
            rows.append(i == 0 ? "" : ",").append("{'author':'").append(i).append("'}");
        }

        var reply =
                api.call("POST", "/remarks")
                        .sends(rows.append(']').toString())
                        .prefer("count=exact")
                        .ask();

        assertThat(reply.whole()).isEqualTo("201 ");
        assertThat(reply.header("Content-Range")).contains("*/5000");
    }
}
