package dev.hearth.rest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.catalog.MediaHandler;
import dev.hearth.rest.plan.Format;
import dev.hearth.rest.plan.Format.Body;
import dev.hearth.rest.plan.Mutation.Delete;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.plan.Reference;
import dev.hearth.rest.plan.SelectedField;
import dev.hearth.rest.request.MediaType;
import dev.hearth.rest.request.MediaType.Plan.Option;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What becomes of rows.
@Tag("all-postgres")
class BodyStatementsLiveTest {
    @RegisterExtension static final Fixture studio = new Fixture();

    @Test
    void aSingleRowIsAnObject() throws SQLException {
        assertThat(body(clients().whereEquals("id", "1"), new Body.SingleRow(false)))
                .isEqualTo("{\"id\":1,\"name\":\"Ann\"}");
    }

    @Test
    void noSingleRowIsNull() throws SQLException {
        assertThat(body(clients().whereEquals("id", "9"), new Body.SingleRow(false)))
                .isEqualTo("null");
    }

    @Test
    void nullsAreStripped() throws SQLException {
        var node = Node.table("projects").select("id", "client_id").whereEquals("id", "3");

        assertThat(body(node, new Body.Rows(true))).isEqualTo("[{\"id\":3}]");
        assertThat(body(node, new Body.SingleRow(true))).isEqualTo("{\"id\":3}");
    }

    @Test
    void commaSeparatedValuesHaveALineOfNames() throws SQLException {
        assertThat(body(clients(), new Body.Csv())).isEqualTo("id,name\n1,Ann\n2,Bob");
    }

    @Test
    void commaSeparatedValuesMayHaveAColumnTwice() throws SQLException {
        var node = Node.table("clients").select("id", "id").whereEquals("id", "2");

        assertThat(body(node, new Body.Csv())).isEqualTo("id,id\n2,2");
    }

    @Test
    void commaSeparatedValuesOfNoRowsAreOneEmptyLine() throws SQLException {
        assertThat(body(clients().whereEquals("id", "9"), new Body.Csv())).isEqualTo("\n");
    }

    @Test
    void commaSeparatedValuesOfAChangeNameWhatIsSelected() throws SQLException {
        var delete =
                new Delete(Node.name("assignments"), List.of(), List.of("person_id", "task_id"));
        var rows = Node.outcome("assignments").select("task_id").order("task_id").limit(1);
        var format = new Format(new Body.Csv(), MediaType.Known.CSV);
        studio.connection().setAutoCommit(false);
        try {
            assertThat(studio.run(new Plan.Write(delete, rows.done(), format)).body())
                    .isEqualTo("task_id\n1");
        } finally {
            studio.connection().rollback();
            studio.connection().setAutoCommit(true);
        }
    }

    @Test
    void aHandlerTakesRowsOfItsRelation() throws SQLException {
        var handler =
                new MediaHandler(
                        Node.name("names"), Optional.of(Node.name("clients")), "text/plain");

        assertThat(body(clients(), new Body.Custom(handler))).isEqualTo("Ann;Bob;");
    }

    @Test
    void aHandlerTakesRowsOfAnyKind() throws SQLException {
        var handler = new MediaHandler(Node.name("anything"), Optional.empty(), "text/plain");

        assertThat(body(clients(), new Body.Custom(handler))).isEqualTo("(1,Ann);(2,Bob);");
    }

    @Test
    void headersAloneHaveNoBody() throws SQLException {
        var plan =
                new Plan.Read(
                        Node.name("clients"),
                        clients().done(),
                        Plans.JSON,
                        true,
                        Optional.empty(),
                        OptionalLong.empty());

        assertThat(studio.run(plan)).isEqualTo(new Execution(null, 2, null, "", null, null, null));
    }

    @Test
    void aColumnMayBeCalledLikeTheRows() throws SQLException {
        var field =
                new SelectedField(
                        Reference.of("id"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("_postgrest_t"));
        var node = Node.table("clients").select(field).whereEquals("id", "1");

        assertThat(body(node, new Body.Rows(false))).isEqualTo("[{\"_postgrest_t\":1}]");
        assertThat(body(node, new Body.Csv())).isEqualTo("_postgrest_t\n1");
    }

    @Test
    void aPlanIsExplainedAndNotAnswered() throws SQLException {
        var media =
                new MediaType.Plan(
                        MediaType.Known.JSON, MediaType.Plan.Format.JSON, Set.of(Option.values()));
        var read = Plans.read(clients().whereEquals("id", "1").limit(1));
        var explained =
                new Plan.Read(
                        read.relation(),
                        read.rows(),
                        new Format(read.format().body(), media),
                        false,
                        Optional.empty(),
                        OptionalLong.empty());

        try (var prepared = Execution.prepare(studio.connection(), Plans.rendered(explained), "");
                var rows = prepared.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).contains("\"Actual Rows\"", "\"WAL Records\"");
        }
    }

    private static Node clients() {
        return Node.table("clients").select("*").order("id");
    }

    private static String body(Node node, Body body) throws SQLException {
        return studio.run(Plans.read(node, body)).body();
    }
}
