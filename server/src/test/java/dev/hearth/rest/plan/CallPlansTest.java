package dev.hearth.rest.plan;

import static dev.hearth.rest.plan.Library.call;
import static dev.hearth.rest.plan.Library.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.problem.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// Which function is called, and with what.
class CallPlansTest {

    @Test
    void callsTheFunctionThatTakesTheArguments() {
        assertThat(call("POST", "greet", "", "{\"name\":\"x\"}").routine().name().name())
                .isEqualTo("greet");
        assertThat(call("POST", "import", "", "{\"any\":1}").arguments())
                .isInstanceOf(Arguments.WholeBody.class);
    }

    @Test
    void takesTheLastValueUnlessAllAreWanted() {
        assertThat(((Arguments.Values) call("GET", "add", "a=1&b=2&a=3", "").arguments()).given())
                .extracting(Arguments.Given::values)
                .containsExactly(List.of("3"), List.of("2"));
        assertThat(((Arguments.Values) call("GET", "gather", "v=1&v=2", "").arguments()).given())
                .extracting(Arguments.Given::values)
                .containsExactly(List.of("1", "2"));
    }

    @Test
    void refusesSeveralFunctions() {
        Problem problem = refusal(() -> call("POST", "twice", "", "{\"x\":1}"));
        assertThat(problem.code()).isEqualTo("PGRST203");
        assertThat(problem.message())
                .isEqualTo(
                        "Could not choose the best candidate function between:"
                                + " public.twice(x => integer), public.twice(x => text)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | {} | Could not find the function public.add without parameters in the"
                        + " schema cache | Searched for the function public.add without parameters"
                        + " or with a single unnamed json/jsonb parameter, but no matches were"
                        + " found in the schema cache.",
                "POST | {\"b\":1,\"a\":1,\"c\":1} | Could not find the function"
                        + " public.add(a, b, c) in the schema cache | Searched for the function"
                        + " public.add with parameters a, b, c or with a single unnamed json/jsonb"
                        + " parameter, but no matches were found in the schema cache.",
                "GET | '' | Could not find the function public.add without parameters in the"
                        + " schema cache | Searched for the function public.add without parameters,"
                        + " but no matches were found in the schema cache.",
            })
    void saysWhatFunctionItSearched(String method, String body, String message, String details) {
        Problem problem = refusal(() -> call(method, "add", "", body));
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.details()).contains(details);
    }

    @Test
    void embedsInTheRowsThatAFunctionReturns() {
        Plan.Call call = call("GET", "all_books", "select=title,loans(*)&price=gt.1&order=id", "");
        assertThat(call.rows().source()).isEqualTo(new Source.Outcome("books"));
        assertThat(call.returning()).containsExactly("id", "title");
        assertThat(call.filtered()).containsExactly("id", "price");
    }

    @Test
    void readsOnlyWhereAFunctionCannotWrite() {
        assertThat(call("POST", "add", "", "{\"a\":1,\"b\":2}").readOnly()).isTrue();
    }

    @Test
    void countsAffectedRowsOfSetsOnly() {
        assertThat(
                        refusal(
                                        () ->
                                                Library.plan(
                                                        "GET",
                                                        "/rpc/add",
                                                        "a=1&b=2",
                                                        "",
                                                        "Prefer: handling=strict, max-affected=1"))
                                .code())
                .isEqualTo("PGRST128");
    }
}
