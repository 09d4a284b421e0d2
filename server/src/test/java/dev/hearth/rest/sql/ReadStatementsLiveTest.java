package dev.hearth.rest.sql;

import static dev.hearth.rest.sql.Plans.clients;
import static dev.hearth.rest.sql.Plans.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.plan.Embedding.Nested;
import dev.hearth.rest.plan.Embedding.Spread;
import dev.hearth.rest.plan.Ordering;
import dev.hearth.rest.plan.Predicate;
import dev.hearth.rest.plan.Predicate.Embedded;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.plan.Reference;
import dev.hearth.rest.plan.SelectedField;
import dev.hearth.rest.request.Condition.Connective;
import dev.hearth.rest.request.Operation.Quantified;
import dev.hearth.rest.request.Operation.QuantifiedOperator;
import dev.hearth.rest.request.OrderTerm.Direction;
import dev.hearth.rest.request.Preferences.Count;
import dev.hearth.rest.request.Window;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the statements of reads answer, byte by byte.
@Tag("all-postgres")
class ReadStatementsLiveTest {
    private static final Qualifier PROJECTS = Qualifier.of(Node.name("projects"));

    @RegisterExtension static final Fixture studio = new Fixture();

    @Test
    void rowsArePartedByACommaABlankALineAndABlank() throws SQLException {
        assertThat(body(Node.table("clients").select("*").order("id")))
                .isEqualTo("[{\"id\":1,\"name\":\"Ann\"}, \n {\"id\":2,\"name\":\"Bob\"}]");
    }

    @Test
    void rowsThatComeOneByOneAreTheBytesOfTheArray() throws SQLException {
        var plan = Plans.read(Node.table("clients").select("*").order("id"));
        var parts = new ArrayList<String>();
        try (var prepared =
                        Execution.prepare(
                                studio.connection(), Rendering.oneByOne(plan).orElseThrow(), "");
                var rows = prepared.executeQuery()) {
            while (rows.next()) {
                parts.add(rows.getString(1));
            }
        }
        assertThat("[" + String.join(", \n ", parts) + "]").isEqualTo(studio.run(plan).body());
    }

    @Test
    void noRowsAreAnEmptyArray() throws SQLException {
        assertThat(studio.run(Plans.read(Node.table("clients").whereEquals("id", "9"))))
                .isEqualTo(new Execution(null, 0, null, "[]", null, null, null));
    }

    /// The statement of rest.md 19.1 in upstream's shape, against the plan that it stands for.
    @Test
    void embedsAreTheBytesOfUpstreamsShape() throws SQLException {
        String upstream =
                """
                WITH pgrst_source AS (
                  SELECT "api"."projects"."id", "api"."projects"."name",
                         row_to_json("projects_c_1".*)::jsonb AS "c",
                         COALESCE("projects_tasks_1"."projects_tasks_1", '[]') AS "tasks"
                  FROM "api"."projects"
                  LEFT JOIN LATERAL (SELECT "clients_1"."name" FROM "api"."clients" AS "clients_1"
                      WHERE "clients_1"."id" = "api"."projects"."client_id") AS "projects_c_1" ON TRUE
                  LEFT JOIN LATERAL (SELECT json_agg("projects_tasks_1")::jsonb AS "projects_tasks_1" FROM (
                      SELECT "tasks_1"."id", "tasks_1"."hours" FROM "api"."tasks" AS "tasks_1"
                      WHERE "tasks_1"."project_id" = "api"."projects"."id"
                      ORDER BY "tasks_1"."id" DESC LIMIT 2 OFFSET 0) AS "projects_tasks_1") AS "projects_tasks_1" ON TRUE
                  ORDER BY "api"."projects"."id" ASC LIMIT 10 OFFSET 0)
                SELECT coalesce(json_agg(_postgrest_t), '[]')
                FROM (SELECT * FROM pgrst_source) _postgrest_t\
                """;
        var tasks = tasks().select("id", "hours").order(descending(Reference.of("id"))).limit(2);
        var node =
                Node.table("projects")
                        .select("id", "name")
                        .one("c", "projects_c_1", clients().select("name"))
                        .many("tasks", "projects_tasks_1", tasks)
                        .order("id")
                        .limit(10);

        assertThat(body(node))
                .isEqualTo(studio.ask(upstream))
                .contains("\"tasks\":[{\"id\": 2, \"hours\": 2.0}, {\"id\": 1, \"hours\": 1.5}]")
                .contains("\"c\":null,\"tasks\":[]");
    }

    @Test
    void aHiddenEmbedJoinsAndShowsNothing() throws SQLException {
        var hidden =
                new Nested("clients", "projects_clients_1", true, true, true, clients().done());

        assertThat(body(Node.table("projects").select("id").embed(hidden).order("id")))
                .isEqualTo("[{\"id\":1}, \n {\"id\":2}]");
    }

    @Test
    void nothingButHiddenEmbedsIsRowsWithoutColumns() throws SQLException {
        var hidden =
                new Nested("clients", "projects_clients_1", true, true, true, clients().done());

        assertThat(body(Node.table("projects").embed(hidden))).isEqualTo("[{}, \n {}]");
    }

    @Test
    void anInnerToManyEmbedLeavesOutRowsWithoutAMatch() throws SQLException {
        var inner = new Nested("tasks", "p_t_1", false, true, false, tasks().select("id").done());

        assertThat(body(Node.table("projects").select("id").embed(inner).order("id")))
                .isEqualTo(
                        "[{\"id\":1,\"tasks\":[{\"id\": 1}, {\"id\": 2}]}, \n"
                                + " {\"id\":2,\"tasks\":[{\"id\": 3}]}]");
    }

    @Test
    void manyToManyGoesThroughTheJunction() throws SQLException {
        var junction = Qualifier.of(Node.name("assignments"));
        var people =
                Node.behind("assignments", "people")
                        .select("name")
                        .join(Qualifier.of(Node.name("people")), "id", junction, "person_id")
                        .join(Qualifier.of(Node.name("tasks")), "id", junction, "task_id")
                        .order("name");

        assertThat(
                        body(
                                Node.table("tasks")
                                        .select("id")
                                        .many("people", "t_p_1", people)
                                        .order("id")))
                .isEqualTo(
                        "[{\"id\":1,\"people\":[{\"name\": \"Cid\"}, {\"name\": \"Dot\"}]}, \n"
                                + " {\"id\":2,\"people\":[{\"name\": \"Cid\"}]}, \n"
                                + " {\"id\":3,\"people\":[]}]");
    }

    @Test
    void aFunctionOfTheRowEmbeds() throws SQLException {
        var client = Node.function("client_of", PROJECTS, "projects", "clients_1").select("*");

        assertThat(body(first().one("client_of", "p_c_1", client)))
                .isEqualTo("[{\"id\":1,\"client_of\":{\"id\": 1, \"name\": \"Ann\"}}]");
    }

    @Test
    void aComputedFieldIsAColumn() throws SQLException {
        assertThat(body(first().select("loud"))).isEqualTo("[{\"id\":1,\"loud\":\"ONE\"}]");
    }

    @Test
    void aToOneSpreadLiftsFields() throws SQLException {
        var spread = spread("p_c_1", true, false, clients().select("name"), "name");

        assertThat(body(Node.table("projects").select("id").embed(spread).order("id")))
                .isEqualTo(
                        "[{\"id\":1,\"name\":\"Ann\"}, \n {\"id\":2,\"name\":\"Ann\"}, \n"
                                + " {\"id\":3,\"name\":null}]");
    }

    @Test
    void aToManySpreadMakesArraysInOneOrder() throws SQLException {
        var byHours =
                new SelectedField(
                        Reference.of("hours"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("order_1"));
        var spread =
                new Spread(
                        "p_t_1",
                        false,
                        false,
                        List.of(field("title"), field("id")),
                        List.of(descending(Reference.of("order_1"))),
                        tasks().select("title", "id").select(byHours).done());

        assertThat(body(Node.table("projects").select("id").embed(spread).order("id")))
                .contains(
                        "{\"id\":1,\"title\":[\"ink\", \"draw\"],\"id\":[2, 1]}",
                        "{\"id\":3,\"title\":[],\"id\":[]}");
    }

    @Test
    void orderByAnEmbedUsesItsField() throws SQLException {
        var byName =
                new Ordering(
                        new Reference(
                                Optional.of("p_c_1"),
                                "name",
                                List.of(),
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                false),
                        Optional.of(Direction.DESC),
                        Optional.empty());
        var node =
                Node.table("projects")
                        .select("id")
                        .one("c", "p_c_1", clients().select("name"))
                        .order(byName)
                        .order("id");

        assertThat(body(node)).startsWith("[{\"id\":3,\"c\":null}");
    }

    @Test
    void nullTestsOnEmbedsReachAcrossThem() throws SQLException {
        var either =
                new Predicate.Group(
                        false,
                        Connective.OR,
                        List.of(new Embedded("p_c_1", false), new Embedded("p_t_1", true)));
        var node =
                Node.table("projects")
                        .select("id")
                        .embed(hidden("p_c_1", true, clients()))
                        .embed(hidden("p_t_1", false, tasks().whereEquals("id", "3")))
                        .where(either)
                        .order("id");

        var answer = studio.run(Plans.counted(node, Count.EXACT, OptionalLong.empty()));

        assertThat(answer.body()).isEqualTo("[{\"id\":2}, \n {\"id\":3}]");
        assertThat(answer.total()).isEqualTo(2);
    }

    @Test
    void anExactCountKnowsInnerEmbedsAndNoLimit() throws SQLException {
        var node =
                Node.table("projects")
                        .select("id")
                        .embed(new Nested("c", "p_c_1", true, true, false, clients().done()))
                        .limit(1);

        var answer = studio.run(Plans.counted(node, Count.EXACT, OptionalLong.empty()));

        assertThat(answer.total()).isEqualTo(2);
        assertThat(answer.page()).isEqualTo(1);
    }

    @Test
    void anEstimateCountsOneRowBeyondTheMost() throws SQLException {
        var node = Node.table("tasks").limit(1);

        assertThat(studio.run(Plans.counted(node, Count.ESTIMATED, OptionalLong.of(1))).total())
                .isEqualTo(2);
    }

    @Test
    void aPlannedCountIsExplained() throws SQLException {
        var plan = Plans.counted(Node.table("tasks"), Count.PLANNED, OptionalLong.empty());

        try (var prepared = Execution.prepare(studio.connection(), Rendering.count(plan), "");
                var rows = prepared.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).contains("\"Plan Rows\"");
        }
    }

    @Test
    void aColumnMayBeSelectedTwice() throws SQLException {
        assertThat(body(Node.table("clients").select("id", "id").whereEquals("id", "1")))
                .isEqualTo("[{\"id\":1,\"id\":1}]");
    }

    @Test
    void aRelationMayEmbedItself() throws SQLException {
        var own = Qualifier.of(Node.name("tasks"));
        var others =
                Node.table("tasks", "tasks_1")
                        .select("id")
                        .join(Qualifier.alias("tasks_1"), "project_id", own, "project_id")
                        .order("id");

        assertThat(body(Node.table("tasks").many("o", "t_t_1", others).whereEquals("id", "1")))
                .isEqualTo("[{\"o\":[{\"id\": 1}, {\"id\": 2}]}]");
    }

    @Test
    void aWindowSkipsAndEnds() throws SQLException {
        assertThat(body(Node.table("tasks").select("id").order("id").window(window(1, 1))))
                .isEqualTo("[{\"id\":2}]");
    }

    /// One plan for each value would cost more than the read itself.
    @Test
    void aReadByKeyIsPlannedOnceForAllKeys() throws SQLException {
        var node = Node.table("clients").select("*").whereEquals("id", "1").limit(1000);
        isPlannedOnce(node);
    }

    /// A limit that the database does not know would make it plan anew for each.
    @Test
    void aPageBehindAKeyIsPlannedOnceForAllKeys() throws SQLException {
        studio.execute(
                "create table api.pages as select i as id from generate_series(1, 10000) i",
                "create index on api.pages (id)",
                "grant select on api.pages to public",
                "analyze api.pages");
        var above = new Quantified(QuantifiedOperator.GTE, Optional.empty(), "1");
        isPlannedOnce(Node.table("pages").select("*").where("id", above).order("id").limit(100));
    }

    private static void isPlannedOnce(Node node) throws SQLException {
        String text = Plans.rendered(Plans.read(node)).text().replaceFirst("\\?", "\\$1");
        try (var statement = studio.connection().createStatement()) {
            statement.execute("prepare by_key as " + text);
            for (int i = 0; i < 8; i++) {
                statement.execute("execute by_key('1')");
            }
        }

        String plans = "select generic_plans > 0 from pg_prepared_statements where name = 'by_key'";
        try (var statement = studio.connection().createStatement();
                var rows = statement.executeQuery(plans)) {
            assertThat(rows.next() && rows.getBoolean(1)).isTrue();
            statement.execute("deallocate by_key");
        }
    }

    @Test
    void aWindowMayBeOpen() throws SQLException {
        var open = new Window(2, OptionalLong.empty());

        assertThat(body(Node.table("tasks").select("id").order("id").window(open)))
                .isEqualTo("[{\"id\":3}]");
    }

    @Test
    void aWindowMayHoldNothing() throws SQLException {
        assertThat(body(Node.table("tasks").select("id").limit(0))).isEqualTo("[]");
    }

    @Test
    void settingsOfTheTransactionAreRead() throws SQLException {
        studio.connection().setAutoCommit(false);
        try (var setting = studio.connection().createStatement()) {
            setting.execute(
                    "select set_config('response.headers', '[]', true),"
                            + " set_config('response.status', '418', true)");
            var answer = studio.run(Plans.read(Node.table("clients")));
            assertThat(answer.headers()).isEqualTo("[]");
            assertThat(answer.status()).isEqualTo("418");
        } finally {
            studio.connection().rollback();
            studio.connection().setAutoCommit(true);
        }
    }

    private static Window window(long offset, long limit) {
        return new Window(offset, OptionalLong.of(limit));
    }

    private static Node first() {
        return Node.table("projects").select("id").whereEquals("id", "1");
    }

    private static Node tasks() {
        return Node.table("tasks", "tasks_1")
                .join(Qualifier.alias("tasks_1"), "project_id", PROJECTS, "id");
    }

    private static Nested hidden(String alias, boolean toOne, Node rows) {
        return new Nested("hidden", alias, toOne, false, true, rows.done());
    }

    private static Spread spread(
            String alias, boolean toOne, boolean inner, Node rows, String field) {
        return new Spread(alias, toOne, inner, List.of(field(field)), List.of(), rows.done());
    }

    private static Ordering descending(Reference field) {
        return new Ordering(field, Optional.of(Direction.DESC), Optional.empty());
    }

    private static String body(Node node) throws SQLException {
        return studio.run(Plans.read(node)).body();
    }
}
