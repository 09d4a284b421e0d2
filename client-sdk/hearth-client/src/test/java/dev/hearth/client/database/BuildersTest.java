package dev.hearth.client.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/// What the builders say of their own: where supabase-js leaves it to its caller to quote, and
/// where a mistake is told before anything is sent.
class BuildersTest {

    private FakeApi api;

    record Row(@Nullable Integer id, @Nullable String firstName) {}

    enum Mood {
        GOOD
    }

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String sent(UnaryOperator<SelectBuilder> said) throws InterruptedException {
        api.answers(200, "[]");
        var unused = said.apply(api.tasks().select("id")).execute();
        return api.query().replace("select=id&", "");
    }

    private String body(InsertBuilder insert) throws InterruptedException {
        api.answers(201, "");
        insert.execute();
        return api.asked().getBody().utf8();
    }

    @Test
    void writesValuesAsPostgresReadsThem() throws Exception {
        assertThat(sent(q -> q.eq("a", 10.0))).isEqualTo("a=eq.10");
        assertThat(sent(q -> q.eq("a", 1e300))).isEqualTo("a=eq.1.0E300");
        assertThat(sent(q -> q.eq("a", Double.NaN))).isEqualTo("a=eq.NaN");
        assertThat(sent(q -> q.eq("a", new BigDecimal("1E+3")))).isEqualTo("a=eq.1000");
        assertThat(sent(q -> q.eq("a", Long.MAX_VALUE))).isEqualTo("a=eq.9223372036854775807");
        assertThat(sent(q -> q.eq("a", 'x'))).isEqualTo("a=eq.x");
        assertThat(sent(q -> q.eq("a", Mood.GOOD))).isEqualTo("a=eq.good");
        assertThat(sent(q -> q.eq("a", new byte[] {0, 10, -1}))).isEqualTo("a=eq.\\x000aff");
        assertThat(sent(q -> q.eq("a", LocalDate.of(2027, 1, 2)))).isEqualTo("a=eq.2027-01-02");
        assertThat(sent(q -> q.eq("a", Duration.ofMinutes(90)))).isEqualTo("a=eq.PT1H30M");
        assertThat(
                        sent(
                                q ->
                                        q.eq(
                                                "a",
                                                ZonedDateTime.parse(
                                                        "2027-01-02T03:04+01:00[Europe/Berlin]"))))
                .isEqualTo("a=eq.2027-01-02T03:04:00+01:00");
        assertThat(sent(q -> q.eq("a", address()))).isEqualTo("a=eq.127.0.0.1");
        assertThat(sent(q -> q.eq("a", new Row(1, "x"))))
                .isEqualTo("a=eq.{\"id\":1,\"first_name\":\"x\"}");
    }

    private static InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    @Test
    void quotesElementsOfArrays() throws Exception {
        List<Object> odd =
                Arrays.asList("a b", "c,d", "e\"f", "g\\h", "{i}", "", "NULL", null, 1, true);
        assertThat(sent(q -> q.contains("a", odd)))
                .isEqualTo(
                        "a=cs.{\"a"
                            + " b\",\"c,d\",\"e\\\"f\",\"g\\\\h\",\"{i}\",\"\",\"NULL\",NULL,1,true}");
        assertThat(sent(q -> q.contains("a", List.of(List.of(1, 2), List.of(3)))))
                .isEqualTo("a=cs.{{1,2},{3}}");
        assertThat(sent(q -> q.overlaps("a", new int[] {1, 2}))).isEqualTo("a=ov.{1,2}");
    }

    @Test
    void writesAListOfObjectsAsJson() throws Exception {
        assertThat(sent(q -> q.contains("a", List.of(Map.of("id", 1)))))
                .isEqualTo("a=cs.[{\"id\":1}]");
        assertThat(sent(q -> q.contains("a", new Row[] {new Row(1, null)})))
                .isEqualTo("a=cs.[{\"id\":1,\"first_name\":null}]");
    }

    @Test
    void quotesElementsOfLists() throws Exception {
        assertThat(sent(q -> q.in("a", List.of("x\"y", "\\", " z", ""))))
                .isEqualTo("a=in.(\"x\\\"y\",\"\\\\\",\" z\",\"\")");
    }

    @Test
    void doublesAnEmptyTextThatIsAloneInAListSinceTheServerTakesOneForNone() throws Exception {
        assertThat(sent(q -> q.in("a", List.of("")))).isEqualTo("a=in.(\"\",\"\")");
    }

    @Test
    void quotesValuesInTrees() throws Exception {
        assertThat(
                        sent(
                                q ->
                                        q.or(
                                                any ->
                                                        any.eq("a", "x,y")
                                                                .not("b", "in", List.of("(", 1))
                                                                .contains("c", List.of("d e"))
                                                                .is("f", null)
                                                                .and(
                                                                        all ->
                                                                                all.gt("g", 1)
                                                                                        .or(
                                                                                                "h.eq.1,i.eq.2"))
                                                                .not(all -> all.like("j", "%k")))))
                .isEqualTo(
                        "or=(a.eq.\"x,y\",b.not.in.(\"(\",1),c.cs.\"{\\\"d e\\\"}\",f.is.null,"
                                + "and(g.gt.1,or(h.eq.1,i.eq.2)),not.and(j.like.%k))");
        assertThat(sent(q -> q.not(all -> all.eq("a", 1).match(Map.of("b", 2)))))
                .isEqualTo("not.and=(a.eq.1,b.eq.2)");
        assertThat(sent(q -> q.and(all -> all.eq("a", 1)))).isEqualTo("and=(a.eq.1)");
        assertThat(sent(q -> q.and("a.eq.1"))).isEqualTo("and=(a.eq.1)");
        assertThat(sent(q -> q.or(any -> any.eq("a", 1), "notes"))).isEqualTo("notes.or=(a.eq.1)");
    }

    @Test
    void filtersColumnsThatAreNamedLikeParameters() throws Exception {
        assertThat(sent(q -> q.eq("order", 1))).isEqualTo("and=(order.eq.1)");
        assertThat(sent(q -> q.eq("notes.limit", 1))).isEqualTo("notes.and=(limit.eq.1)");
        assertThat(sent(q -> q.eq("select", "a,b"))).isEqualTo("and=(select.eq.\"a,b\")");
        assertThat(sent(q -> q.eq("notes.select", 1))).isEqualTo("notes.select=eq.1");
        assertThat(sent(q -> q.eq("data->>order", 1))).isEqualTo("data->>order=eq.1");
    }

    @Test
    void tellsNullFromOthersWhereNullCanBeMeant() throws Exception {
        var query = new LinkedHashMap<String, @Nullable Object>();
        query.put("a", null);
        query.put("b", 1);
        assertThat(sent(q -> q.match(query))).isEqualTo("a=is.null&b=eq.1");
        assertThat(sent(q -> q.isDistinct("a", null))).isEqualTo("a=not.is.null");
        assertThat(sent(q -> q.not("a", "isdistinct", null))).isEqualTo("a=is.null");
        assertThat(sent(q -> q.inList("a", List.of(1)))).isEqualTo("a=in.(1)");
    }

    @Test
    void refusesNullWhereItIsTrueOfNoRow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> api.tasks().select().filter("a", "eq", null))
                .withMessageContaining("is(a, null)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> api.tasks().select().in("a", Arrays.asList(1, null)))
                .withMessageContaining("in no list");
    }

    @Test
    void refusesEmptyTreesAndNames() {
        assertThatIllegalArgumentException().isThrownBy(() -> api.tasks().select().or(any -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> api.tasks().select().or(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> api.tasks().select().eq(" ", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> api.database.from(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> api.database.schema(""));
        assertThatIllegalArgumentException().isThrownBy(() -> api.database.rpc(""));
    }

    @Test
    void refusesNumbersOutOfBounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> api.tasks().select().limit(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> api.tasks().select().range(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> api.tasks().delete().maxAffected(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> api.tasks().select().timeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseOptions.builder().urlLengthLimit(0));
        assertThatIllegalArgumentException().isThrownBy(() -> StreamOptions.by("id").pageSize(0));
    }

    @Test
    void changesNoWholeTableUnasked() {
        String message = "this would change every row";
        assertThatIllegalStateException()
                .isThrownBy(() -> api.tasks().delete().execute())
                .withMessageContaining(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> api.tasks().update(Map.of("a", 1)).select().execute())
                .withMessageContaining(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> api.tasks().delete().eq("notes.a", 1).executeCount())
                .withMessageContaining(message);
        assertThat(api.server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "data->>x.y", "\"a.b\""})
    void takesColumnsOfTheTableForAFilter(String column) throws Exception {
        api.answers(204, "");
        api.tasks().delete().eq(column, 1).execute();
        assertThat(api.query()).isEqualTo(column + "=eq.1");
    }

    @Test
    void forksByCopy() throws Exception {
        SelectBuilder open = api.tasks().select("id").eq("a", 1);
        SelectBuilder mine = open.copy().eq("b", 2);
        api.answers(200, "[]").answers(200, "[]");
        var unused = open.execute();
        unused = mine.execute();
        assertThat(api.query()).isEqualTo("select=id&a=eq.1");
        assertThat(api.query()).isEqualTo("select=id&a=eq.1&b=eq.2");
    }

    @Test
    void terminalsLeaveTheBuilderAsItIs() throws Exception {
        SelectBuilder open = api.tasks().select("id");
        api.answers(200, "text/csv", "id\n")
                .answers(200, "", "", "Content-Range", "*/0")
                .answers(200, "[]");
        assertThat(open.csv()).isEqualTo("id\n");
        assertThat(open.executeCount()).isZero();
        assertThat(open.execute()).isEmpty();
        assertThat(api.asked().getHeaders().get("Accept")).isEqualTo("text/csv");
        assertThat(api.asked().getMethod()).isEqualTo("HEAD");
        assertThat(api.asked().getHeaders().get("Prefer")).isNull();
    }

    @Test
    void aCallInTheBackgroundIsWhatWasSaidWhenItBegan() throws Exception {
        SelectBuilder query = api.tasks().select("id");
        api.answers(200, "[]");
        CompletableFuture<List<Row>> rows = query.executeAsync(Row.class);
        query.eq("late", 1);
        assertThat(rows.get()).isEmpty();
        assertThat(api.query()).isEqualTo("select=id");
    }

    @Test
    void leavesOutTheNullsOfInsertedRecordsSoThatDefaultsFillThem() throws Exception {
        assertThat(body(api.tasks().insert(new Row(null, "a"))))
                .isEqualTo("{\"first_name\":\"a\"}");
        assertThat(api.server.getRequestCount()).isEqualTo(1);
        assertThat(body(api.tasks().upsert(new Row[] {new Row(null, "a"), new Row(1, null)})))
                .isEqualTo("[{\"first_name\":\"a\"},{\"id\":1}]");
    }

    @Test
    void keepsTheNullsOfMapsAndOfUpdates() throws Exception {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("id", null);
        assertThat(body(api.tasks().insert(row))).isEqualTo("{\"id\":null}");
        api.answers(204, "");
        api.tasks().update(new Row(null, "a")).eq("id", 1).execute();
        assertThat(api.asked().getBody().utf8()).isEqualTo("{\"id\":null,\"first_name\":\"a\"}");
    }

    @Test
    void namesAllColumnsOfRowsThatDiffer() throws Exception {
        api.answers(201, "");
        api.tasks().insert(List.of(Map.of("a\"b", 1), new Row(1, "x"))).execute();
        assertThat(api.query()).isEqualTo("columns=\"a\\\"b\",\"id\",\"first_name\"");
    }

    @Test
    void refusesRowsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> api.tasks().insert("{}"))
                .withMessageContaining("a row is an object");
        assertThatIllegalArgumentException().isThrownBy(() -> api.tasks().insert(List.of(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> api.tasks().insert(Arrays.asList(Map.of(), null)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> api.tasks().update(List.of(Map.of())));
    }

    @Test
    void refusesArgumentsThatAnAddressCannotCarry() {
        var none = new LinkedHashMap<String, @Nullable Object>();
        none.put("a", null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> api.database.rpc("f", none, RpcOptions.get()))
                .withMessageContaining("cannot carry null");
        for (String filter :
                List.of("eq.1", "not.is.null", "like(any).{a}", "fts(english).a", "in.(1)")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> api.database.rpc("f", Map.of("a", filter), RpcOptions.get()))
                    .withMessageContaining("as a filter");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> api.database.rpc("f", List.of(1)))
                .withMessageContaining("have names");
    }

    @Test
    void refusesArgumentsThatAnAddressHasForItself() {
        for (String name : List.of("select", "order", "limit", "offset", "and", "or")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> api.database.rpc("f", Map.of(name, 1), RpcOptions.get()))
                    .withMessageContaining(name)
                    .withMessageContaining("call by POST");
        }
    }

    @Test
    void countsFromTheFirstRowWhereverTheRangeBegins() throws Exception {
        api.answers(200, "", "", "Content-Range", "*/3");
        assertThat(api.tasks().select().range(100, 109).executeCount()).isEqualTo(3);
        assertThat(api.query()).isEqualTo("select=*&limit=10");
    }

    @Test
    void tellsThatAListIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> api.tasks().select().filter("id", "in", 5))
                .withMessageContaining("java.lang.Integer is no collection");
    }

    @Test
    void carriesObjectsAndArraysInAnAddress() throws Exception {
        api.answers(200, "1");
        Map<String, Object> arguments = Map.of("a", Map.of("b", List.of("c,d")));
        assertThat(api.database.rpc("f", arguments, RpcOptions.get()).execute(Integer.class))
                .isEqualTo(1);
        assertThat(api.query()).isEqualTo("a={\"b\":[\"c,d\"]}");
        api.answers(200, "1");
        arguments = Map.of("a", Arrays.asList("c,d", null, 1.5, List.of("e")));
        assertThat(api.database.rpc("f", arguments, RpcOptions.get()).execute(Integer.class))
                .isEqualTo(1);
        assertThat(api.query()).isEqualTo("a={\"c,d\",NULL,1.5,{e}}");
    }

    @Test
    void escapesANameInThePath() throws Exception {
        api.answers(200, "[]");
        var unused = api.database.from("a/b?c#d").select("id").execute();
        assertThat(api.asked().getTarget()).isEqualTo("/rest/v1/a%2Fb%3Fc%23d?select=id");
    }

    @Test
    void aHeaderOfTheQueryWins() throws Exception {
        api.answers(200, "[]");
        var unused =
                api.tasks()
                        .select()
                        .header("apikey", "other")
                        .header("Accept-Profile", "app")
                        .execute();
        var headers = api.asked().getHeaders();
        assertThat(headers.values("apikey")).containsExactly("other");
        assertThat(headers.values("Accept-Profile")).containsExactly("app");
    }

    @Test
    void stripsNoNullsFromCsv() {
        assertThatIllegalStateException()
                .isThrownBy(() -> api.tasks().select().stripNulls().csv())
                .withMessage("stripNulls() cannot be used with csv()");
    }
}
