package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Requests that the database cannot carry out because of what they hold: each is answered with its
/// SQLSTATE and the status that belongs to it (rest.md 15.2), never with a fault of ours.
class DatabaseLimitsTest {

    private static final int DEFAULTS = 120;

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = start();
    }

    private static TestApi start() {
        String many =
                IntStream.rangeClosed(1, DEFAULTS)
                        .mapToObj(each -> "c" + each + " int default " + each)
                        .collect(Collectors.joining(", "));
        String wide =
                IntStream.rangeClosed(1, 900)
                        .mapToObj(each -> "c" + each + " int")
                        .collect(Collectors.joining(", "));
        return TestApi.start(
                TestApi.resource("/rest/workshop.sql"),
                """
                create table public.values_of (
                    id int primary key, small smallint, big bigint, amount numeric(5, 2),
                    real double precision, uid uuid, at timestamptz, day date, span int4range,
                    days daterange, numbers int[], address inet, bits bit(3), plain json,
                    doc jsonb, pair point, length interval, short varchar(3), mood public.mood,
                    moods public.mood[], words tsvector, name text);
                insert into public.values_of (id, plain) values (1, '{"a": "\\u0000"}');
                create table public.keyed (name text unique);
                create table public.defaults (%s);
                create table public.wide (%s);
                create function public.german() returns text language sql as
                    'select set_config(''DateStyle'', ''German'', false)';
                create function public.plus(a int, b int default 0) returns int
                    language sql immutable as 'select a + b';
                create function public.every(variadic list int[]) returns int
                    language sql immutable as 'select cardinality(list)';
                grant all on public.values_of, public.keyed, public.defaults, public.wide
                    to anon;
                do $$ begin execute format('alter role anon in database %%I'
                    ' set statement_timeout = ''60s''', current_database()); end $$;
                """
                        .formatted(many, wide));
    }

    @AfterAll
    static void nothingIsOurFault() {
        assertThat(api.events()).noneMatch(RestEvent.Faulted.class::isInstance);
    }

    private static String items(String item, int number) {
        return String.join(",", Collections.nCopies(number, item));
    }

    static Stream<Arguments> reads() {
        String deep = "->a".repeat(12_000);
        return Stream.of(
                Arguments.of("1664 columns", "/values_of?select=" + items("id", 1664), "200"),
                Arguments.of("1665 columns", "/values_of?select=" + items("id", 1665), "500 54011"),
                Arguments.of("twice all of 900", "/wide?select=*,*", "500 54011"),
                Arguments.of(
                        "twice 900 in an embed",
                        "/tools?select=id,makers(" + items("id", 1665) + ")",
                        "500 54011"),
                Arguments.of("a path of 12000 steps", "/values_of?select=doc" + deep, "500 54001"),
                Arguments.of(
                        "a filter of 12000 steps", "/values_of?doc" + deep + "=eq.1", "500 54001"),
                Arguments.of("an order of 12000 steps", "/values_of?order=doc" + deep, "500 54001"),
                Arguments.of("deep json", "/values_of?doc=eq." + "[".repeat(30_000), "500 54001"),
                Arguments.of(
                        "deep array",
                        "/values_of?numbers=cs." + "{".repeat(7) + "1" + "}".repeat(7),
                        "500 54000"),
                Arguments.of(
                        "deep tsquery", "/values_of?words=fts." + "(".repeat(30_000), "500 54001"),
                Arguments.of(
                        "deep regex",
                        "/values_of?name=match." + "(".repeat(30_000) + "a" + ")".repeat(30_000),
                        "400 2201B"),
                Arguments.of("bad regex", "/values_of?name=match.[", "400 2201B"),
                Arguments.of("bad like", "/values_of?name=like.a\\", "200"),
                Arguments.of("64 letters of a table", "/" + "t".repeat(64), "404 PGRST205"),
                Arguments.of("64 letters of a function", "/rpc/" + "t".repeat(64), "404 PGRST202"),
                Arguments.of(
                        "64 letters of a column",
                        "/values_of?select=" + "t".repeat(64),
                        "400 42703"),
                Arguments.of(
                        "64 letters of a filter",
                        "/values_of?" + "t".repeat(64) + "=eq.1",
                        "400 42703"),
                Arguments.of(
                        "64 letters of a cast",
                        "/values_of?select=id::" + "t".repeat(64),
                        "400 42704"),
                Arguments.of(
                        "64 letters of an alias",
                        "/values_of?select=" + "t".repeat(64) + ":id",
                        "200"),
                Arguments.of("int", "/values_of?id=eq.99999999999", "400 22003"),
                Arguments.of("smallint", "/values_of?small=gt.99999", "400 22003"),
                Arguments.of("bigint", "/values_of?big=in.(99999999999999999999)", "400 22003"),
                Arguments.of("numeric", "/values_of?amount=eq.1e999999", "400 22003"),
                Arguments.of("double", "/values_of?real=eq.1e400", "400 22003"),
                Arguments.of("argument int", "/rpc/plus?a=99999999999", "400 22003"),
                Arguments.of("result int", "/rpc/plus?a=2147483647&b=1", "400 22003"),
                Arguments.of("limit", "/values_of?limit=9223372036854775808", "200"),
                Arguments.of("limit 40 digits", "/values_of?limit=" + "9".repeat(40), "200"),
                Arguments.of("offset", "/values_of?offset=9223372036854775808", "200"),
                Arguments.of(
                        "embedded limit",
                        "/makers?select=tools(id)&tools.limit=" + "9".repeat(40),
                        "200"),
                Arguments.of("text int", "/values_of?id=eq.x", "400 22P02"),
                Arguments.of("text int list", "/values_of?id=in.(1,x)", "400 22P02"),
                Arguments.of("enum", "/values_of?mood=eq.angry", "400 22P02"),
                Arguments.of("enum list", "/values_of?mood=in.(glad,angry)", "400 22P02"),
                Arguments.of("enum array", "/values_of?moods=cs.{angry}", "400 22P02"),
                Arguments.of("uuid", "/values_of?uid=eq.x", "400 22P02"),
                Arguments.of("timestamp", "/values_of?at=gt.yesterdayish", "400 22007"),
                Arguments.of(
                        "timestamp out of range", "/values_of?at=gt.999999-01-01", "400 22008"),
                Arguments.of("date", "/values_of?day=eq.2020-02-30", "400 22008"),
                Arguments.of("zone", "/values_of?at=eq.2020-01-01 00:00 Nowhere/Else", "400 22023"),
                Arguments.of("interval", "/values_of?length=eq.99999999999999 years", "400 22015"),
                Arguments.of("array", "/values_of?numbers=cs.{1,2", "400 22P02"),
                Arguments.of("array member", "/values_of?numbers=cs.{x}", "400 22P02"),
                Arguments.of("range", "/values_of?span=cs.[1", "400 22P02"),
                Arguments.of("range upside down", "/values_of?span=ov.[5,1)", "400 22000"),
                Arguments.of("range of dates", "/values_of?days=ov.[x,y)", "400 22007"),
                Arguments.of("inet", "/values_of?address=eq.999.1.1.1", "400 22P02"),
                Arguments.of("bits", "/values_of?bits=eq.12", "400 22P02"),
                Arguments.of("point has no equality", "/values_of?pair=eq.(1,1)", "404 42883"),
                Arguments.of("json has no equality", "/values_of?plain=eq.{}", "404 42883"),
                Arguments.of("order json", "/values_of?order=plain", "404 42883"),
                Arguments.of("json text", "/values_of?doc=eq.{", "400 22P02"),
                Arguments.of("json NUL", "/values_of?doc=eq.\"\\u0000\"", "400 22P05"),
                Arguments.of(
                        "json NUL containment",
                        "/values_of?doc=cs.{\"a\":\"\\u0000\"}",
                        "400 22P05"),
                Arguments.of("json surrogate", "/values_of?doc=eq.\"\\ud800\"", "400 22P02"),
                Arguments.of("json path NUL", "/values_of?doc->>a=eq.\\u0000", "200"),
                Arguments.of("stored NUL", "/values_of?select=plain->>a", "400 22P05"),
                Arguments.of("stored NUL filter", "/values_of?plain->>a=eq.b", "400 22P05"),
                Arguments.of("tsquery", "/values_of?words=fts.a b", "400 42601"),
                Arguments.of(
                        "text search configuration", "/values_of?words=fts(none).a", "400 42704"),
                Arguments.of("cast of data", "/makers?select=name::int", "400 22P02"),
                Arguments.of("cast to nothing", "/values_of?select=id::nothing", "400 42704"),
                Arguments.of("cast impossible", "/values_of?select=id::uuid", "400 42846"),
                Arguments.of(
                        "variadic too large", "/rpc/every?list=1&list=99999999999", "400 22003"),
                Arguments.of("many variadic", "/rpc/every?" + "list=1&".repeat(5000), "200"),
                Arguments.of(
                        "10000 in a list",
                        "/values_of?select=id&id=in.("
                                + IntStream.rangeClosed(1, 10_000)
                                        .mapToObj(Integer::toString)
                                        .collect(Collectors.joining(","))
                                + ")",
                        "200"),
                Arguments.of(
                        "8000 filters", "/values_of?select=id&" + "id=gt.0&".repeat(8000), "200"),
                Arguments.of(
                        "8000 choices",
                        "/values_of?select=id&or=(" + items("id.gt.0", 8000) + ")",
                        "200"),
                Arguments.of(
                        "5000 orders", "/values_of?select=id&order=" + items("id", 5000), "200"),
                Arguments.of(
                        "200 embeds",
                        "/tools?select=id,"
                                + IntStream.range(0, 200)
                                        .mapToObj(each -> "e" + each + ":makers(id)")
                                        .collect(Collectors.joining(",")),
                        "200"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reads")
    void aReadIsAnswered(String what, String target, String answer) {
        assertThat(told(api.get(target).ask())).as(what).isEqualTo(answer);
    }

    /// A refusal, or the status alone.
    private static String told(TestApi.Reply reply) {
        return reply.status() < 300 ? Integer.toString(reply.status()) : reply.refusal();
    }

    static Stream<Arguments> writes() {
        String random =
                new Random(1)
                        .ints(8000, 33, 127)
                        .filter(each -> each != '"' && each != '\\')
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
        return Stream.of(
                Arguments.of("index row", "/keyed", "{\"name\":\"" + random + "\"}", "500 54000"),
                Arguments.of("int", "/values_of", "{\"id\":99999999999}", "400 22003"),
                Arguments.of("int fraction", "/values_of", "{\"id\":1.5}", "400 22P02"),
                Arguments.of(
                        "numeric overflow",
                        "/values_of",
                        "{\"id\":2,\"amount\":1234567}",
                        "400 22003"),
                Arguments.of(
                        "numeric e", "/values_of", "{\"id\":2,\"amount\":1e200000}", "400 22003"),
                Arguments.of(
                        "numeric long",
                        "/values_of",
                        "{\"id\":2,\"amount\":" + "9".repeat(140000) + "}",
                        "400 22003"),
                Arguments.of("double", "/values_of", "{\"id\":2,\"real\":1e400}", "400 22003"),
                Arguments.of(
                        "too long", "/values_of", "{\"id\":2,\"short\":\"abcd\"}", "400 22001"),
                Arguments.of("bits", "/values_of", "{\"id\":2,\"bits\":\"11\"}", "400 22026"),
                Arguments.of("uuid", "/values_of", "{\"id\":2,\"uid\":\"x\"}", "400 22P02"),
                Arguments.of("enum", "/values_of", "{\"id\":2,\"mood\":\"x\"}", "400 22P02"),
                Arguments.of("time", "/values_of", "{\"id\":2,\"at\":\"x\"}", "400 22007"),
                Arguments.of("array", "/values_of", "{\"id\":2,\"numbers\":\"x\"}", "400 22P02"),
                Arguments.of(
                        "array ragged",
                        "/values_of",
                        "{\"id\":2,\"numbers\":[[1],[1,2]]}",
                        "400 22P02"),
                Arguments.of(
                        "array deep",
                        "/values_of",
                        "{\"id\":2,\"numbers\":[[[[[[[1]]]]]]]}",
                        "500 54000"),
                Arguments.of("range", "/values_of", "{\"id\":2,\"span\":\"[5,1)\"}", "400 22000"),
                Arguments.of("NUL", "/values_of", "{\"id\":2,\"name\":\"a\\u0000\"}", "400 22P05"),
                Arguments.of(
                        "NUL in jsonb",
                        "/values_of",
                        "{\"id\":2,\"doc\":\"a\\u0000\"}",
                        "400 22P05"),
                Arguments.of(
                        "surrogate", "/values_of", "{\"id\":2,\"name\":\"\\ud800\"}", "400 22P02"),
                Arguments.of(
                        "deep",
                        "/values_of",
                        "{\"id\":2,\"doc\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}",
                        "400 PGRST102"),
                Arguments.of(
                        "deep objects",
                        "/values_of",
                        "{\"id\":2,\"doc\":"
                                + "{\"a\":".repeat(50_000)
                                + "1"
                                + "}".repeat(50_000)
                                + "}",
                        "400 PGRST102"),
                Arguments.of(
                        "deep, not parsed",
                        "/values_of?columns=id,doc",
                        "{\"id\":2,\"doc\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}",
                        "400 PGRST102"),
                Arguments.of(
                        "2000 keys",
                        "/values_of",
                        "{\"id\":2"
                                + IntStream.range(0, 2000)
                                        .mapToObj(each -> ",\"k" + each + "\":1")
                                        .collect(Collectors.joining())
                                + "}",
                        "400 PGRST204"),
                Arguments.of("a column twice", "/values_of?columns=id,id", "{\"id\":2}", "201"),
                Arguments.of(
                        "64 letters",
                        "/values_of",
                        "{\"id\":2,\"" + "k".repeat(64) + "\":1}",
                        "400 PGRST204"),
                Arguments.of(
                        "function of 200 arguments",
                        "/rpc/plus",
                        "{\"a\":1"
                                + IntStream.range(0, 200)
                                        .mapToObj(each -> ",\"k" + each + "\":1")
                                        .collect(Collectors.joining())
                                + "}",
                        "404 PGRST202"),
                Arguments.of(
                        "on conflict", "/values_of?on_conflict=name", "{\"id\":2}", "400 42P10"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void aWriteIsAnswered(String what, String target, String body, String answer) {
        var call = api.post(target, body).prefer("resolution=merge-duplicates");
        assertThat(told(call.ask())).as(what).isEqualTo(answer);
    }

    @Test
    void anArgumentOfACallIsJudgedAsAnyValue() {
        assertThat(told(api.post("/rpc/plus", "{\"a\":99999999999}").ask())).isEqualTo("400 22003");
        assertThat(told(api.post("/rpc/plus", "{\"a\":\"x\"}").ask())).isEqualTo("400 22P02");
    }

    @Test
    void aWriteReturnsNoMoreColumnsThanAReadMayHave() {
        var call = api.post("/values_of?select=" + items("id", 1665), "{\"id\":2}");
        assertThat(told(call.prefer("return=representation").ask())).isEqualTo("500 54011");
    }

    @Test
    void moreDefaultsThanAFunctionHasArgumentsAreFilledIn() {
        String columns =
                IntStream.rangeClosed(1, DEFAULTS)
                        .mapToObj(each -> "c" + each)
                        .collect(Collectors.joining(","));
        var reply =
                api.post("/defaults?columns=" + columns, "[{\"c1\":7}]")
                        .prefer("missing=default")
                        .prefer("return=representation")
                        .ask();
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().at("/0/c1").intValue()).isEqualTo(7);
        assertThat(reply.json().at("/0/c" + DEFAULTS).intValue()).isEqualTo(DEFAULTS);
    }

    @Test
    void aRangeBeyondAllNumbersIsARange() {
        String huge = "9".repeat(30);
        assertThat(api.get("/makers?select=id").header("Range", "0-" + huge).ask().said())
                .isEqualTo("200 [{'id':1},{'id':2}]");
        assertThat(api.get("/makers?select=id").header("Range", huge + "-").ask().said())
                .isEqualTo("200 []");
        assertThat(
                        api.delete("/values_of?id=eq.9")
                                .prefer("handling=strict")
                                .prefer("max-affected=" + huge)
                                .ask()
                                .status())
                .isEqualTo(204);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] json = "{\"id\":2,\"name\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] csv = "id,name\n2,\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(api.call("POST", "/values_of").body("application/json", json).ask().refusal())
                .isEqualTo("400 PGRST102");
        assertThat(api.call("POST", "/values_of").body("text/csv", csv).ask().refusal())
                .isEqualTo("400 PGRST102");
    }

    /// The driver cannot do with other dates than ISO.
    @Test
    void aFunctionThatChangesTheSessionsDatesCostsOneConnection() {
        assertThat(api.call("POST", "/rpc/german").ask().refusal()).isEqualTo("503 PGRST001");
        assertThat(api.get("/makers?select=id").ask().said()).isEqualTo("200 [{'id':1},{'id':2}]");
    }
}
