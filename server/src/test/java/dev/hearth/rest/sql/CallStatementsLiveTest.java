package dev.hearth.rest.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.rest.catalog.MediaHandler;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.catalog.Routine.Parameter;
import dev.hearth.rest.catalog.Routine.Returned;
import dev.hearth.rest.catalog.Routine.Volatility;
import dev.hearth.rest.plan.Arguments;
import dev.hearth.rest.plan.Arguments.Given;
import dev.hearth.rest.plan.Arguments.Members;
import dev.hearth.rest.plan.Arguments.Values;
import dev.hearth.rest.plan.Arguments.WholeBody;
import dev.hearth.rest.plan.Format;
import dev.hearth.rest.plan.Format.Body;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.request.MediaType;
import dev.hearth.rest.request.Preferences.Count;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the statements of calls answer.
@Tag("all-postgres")
class CallStatementsLiveTest {
    private static final QualifiedName INT = new QualifiedName("pg_catalog", "int4");
    private static final QualifiedName VOID = new QualifiedName("pg_catalog", "void");
    private static final Parameter A = parameter("a", "integer", false);
    private static final Parameter B = parameter("b", "integer", false);
    private static final Arguments NONE = new Values(List.of());

    @RegisterExtension static final Fixture studio = new Fixture();

    @Test
    void membersOfAnObjectAreArguments() throws SQLException {
        var add = call("add", scalar(INT), new Members(List.of(A, B), true));

        assertThat(studio.run(add, "{\"a\":1,\"b\":2,\"c\":3}"))
                .isEqualTo(new Execution(null, 1, null, "3", null, null, null));
    }

    @Test
    void theFirstObjectOfAnArrayHasTheArguments() throws SQLException {
        var add = call("add", scalar(INT), new Members(List.of(A), false));

        assertThat(studio.run(add, "[{\"a\":1},{\"a\":2}]").body()).isEqualTo("11");
    }

    @Test
    void valuesStandInTheCall() throws SQLException {
        var values =
                new Values(List.of(new Given(A, List.of("9", "1")), new Given(B, List.of("5"))));

        assertThat(studio.run(call("add", scalar(INT), values), "").body()).isEqualTo("6");
    }

    @Test
    void anyNumberOfValuesIsOneArray() throws SQLException {
        var words = parameter("words", "text[]", true);
        var values = new Values(List.of(new Given(words, List.of("a\"", "b,c", "null"))));

        assertThat(studio.run(call("join_all", scalar(INT), values), "").body())
                .isEqualTo("\"a\\\"-b,c-null\"");
    }

    @Test
    void anyNumberOfValuesMayComeAsAMember() throws SQLException {
        var members = new Members(List.of(parameter("words", "text[]", true)), true);

        assertThat(
                        studio.run(
                                        call("join_all", scalar(INT), members),
                                        "{\"words\":[\"a\",\"b\"]}")
                                .body())
                .isEqualTo("\"a-b\"");
    }

    @Test
    void theWholeBodyIsAnArgument() throws SQLException {
        var echo = call("echo", scalar(INT), new WholeBody(parameter("", "json", false)));

        assertThat(studio.run(echo, "{\"z\" : [1]}").body()).isEqualTo("{\"z\" : [1]}");
    }

    @Test
    void theWholeBodyMayBeBytes() throws SQLException {
        var size = call("size", scalar(INT), new WholeBody(parameter("", "bytea", false)));

        assertThat(studio.run(size, "\0\\x").body()).isEqualTo("3");
    }

    @Test
    void aFunctionThatReturnsNothingIsCalled() throws SQLException {
        studio.connection().setAutoCommit(false);
        try {
            assertThat(
                            studio.run(
                                            call(
                                                    "noop",
                                                    scalar(VOID),
                                                    new Members(List.of(), true)),
                                            "{}")
                                    .status())
                    .isEqualTo("202");
        } finally {
            studio.connection().rollback();
            studio.connection().setAutoCommit(true);
        }
    }

    @Test
    void aFunctionIsCalledThoughNobodyWantsItsValue() {
        assertThatThrownBy(() -> studio.run(headOnly(call("refuse", scalar(INT), NONE)), ""))
                .hasMessageContaining("refused");
    }

    @Test
    void aFunctionThatReturnsNothingIsCalledForItsHeaders() throws SQLException {
        assertThat(studio.run(headOnly(call("noop", scalar(VOID), NONE)), "").page()).isOne();
    }

    @Test
    void setsOfValuesAreArrays() throws SQLException {
        var numbers = call("numbers", new Returned(INT, true, false, false), NONE);

        assertThat(studio.run(numbers, "").body()).isEqualTo("[1, 2, 3]");
        assertThat(studio.run(numbers, "").page()).isEqualTo(3);
    }

    @Test
    void setsOfRowsAreFilteredAndOrderedAndCounted() throws SQLException {
        var part = new Values(List.of(new Given(parameter("part", "text", false), List.of("%"))));
        var rows =
                Node.outcome("projects")
                        .select("name")
                        .whereEquals("client_id", "1")
                        .order("name")
                        .limit(1);
        var search =
                new Plan.Call(
                        routine("search", rows(Node.name("projects"), true)),
                        part,
                        List.of("name"),
                        List.of("client_id"),
                        rows.done(),
                        Plans.JSON,
                        true,
                        false,
                        Optional.of(Count.EXACT));

        var answer = studio.run(search, "");

        assertThat(answer.body()).isEqualTo("[{\"name\":\"One\"}]");
        assertThat(answer.total()).isEqualTo(2);
    }

    @Test
    void oneRowIsAnObject() throws SQLException {
        assertThat(
                        studio.run(
                                        call(
                                                "first_client",
                                                rows(Node.name("clients"), false),
                                                NONE),
                                        "")
                                .body())
                .isEqualTo("{\"id\":1,\"name\":\"Ann\"}");
    }

    @Test
    void aRowThatAFilterHidesIsNull() throws SQLException {
        var node = Node.outcome("clients").select("*").whereEquals("id", "9");

        assertThat(
                        studio.run(
                                call("first_client", rows(Node.name("clients"), false), NONE, node),
                                ""))
                .extracting(Execution::body, Execution::page)
                .containsExactly("null", 1L);
    }

    @Test
    void aRowThatAFilterHidesHasHeadersToo() throws SQLException {
        var node = Node.outcome("clients").select("*").whereEquals("id", "9");
        var call = call("first_client", rows(Node.name("clients"), false), NONE, node);

        assertThat(studio.run(headOnly(call), "").page()).isOne();
    }

    @Test
    void parametersThatGoOutAreColumns() throws SQLException {
        var record = new QualifiedName("pg_catalog", "record");

        assertThat(studio.run(call("pairs", rows(record, true), NONE), "").body())
                .isEqualTo("[{\"k\":1,\"v\":\"Ann\"}, \n {\"k\":2,\"v\":\"Bob\"}]");
    }

    @Test
    void aMediaTypeMayBeWhatAFunctionReturns() throws SQLException {
        var handler =
                new MediaHandler(Node.name("page"), Optional.of(Node.name("page")), "text/html");
        var call =
                formatted(
                        call("page", scalar(Node.name("text/html")), NONE),
                        new Body.Custom(handler));

        assertThat(studio.run(call, ""))
                .extracting(Execution::body, Execution::page)
                .containsExactly("<p>?</p>", 1L);
    }

    @Test
    void aHandlerOfAnythingTakesTheValue() throws SQLException {
        var handler = new MediaHandler(Node.name("anything"), Optional.empty(), "text/plain");
        var values = new Values(List.of(new Given(A, List.of("1"))));
        var call = formatted(call("add", scalar(INT), values), new Body.Custom(handler));

        assertThat(studio.run(call, "").body()).isEqualTo("11;");
    }

    @Test
    void aValueIsALineOfCommaSeparatedValues() throws SQLException {
        var values = new Values(List.of(new Given(A, List.of("1"))));
        var call = formatted(call("add", scalar(INT), values), new Body.Csv());

        assertThat(studio.run(call, "").body()).isEqualTo("pgrst_scalar\n11");
    }

    private static Parameter parameter(String name, String type, boolean variadic) {
        return new Parameter(name, type, type, true, variadic);
    }

    private static Returned scalar(QualifiedName type) {
        return new Returned(type, false, false, false);
    }

    private static Returned rows(QualifiedName type, boolean set) {
        return new Returned(type, set, true, false);
    }

    private static Routine routine(String name, Returned returned) {
        return new Routine(
                Node.name(name),
                Optional.empty(),
                List.of(),
                returned,
                Volatility.STABLE,
                Map.of(),
                Optional.empty());
    }

    private static Plan.Call call(String name, Returned returned, Arguments arguments) {
        return call(name, returned, arguments, Node.outcome(name).select("*"));
    }

    private static Plan.Call call(String name, Returned returned, Arguments arguments, Node rows) {
        return new Plan.Call(
                routine(name, returned),
                arguments,
                List.of("*"),
                List.of(),
                rows.done(),
                Plans.JSON,
                true,
                false,
                Optional.empty());
    }

    private static Plan.Call headOnly(Plan.Call call) {
        return new Plan.Call(
                call.routine(),
                call.arguments(),
                call.returning(),
                call.filtered(),
                call.rows(),
                call.format(),
                true,
                true,
                call.count());
    }

    private static Plan.Call formatted(Plan.Call call, Body body) {
        return new Plan.Call(
                call.routine(),
                call.arguments(),
                call.returning(),
                call.filtered(),
                call.rows(),
                new Format(body, MediaType.Known.JSON),
                true,
                false,
                call.count());
    }
}
