package dev.hearth.rest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.plan.Embedding.Nested;
import dev.hearth.rest.plan.Embedding.Spread;
import dev.hearth.rest.plan.Embedding.SpreadField;
import dev.hearth.rest.plan.Format;
import dev.hearth.rest.plan.Format.Body;
import dev.hearth.rest.plan.Mutation.Delete;
import dev.hearth.rest.plan.Ordering;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.plan.Predicate.Comparison;
import dev.hearth.rest.plan.Predicate.Embedded;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.plan.Reference;
import dev.hearth.rest.plan.SelectedField;
import dev.hearth.rest.request.MediaType;
import dev.hearth.rest.request.MediaType.Plan.Option;
import dev.hearth.rest.request.Operation.Quantified;
import dev.hearth.rest.request.Operation.QuantifiedOperator;
import dev.hearth.rest.request.OrderTerm.Direction;
import dev.hearth.rest.request.OrderTerm.Nulls;
import dev.hearth.rest.request.Preferences.Count;
import dev.hearth.rest.request.SelectItem.Aggregate;
import dev.hearth.rest.request.Window;
import dev.hearth.rest.sql.Statement.Parameter.Text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The text of statements.
class RenderingTest {
    private static final String BODY = "coalesce(json_agg(_postgrest_t.*), '[]')";
    private static final String BOUNDED =
            "CASE WHEN pg_catalog.pg_column_size(%s) <= 8388608 THEN %s END".formatted(BODY, BODY);
    private static final String COLUMNS =
            " AS page_total, "
                    + BODY
                    + " AS body, nullif(current_setting('response.headers', true), '') AS"
                    + " response_headers, nullif(current_setting('response.status', true), '') AS"
                    + " response_status";

    @Test
    void aReadByKeyIsOneQueryWithoutACommonTable() {
        var statement =
                Plans.rendered(Plans.read(Node.table("t").select("*").whereEquals("id", "7")));

        assertThat(statement.text())
                .isEqualTo(
                        "SELECT null::bigint AS total_result_set, pg_catalog.count(*)"
                                + COLUMNS.replace(BODY, BOUNDED)
                                + " FROM (SELECT * FROM (SELECT \"api\".\"t\".* FROM \"api\".\"t\""
                                + " WHERE \"api\".\"t\".\"id\" = ?) AS pgrst_rows) AS"
                                + " _postgrest_t");
        assertThat(statement.parameters()).containsExactly(new Text("7"));
    }

    @Test
    void aCountStandsBeforeTheRowsAndSoDoItsValues() {
        var node = Node.table("t").select("a").whereEquals("id", "7").limit(3);
        var statement = Plans.rendered(Plans.counted(node, Count.ESTIMATED, OptionalLong.of(1000)));

        assertThat(statement.text())
                .startsWith(
                        "SELECT (SELECT pg_catalog.count(*) FROM (SELECT 1 FROM \"api\".\"t\" WHERE"
                                + " \"api\".\"t\".\"id\" = ? LIMIT 1001) AS pgrst_source_count) AS"
                                + " total_result_set");
        assertThat(statement.parameters()).containsExactly(new Text("7"), new Text("7"));
    }

    @Test
    void aPlannedCountIsNotPartOfTheStatement() {
        var plan = Plans.counted(Node.table("t"), Count.PLANNED, OptionalLong.empty());

        assertThat(Plans.rendered(plan).text()).startsWith("SELECT null::bigint");
        assertThat(Rendering.count(plan).text())
                .isEqualTo("EXPLAIN (FORMAT JSON) SELECT 1 FROM \"api\".\"t\"");
    }

    @Test
    void aCountAsksForEmbedsByExistence() {
        var inner = new Nested("u", "t_u_1", true, true, true, Node.table("u", "u_1").done());
        var tested = new Nested("v", "t_v_1", false, false, true, Node.table("v", "v_1").done());
        var node = Node.table("t").embed(inner).embed(tested).where(new Embedded("t_v_1", false));

        assertThat(Rendering.count(Plans.counted(node, Count.PLANNED, OptionalLong.empty())).text())
                .isEqualTo(
                        "EXPLAIN (FORMAT JSON) SELECT 1 FROM \"api\".\"t\" WHERE"
                                + " NOT EXISTS (SELECT 1 FROM \"api\".\"v\" AS \"v_1\")"
                                + " AND EXISTS (SELECT 1 FROM \"api\".\"u\" AS \"u_1\")");
    }

    @Test
    void embedsAreJoinsForEachRow() {
        var own = Qualifier.of(Node.name("t"));
        var one =
                Node.table("u", "u_1").select("a").join(Qualifier.alias("u_1"), "id", own, "u_id");
        var node =
                Node.table("t")
                        .select("id")
                        .one("u", "t_u_1", one)
                        .many("v", "t_v_1", Node.table("v", "v_1").limit(2));

        assertThat(Plans.rows(node))
                .isEqualTo(
                        """
                        SELECT "api"."t"."id", row_to_json("t_u_1".*)::jsonb AS "u", \
                        COALESCE("t_v_1"."t_v_1", '[]') AS "v" FROM "api"."t" \
                        LEFT JOIN LATERAL (SELECT "u_1"."a" FROM "api"."u" AS "u_1" \
                        WHERE "u_1"."id" = "api"."t"."u_id") AS "t_u_1" ON TRUE \
                        LEFT JOIN LATERAL (SELECT json_agg("t_v_1".*)::jsonb AS "t_v_1" FROM (\
                        SELECT "v_1".* FROM "api"."v" AS "v_1" LIMIT 2) AS "t_v_1") \
                        AS "t_v_1" ON TRUE\
                        """);
    }

    @Test
    void aSpreadOfManyIsAnArrayForEachField() {
        var order =
                new Ordering(
                        Reference.of("o"), Optional.of(Direction.DESC), Optional.of(Nulls.LAST));
        var field = new SpreadField("a", Optional.empty(), Optional.empty(), Optional.empty());
        var spread =
                new Spread(
                        "t_v_1",
                        false,
                        true,
                        List.of(field),
                        List.of(order),
                        Node.table("v", "v_1").select("a", "o").done());

        assertThat(Plans.rows(Node.table("t").embed(spread)))
                .isEqualTo(
                        """
                        SELECT "t_v_1"."a" FROM "api"."t" INNER JOIN LATERAL (\
                        SELECT json_agg("t_v_1".*)::jsonb AS "t_v_1", COALESCE(json_agg(\
                        "t_v_1"."a" ORDER BY "t_v_1"."o" DESC NULLS LAST), '[]')::jsonb AS "a" \
                        FROM (SELECT "v_1"."a", "v_1"."o" FROM "api"."v" AS "v_1") AS "t_v_1") \
                        AS "t_v_1" ON "t_v_1"."t_v_1" IS NOT NULL\
                        """);
    }

    @Test
    void whatIsNamedIsGroupedByItsPlace() {
        var named =
                new SelectedField(
                        Reference.of("a"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("b"));
        var node =
                Node.table("t")
                        .aggregate(Aggregate.COUNT, Reference.ALL)
                        .select(named)
                        .select("c")
                        .one("u", "t_u_1", Node.table("u", "u_1").select("a"));

        assertThat(Plans.rows(node)).endsWith(" GROUP BY 2, \"api\".\"t\".\"c\", 4");
    }

    @Test
    void rowsThatAreAllAggregatedAreOneGroup() {
        assertThat(Plans.rows(Node.table("t").aggregate(Aggregate.COUNT, Reference.ALL)))
                .isEqualTo("SELECT COUNT(*) FROM \"api\".\"t\"");
    }

    @Test
    void onlyAnOffsetHasNoLimit() {
        var open = new Window(5, OptionalLong.empty());

        assertThat(Plans.rows(Node.table("t").window(open))).endsWith(" LIMIT ALL OFFSET ?");
    }

    @Test
    void stepsIntoJsonAreParameters() {
        var field = Steps.field("d", true, Steps.json("a"), Steps.at("0"), Steps.text("b"));
        var statement =
                Plans.rendered(
                        Plans.read(
                                Node.table("t").where(new Comparison(field, true, Node.is("1")))));

        assertThat(statement.text())
                .contains("WHERE NOT to_jsonb(\"api\".\"t\".\"d\")->?->?::int->>? = ?");
        assertThat(statement.parameters())
                .containsExactly(new Text("a"), new Text("0"), new Text("b"), new Text("1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int                      | int",
                "' double precision '     | double precision",
                "timestamp with time zone | timestamp with time zone",
                "my$type_2                | my$type_2",
                "größe                    | größe",
                "''                       | \"\"",
                "$$                       | \"$$\"",
                "int $$ x                 | \"int $$ x\"",
                "int)                     | \"int)\"",
                "a\"b                     | \"a\"\"b\"",
                "1                        | \"1\"",
                "a?                       | \"a?\"",
            })
    void aCastIsWordsOrIsQuoted(String asked, String written) {
        var field =
                new SelectedField(
                        Reference.of("a"),
                        Optional.of(asked),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        assertThat(Plans.rows(Node.table("t").select(field)))
                .startsWith("SELECT CAST(\"api\".\"t\".\"a\" AS " + written + ") FROM");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a ? b         | a ?? b",
                "'?' ? \"?\"   | '?' ?? \"?\"",
                "'it''s ?' ?   | 'it''s ?' ??",
                "E'\\'?' ?     | E'\\'?' ??",
                "'\\' ?        | '\\' ??",
            })
    void questionMarksAreDoubledOutsideQuotes(String sql, String written) {
        assertThat(new StatementText().verbatim(sql).statement().text()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 200})
    void aLongAliasIsReplacedByOneThatTheDatabaseKeepsWhole(int length) {
        var text = Plans.rows(Node.table("t", "a".repeat(length)).select("id"));

        assertThat(text)
                .matches("SELECT (\"pgrst_[0-9a-f-]{36}\")\\.\"id\" FROM \"api\"\\.\"t\" AS \\1");
    }

    @Test
    void featuresAreMadeByTheFunctionOnTheSearchPath() {
        assertThat(Plans.rendered(Plans.read(Node.table("t"), new Body.GeoJson())).text())
                .contains(
                        "json_build_object('type', 'FeatureCollection', 'features',"
                                + " coalesce(json_agg(ST_AsGeoJSON(_postgrest_t.*)::json), '[]'))"
                                + " AS body");
    }

    @Test
    void anExplanationSaysWhatItIsToTell() {
        var media =
                new MediaType.Plan(
                        MediaType.Known.JSON,
                        MediaType.Plan.Format.TEXT,
                        Set.of(Option.WAL, Option.ANALYZE));
        var write =
                new Plan.Write(
                        new Delete(Node.name("t"), List.of(), List.of()),
                        Node.outcome("t").done(),
                        new Format(new Body.Nothing(), media));

        assertThat(Plans.rendered(write).text())
                .startsWith(
                        "EXPLAIN (FORMAT TEXT, ANALYZE, WAL) WITH pgrst_source AS (DELETE FROM");
    }

    @Test
    void starsOfPatternsArePercentSigns() {
        var like = new Quantified(QuantifiedOperator.LIKE, Optional.empty(), "a*");
        var match = new Quantified(QuantifiedOperator.MATCH, Optional.empty(), "a*");
        var node = Node.table("t").where("a", like).where("a", match);

        assertThat(Plans.rendered(Plans.read(node)).parameters())
                .containsExactly(new Text("a%"), new Text("a*"));
    }
}
