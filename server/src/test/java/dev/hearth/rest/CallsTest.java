package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Functions that are called: how arguments arrive, and how results are answered.
@Tag("all-postgres")
class CallsTest {

    @AutoClose private static TestApi api;

    @BeforeAll
    static void open() {
        api = TestApi.start(TestApi.resource("/rest/desk.sql"));
    }

    private static TestApi.Call call(String target, String json) {
        return api.call("POST", "/rpc" + target).sends(json);
    }

    private static TestApi.Call read(String target) {
        return api.get("/rpc" + target);
    }

    @Test
    void answersOneValueAsItIs() {
        var reply = call("/greet", "{'name':'Ann'}").ask();
        assertThat(reply.whole()).isEqualTo("200 \"Hello, Ann\"");
        assertThat(reply.header("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(reply.header("Content-Range")).contains("0-0/*");
        assertThat(reply.header("Content-Location")).isEmpty();
        assertThat(read("/answer").ask().whole()).isEqualTo("200 42");
        assertThat(call("/nobody", "{}").ask().whole()).isEqualTo("200 null");
        assertThat(read("/page").ask().whole()).isEqualTo("200 {\"a\":[1]}");
        assertThat(read("/list").ask().whole()).isEqualTo("200 [\"a\",\"b\"]");
    }

    @Test
    void answersNothingOfAVoidFunction() {
        var reply = call("/note", "{'line':'x'}").ask();

        assertThat(reply.whole()).isEqualTo("204 ");
        assertThat(reply.header("Content-Type")).isEmpty();
        assertThat(reply.header("Content-Length")).isEmpty();
        assertThat(api.get("/log?line=eq.x").ask().said()).isEqualTo("200 [{'line':'x'}]");
    }

    @Test
    void answersARowAsAnObjectAndRowsAsAnArray() {
        assertThat(read("/first_case").ask().said())
                .isEqualTo("200 {'id':1,'title':'lost key','client':1}");
        assertThat(read("/no_case").ask().said())
                .isEqualTo("200 {'id':null,'title':null,'client':null}");
        assertThat(read("/halves?whole=7").ask().said()).isEqualTo("200 {'low':3,'high':4}");
        assertThat(read("/doubled?number=7").ask().said()).isEqualTo("200 {'number':14}");
        assertThat(read("/numbers?up_to=3").ask().said()).isEqualTo("200 [1,2,3]");
        assertThat(read("/numbers?up_to=0").ask().said()).isEqualTo("200 []");
        assertThat(read("/sizes").ask().said())
                .isEqualTo("200 [{'label':'small','size':1},{'label':'large','size':2}]");
    }

    @Test
    void readsRowsOfAFunctionLikeATable() {
        var reply =
                read("/cases_after?after=0&select=id,clients(name)&title=like.l*&order=id.desc")
                        .prefer("count=exact")
                        .ask();

        assertThat(reply.said())
                .isEqualTo(
                        "200 [{'id':2,'clients':{'name':'Ann'}},{'id':1,'clients':{'name':'Ann'}}]");
        assertThat(reply.header("Content-Range")).contains("0-1/2");
        var page =
                call("/cases_after?select=id&limit=1&offset=1&order=id", "{'after':0}")
                        .prefer("count=exact")
                        .ask();
        assertThat(page.said()).isEqualTo("206 [{'id':2}]");
        assertThat(page.header("Content-Range")).contains("1-1/3");
    }

    @Test
    void readsTheHeadOfACall() {
        var reply = api.head("/rpc/cases_after?after=1").ask();

        assertThat(reply.whole()).isEqualTo("200 ");
        assertThat(reply.header("Content-Range")).contains("0-1/*");
        assertThat(reply.header("Content-Length")).isEmpty();
    }

    @Test
    void tellsArgumentsFromFilters() {
        assertThat(read("/cases_after?after=1&id=gt.2&select=id").ask().said())
                .isEqualTo("200 [{'id':3}]");
        assertThat(call("/cases_after?id=gt.2&select=id", "{'after':1}").ask().said())
                .isEqualTo("200 [{'id':3}]");
        assertThat(call("/cases_after?after=1", "{}").ask().refusal()).isEqualTo("400 PGRST100");
    }

    @Test
    void takesArgumentsOfEveryKind() {
        String body = "{'flag':true,'day':'2020-02-29','tags':['a','b'],'doc':{'a':1}}";

        assertThat(call("/kinds_of", body).ask().said()).isEqualTo("200 't 2020-02-29 a+b 1 7'");
        assertThat(
                        read("/kinds_of?flag=true&day=2020-02-29&tags={a,b}&doc={\"a\":1}&size=8")
                                .ask()
                                .said())
                .isEqualTo("200 't 2020-02-29 a+b 1 8'");
        assertThat(
                        api.call("POST", "/rpc/kinds_of")
                                .body(
                                        "application/x-www-form-urlencoded",
                                        "flag=true&day=2020-02-29&tags=%7Ba%7D&doc=%7B%7D")
                                .ask()
                                .said())
                .isEqualTo("200 't 2020-02-29 a 7'");
        assertThat(api.call("POST", "/rpc/greet").body("text/csv", "name\nAnn\nBob").ask().said())
                .isEqualTo("200 'Hello, Ann'");
    }

    @Test
    void takesAVariadicParameterInEveryWay() {
        assertThat(read("/sum_of?numbers=1&numbers=2").ask().said()).isEqualTo("200 3");
        assertThat(read("/sum_of?numbers=4").ask().said()).isEqualTo("200 4");
        assertThat(call("/sum_of", "{'numbers':[1,2,3]}").ask().said()).isEqualTo("200 6");
        assertThat(call("/joined", "{}").ask().said()).isEqualTo("200 'none'");
        assertThat(
                        api.call("POST", "/rpc/joined")
                                .body("application/x-www-form-urlencoded", "words=a&words=b")
                                .ask()
                                .said())
                .isEqualTo("200 'a-b'");
    }

    @Test
    void takesTheLastOfAParameterThatIsRepeated() {
        assertThat(read("/greet?name=Ann&name=Bob").ask().said()).isEqualTo("200 'Hello, Bob'");
    }

    @Test
    void takesOnlyTheFirstOfSeveralObjectsAndTheKeysThatAreNamed() {
        assertThat(call("/greet", "[{'name':'Ann'},{'name':'Bob'}]").ask().said())
                .isEqualTo("200 'Hello, Ann'");
        assertThat(call("/greet?columns=name", "{'name':'Ann','junk':1}").ask().said())
                .isEqualTo("200 'Hello, Ann'");
    }

    @Test
    void takesAnEmptyBodyForNoArguments() {
        assertThat(call("/answer", "").ask().said()).isEqualTo("200 42");
        assertThat(api.call("POST", "/rpc/answer").ask().said()).isEqualTo("200 42");
    }

    @Test
    void keepsTextThatIsShorterOrLongerThanItsParameter() {
        assertThat(read("/padded?short=abcdef").ask().said()).isEqualTo("200 '[abcdef]'");
        assertThat(call("/padded", "{'short':'abcdef'}").ask().said()).isEqualTo("200 '[abcdef]'");
    }

    @Test
    void findsOddNames() {
        assertThat(read("/Odd%20Name?the%20value=1").ask().said()).isEqualTo("200 2");
        assertThat(call("/Odd%20Name", "{'the value':1}").ask().said()).isEqualTo("200 2");
    }

    @Test
    void writesOnlyWhereAFunctionMay() {
        assertThat(read("/note?line=x").ask().said())
                .isEqualTo(
                        "405 {'code':'25006','details':null,'hint':null,'message':'cannot execute"
                                + " INSERT in a read-only transaction'}");
        assertThat(call("/sly", "{'line':'x'}").ask().refusal()).isEqualTo("405 25006");
        assertThat(api.head("/rpc/note?line=x").ask().status()).isEqualTo(405);
    }

    @Test
    void answersOneRowAsAnObjectWhereThatIsWanted() {
        String one = "application/vnd.pgrst.object+json";

        assertThat(read("/cases_after?after=2&select=id").accept(one).ask().said())
                .isEqualTo("200 {'id':3}");
        assertThat(read("/cases_after?after=1").accept(one).ask().said())
                .isEqualTo(
                        "406 {'code':'PGRST116','details':'The result contains 2 rows','hint':null,"
                                + "'message':'Cannot coerce the result to a single JSON object'}");
        assertThat(call("/change_cases", "{'count':2}").accept(one).ask().refusal())
                .isEqualTo("406 PGRST116");
        assertThat(api.get("/cases?title=eq.x").ask().said()).isEqualTo("200 []");
    }

    @Test
    void callsNothingThatIsNoFunctionForClients() {
        assertThat(read("/work").ask().refusal()).isEqualTo("404 PGRST202");
        assertThat(read("/on_change").ask().refusal()).isEqualTo("404 PGRST202");
        assertThat(read("/locked").ask().refusal()).isEqualTo("401 42501");
        assertThat(read("/locked").as("ann").ask().refusal()).isEqualTo("403 42501");
        assertThat(read("/locked").asService().ask().said()).isEqualTo("200 1");
    }

    @Test
    void saysWhichArgumentsItSearchedFor() {
        assertThat(read("/greet").ask().said())
                .isEqualTo(
                        "404 {'code':'PGRST202','details':'Searched for the function public.greet"
                                + " without parameters, but no matches were found in the schema"
                                + " cache.','hint':null,'message':'Could not find the function"
                                + " public.greet without parameters in the schema cache'}");
        assertThat(call("/greet", "{'name':'a','nme':1}").ask().said())
                .isEqualTo(
                        "404 {'code':'PGRST202','details':'Searched for the function public.greet"
                                + " with parameters name, nme or with a single unnamed json/jsonb"
                                + " parameter, but no matches were found in the schema cache.',"
                                + "'hint':'Perhaps you meant to call the function"
                                + " public.greet(name)','message':'Could not find the function"
                                + " public.greet(name, nme) in the schema cache'}");
    }
}
