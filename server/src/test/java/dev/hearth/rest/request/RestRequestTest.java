package dev.hearth.rest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.exchange.Headers;
import dev.hearth.exchange.RequestLine;
import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

class RestRequestTest {

    private static final RequestRules TWO_SCHEMAS =
            new RequestRules(List.of("public", "storage"), true, Optional.empty());
    private static final RequestRules ONE_SCHEMA =
            new RequestRules(List.of("public"), true, Optional.empty());

    private static RequestLine line(String method, String path, String query) {
        return new RequestLine(method, path, "", query);
    }

    private static RestRequest ask(String method, String path, String query) {
        return RestRequest.of(line(method, path, query), Headers.NONE, ONE_SCHEMA);
    }

    private static RestRequest ask(String method, String query, Map<String, String> headers) {
        return RestRequest.of(line(method, "/items", query), fields(headers), TWO_SCHEMAS);
    }

    private static Headers fields(Map<String, String> headers) {
        var fields = new java.util.HashMap<String, List<String>>();
        headers.forEach((name, value) -> fields.put(name, List.of(value)));
        return new Headers(fields);
    }

    private static Problem refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable asking) {
        var refusals = new java.util.ArrayList<Problem>();
        assertThatThrownBy(asking)
                .isInstanceOfSatisfying(Refusal.class, refusal -> refusals.add(refusal.problem()));
        return refusals.getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /,           Describe[headOnly=false]",
        "HEAD,   '',          Describe[headOnly=true]",
        "GET,    /items,      'Read[relation=items, headOnly=false]'",
        "HEAD,   /items,      'Read[relation=items, headOnly=true]'",
        "POST,   /items,      'Change[relation=items, kind=INSERT]'",
        "PATCH,  /items,      'Change[relation=items, kind=UPDATE]'",
        "PUT,    /items,      'Change[relation=items, kind=UPSERT]'",
        "DELETE, /items,      'Change[relation=items, kind=DELETE]'",
        "POST,   /rpc/add,    'Call[function=add, how=POST]'",
        "HEAD,   /rpc/add,    'Call[function=add, how=HEAD]'",
        "GET,    /rpc,        'Read[relation=rpc, headOnly=false]'",
        "OPTIONS, /items,     RelationOptions[relation=items]",
    })
    void readsMethodAndPath(String method, String path, String action) {
        assertThat(ask(method, path, "").action()).hasToString(action);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     /items/,        PGRST125",
        "GET,     /items/1,       PGRST125",
        "GET,     /rpc/add/more,  PGRST125",
        "POST,    /,              PGRST117",
        "TRACE,   /items,         PGRST117",
        "DELETE,  /rpc/add,       PGRST101",
        "PUT,     /rpc/add,       PGRST101",
    })
    void refusesWhatLeadsNowhere(String method, String path, String code) {
        assertThat(refusal(() -> ask(method, path, "")).code()).isEqualTo(code);
    }

    @Test
    void answersTheRootWithAFunctionWhereOneIsNamed() {
        var rules = new RequestRules(List.of("public"), true, Optional.of("welcome"));
        assertThat(RestRequest.of(line("GET", "/", ""), Headers.NONE, rules).action())
                .isEqualTo(new Action.Call("welcome", Action.Call.How.GET));
    }

    @Test
    void refusesTheRootWhereItIsDisabled() {
        var rules = new RequestRules(List.of("public"), false, Optional.empty());
        assertThat(refusal(() -> RestRequest.of(line("GET", "/", ""), Headers.NONE, rules)).code())
                .isEqualTo("PGRST126");
    }

    @Test
    void takesTheSchemaFromTheHeaderOfTheMethod() {
        var headers = Map.of("Accept-Profile", "storage", "Content-Profile", "public");
        assertThat(ask("GET", "", headers).schema()).isEqualTo("storage");
        assertThat(ask("POST", "", headers).schema()).isEqualTo("public");
    }

    @Test
    void refusesASchemaThatIsNotExposedAndNamesThoseThatAre() {
        Problem problem = refusal(() -> ask("GET", "", Map.of("Accept-Profile", "secret")));
        assertThat(problem.code()).isEqualTo("PGRST106");
        assertThat(problem.hint())
                .contains("Only the following schemas are exposed: public, storage");
    }

    @Test
    void namesTheSchemaWhenSeveralAreExposedOrOneWasAskedFor() {
        assertThat(ask("GET", "", Map.of()).profiled()).isTrue();
        assertThat(ask("GET", "/items", "").profiled()).isFalse();
    }

    @Test
    void honoursARangeHeaderOnGetOnly() {
        var headers = Map.of("Range", "10-19");
        assertThat(ask("GET", "", headers).window()).isEqualTo(new Window(10, OptionalLong.of(10)));
        assertThat(ask("HEAD", "", headers).window()).isEqualTo(Window.ALL);
    }

    @Test
    void intersectsARangeHeaderWithALimit() {
        assertThat(ask("GET", "limit=3&offset=5", Map.of("Range", "4-9")).window())
                .isEqualTo(new Window(5, OptionalLong.of(3)));
    }

    @Test
    void letsALimitOfZeroStandWhateverTheRange() {
        assertThat(ask("GET", "limit=0", Map.of("Range", "4-9")).window().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "9-4, '', The lower boundary must be lower than or equal to the upper boundary in the"
                + " Range header.",
        "0-4, offset=10, Limit should be greater than or equal to zero.",
        "0-4, offset=5, Limit should be greater than or equal to zero.",
        "'',  limit=-1, Limit should be greater than or equal to zero.",
        "'',  parts.limit=-1, Limit should be greater than or equal to zero.",
    })
    void refusesRowsThatNoResultCanHave(String range, String query, String details) {
        Problem problem = refusal(() -> ask("GET", query, Map.of("Range", range)));
        assertThat(problem.status()).isEqualTo(416);
        assertThat(problem.details()).contains(details);
    }

    @Test
    void refusesALimitOnPut() {
        assertThat(refusal(() -> ask("PUT", "id=eq.1&limit=1", Map.of())).code())
                .isEqualTo("PGRST114");
    }

    @Test
    void takesEveryParameterForAFilterUnlessAFunctionIsCalledByGet() {
        assertThat(ask("GET", "/rpc/add", "a=1&id=gt.3").parameters().arguments())
                .containsExactly(new QueryParameters.Argument("a", "1"));
        assertThat(refusal(() -> ask("POST", "/rpc/add", "a=1")).code()).isEqualTo("PGRST100");
    }
}
