package dev.hearth.rest.sql;

import static dev.hearth.rest.sql.Plans.clients;
import static dev.hearth.rest.sql.Plans.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.plan.Embedding.Spread;
import dev.hearth.rest.plan.Embedding.SpreadField;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.plan.Reference;
import dev.hearth.rest.plan.SelectedField;
import dev.hearth.rest.request.SelectItem.Aggregate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What the statements of reads that group answer, byte by byte.
class AggregateStatementsLiveTest {
    @RegisterExtension static final Fixture studio = new Fixture();

    @Test
    void aggregatesGroupByWhatElseIsSelected() throws SQLException {
        var node =
                Node.table("tasks")
                        .select("project_id")
                        .aggregate(Aggregate.SUM, Reference.of("hours"))
                        .aggregate(Aggregate.COUNT, Reference.ALL)
                        .order("project_id");

        assertThat(body(node))
                .isEqualTo(
                        "[{\"project_id\":1,\"sum\":3.5,\"count\":2}, \n"
                                + " {\"project_id\":2,\"sum\":4,\"count\":1}]");
    }

    @Test
    void aggregatesGroupByEmbedsThatAreCalledLikeAColumn() throws SQLException {
        var node =
                Node.table("projects")
                        .aggregate(Aggregate.COUNT, Reference.ALL)
                        .one("name", "p_c_1", clients().select("name"));

        assertThat(body(node))
                .contains("{\"count\":2,\"name\":{\"name\": \"Ann\"}}")
                .contains("{\"count\":1,\"name\":null}");
    }

    @Test
    void aJsonPathCanBeGroupedBy() throws SQLException {
        var path =
                new SelectedField(
                        Steps.field("data", false, Steps.text("c")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("name"));
        var node = Node.table("projects").select(path).aggregate(Aggregate.COUNT, Reference.ALL);

        assertThat(body(node)).contains("{\"name\":\"x\",\"count\":1}");
    }

    @Test
    void anAggregateOfASpreadIsTakenAbove() throws SQLException {
        var spread =
                new Spread(
                        "t_p_1",
                        true,
                        false,
                        List.of(
                                field("client_id"),
                                new SpreadField(
                                        "id",
                                        Optional.of(Aggregate.MAX),
                                        Optional.of("text"),
                                        Optional.of("last"))),
                        List.of(),
                        Node.table("projects", "projects_1")
                                .select("client_id", "id")
                                .join(
                                        Qualifier.alias("projects_1"),
                                        "id",
                                        Qualifier.of(Node.name("tasks")),
                                        "project_id")
                                .done());

        assertThat(body(Node.table("tasks").embed(spread)))
                .isEqualTo("[{\"client_id\":1,\"last\":\"2\"}]");
    }

    @Test
    void rowsOfASpreadAreCountedAbove() throws SQLException {
        var row =
                new SelectedField(
                        new Reference(
                                Optional.empty(),
                                "*",
                                List.of(),
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                true),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("found"));
        var count =
                new SpreadField(
                        "found", Optional.of(Aggregate.COUNT), Optional.empty(), Optional.empty());
        var spread =
                new Spread(
                        "p_c_1",
                        true,
                        false,
                        List.of(count),
                        List.of(),
                        clients().select(row).done());

        assertThat(body(Node.table("projects").embed(spread))).isEqualTo("[{\"count\":2}]");
    }

    @Test
    void castsStandOnBothSidesOfAnAggregate() throws SQLException {
        var node =
                Node.table("tasks")
                        .select(
                                new SelectedField(
                                        Reference.of("hours"),
                                        Optional.of("double precision"),
                                        Optional.of(Aggregate.SUM),
                                        Optional.of("text"),
                                        Optional.of("all")));

        assertThat(body(node)).isEqualTo("[{\"all\":\"7.5\"}]");
    }

    private static String body(Node node) throws SQLException {
        return studio.run(Plans.read(node)).body();
    }
}
