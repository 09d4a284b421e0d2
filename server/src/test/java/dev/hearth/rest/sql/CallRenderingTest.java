package dev.hearth.rest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.catalog.Routine.Parameter;
import dev.hearth.rest.catalog.Routine.Returned;
import dev.hearth.rest.catalog.Routine.Volatility;
import dev.hearth.rest.plan.Arguments;
import dev.hearth.rest.plan.Arguments.Given;
import dev.hearth.rest.plan.Arguments.Members;
import dev.hearth.rest.plan.Arguments.Values;
import dev.hearth.rest.plan.Plan;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The text of calls.
class CallRenderingTest {
    private static final Arguments VALUES =
            new Values(List.of(new Given(parameter("a", false), List.of("1"))));

    @Test
    void membersAreArgumentsByName() {
        var members = new Members(List.of(parameter("a", false), parameter("v", true)), true);

        assertThat(Plans.source(call(members, type("text"), false)))
                .isEqualTo(
                        """
                        SELECT "api"."f"("a" := "pgrst_body"."a", VARIADIC "v" := \
                        "pgrst_body"."v") AS pgrst_scalar FROM json_to_record(?::json) AS \
                        pgrst_body("a" wide, "v" wide)\
                        """);
    }

    @Test
    void aFunctionOfRowsStandsAmongTheTables() {
        assertThat(Plans.source(call(VALUES, Node.name("t"), true)))
                .isEqualTo(
                        "SELECT \"pgrst_call\".\"x\", \"pgrst_call\".\"y\" FROM \"api\".\"f\"("
                                + "\"a\" := ?::wide) AS pgrst_call");
    }

    @Test
    void theOnlyValueIsTheBodyWithoutAnAggregate() {
        assertThat(Plans.rendered(call(VALUES, type("int4"), false)).text())
                .isEqualTo(
                        """
                        WITH pgrst_source AS (SELECT "api"."f"("a" := ?::wide) AS pgrst_scalar) \
                        SELECT null::bigint AS total_result_set, 1::bigint AS page_total, \
                        coalesce(to_json(_postgrest_t.pgrst_scalar), 'null') AS body, \
                        nullif(current_setting('response.headers', true), '') AS \
                        response_headers, nullif(current_setting('response.status', true), '') \
                        AS response_status FROM pgrst_source AS _postgrest_t\
                        """);
    }

    @Test
    void onlyTypesWithoutALargeValueGoWithoutALimit() {
        assertThat(Plans.rendered(call(VALUES, type("text"), false)).text())
                .contains("CASE WHEN pg_catalog.pg_column_size(body)", "to_json(");
    }

    @Test
    void jsonIsTakenOutOfAnArrayWithoutItsBlanks() {
        assertThat(Plans.rendered(call(VALUES, type("json"), false)).text())
                .contains("json_agg(_postgrest_t.pgrst_scalar)->0");
    }

    @Test
    void ofAnArrayOfArgumentsTheFirstCounts() {
        var members = new Members(List.of(parameter("a", false)), false);

        assertThat(Plans.rendered(call(members, type("int4"), false)).text())
                .contains("json_agg(_postgrest_t.pgrst_scalar)->0");
    }

    private static Parameter parameter(String name, boolean variadic) {
        return new Parameter(name, "narrow", "wide", true, variadic);
    }

    private static Plan.Call call(Arguments arguments, QualifiedName type, boolean composite) {
        var routine =
                new Routine(
                        Node.name("f"),
                        Optional.empty(),
                        List.of(),
                        new Returned(type, composite, composite, false),
                        Volatility.VOLATILE,
                        Map.of(),
                        Optional.empty());
        return new Plan.Call(
                routine,
                arguments,
                List.of("x"),
                List.of("y", "x"),
                Node.outcome("t").done(),
                Plans.JSON,
                false,
                false,
                Optional.empty());
    }

    private static QualifiedName type(String name) {
        return new QualifiedName("pg_catalog", name);
    }
}
