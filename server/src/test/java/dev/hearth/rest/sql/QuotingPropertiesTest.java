package dev.hearth.rest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.catalog.Routine.Parameter;
import dev.hearth.rest.catalog.Routine.Returned;
import dev.hearth.rest.catalog.Routine.Volatility;
import dev.hearth.rest.plan.Arguments.Given;
import dev.hearth.rest.plan.Arguments.Values;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.plan.Predicate.Comparison;
import dev.hearth.rest.plan.Reference;
import dev.hearth.rest.plan.SelectedField;
import dev.hearth.rest.request.Operation.In;
import dev.hearth.testing.TestDatabase;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What comes from outside stays what it is, whatever characters it has.
class QuotingPropertiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_NAME = 63;

    private static TestDatabase database;
    private static Connection connection;

    @BeforeContainer
    static void open() throws SQLException {
        database = Fixture.database();
        database.execute(
                "create function api.same(text, variadic words text[]) returns text language sql"
                        + " immutable as $$select $1 || array_to_string($2, '')$$");
        connection = Fixture.connect(database);
    }

    @AfterContainer
    static void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Property(tries = 300)
    void namesComeBackAsTheyAre(
            @ForAll("texts") String field,
            @ForAll("texts") String key,
            @ForAll("texts") String alias)
            throws SQLException, JsonProcessingException {
        var rows = Node.table("clients", "inner" + alias).select("id").whereEquals("id", "2");
        var node =
                Node.table("clients")
                        .select(named("id", "f" + field))
                        .one("k" + key, "outer" + alias, rows)
                        .whereEquals("id", "1");

        JsonNode body = JSON.readTree(run(Plans.read(node)).body());

        assertThat(body.size()).isEqualTo(1);
        assertThat(body.get(0).properties())
                .extracting(Map.Entry::getKey)
                .containsExactly(kept("f" + field), kept("k" + key));
        assertThat(body.get(0).get(kept("f" + field)).asInt()).isEqualTo(1);
        assertThat(body.get(0).get(kept("k" + key)).get("id").asInt()).isEqualTo(2);
    }

    @Property(tries = 300)
    void valuesComeBackAsTheyAre(@ForAll("texts") String value, @ForAll("texts") String element)
            throws SQLException, JsonProcessingException {
        String known = value.replace("\0", "");
        var values =
                new Values(
                        List.of(
                                new Given(parameter("text", false), List.of(known)),
                                new Given(parameter("text[]", true), List.of(element))));

        JsonNode body = JSON.readTree(run(call(values)).body());

        assertThat(body.asText()).isEqualTo(known + element.replace("\0", ""));
    }

    @Property(tries = 300)
    void aCastIsATypeOrIsRefusedAsNone(@ForAll("texts") String type) throws SQLException {
        var field =
                new SelectedField(
                        Reference.of("name"),
                        Optional.of(type),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        var node =
                Node.table("clients").select(field).whereEquals("id", "1").whereEquals("name", "x");
        try {
            assertThat(run(Plans.read(node)).body()).isEqualTo("[]");
        } catch (SQLException refused) {
            assertThat(refused.getSQLState()).startsWith("42");
        }
    }

    @Property
    void thereAreAsManyPlacesAsParameters(
            @ForAll("texts") String name, @ForAll("texts") String value) {
        var statement = Plans.rendered(Plans.read(node(name, value)));

        assertThat(places(statement.text())).isEqualTo(statement.parameters().size());
    }

    @Property
    void otherValuesHaveTheSameText(
            @ForAll("texts") String name,
            @ForAll("texts") String one,
            @ForAll("texts") String other) {
        assertThat(Plans.rendered(Plans.read(node(name, one))).text())
                .isEqualTo(Plans.rendered(Plans.read(node(name, other))).text());
    }

    /// What gives quoting trouble, and anything else.
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                3,
                                Arbitraries.of(
                                        "\"",
                                        "'",
                                        "?",
                                        "??",
                                        "\\",
                                        "\0",
                                        "$$",
                                        "$1",
                                        ";",
                                        "--",
                                        "/*",
                                        "{",
                                        "}",
                                        ",",
                                        " ",
                                        "\n",
                                        "ü",
                                        "日本",
                                        "😀",
                                        "int",
                                        "a".repeat(40),
                                        "{fn ",
                                        ":",
                                        "%",
                                        "*",
                                        ")")),
                        Tuple.of(1, Arbitraries.strings().ofMaxLength(5)))
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts).replaceAll("[\\ud800-\\udfff]++", "😀"));
    }

    private static Node node(String name, String value) {
        var path = Steps.field(name, true, Steps.json(value), Steps.text(value));
        return Node.table(name)
                .select(named(name, name))
                .many(name, name, Node.table(name, name).limit(1))
                .where(new Comparison(path, true, Node.is(value)))
                .where(name, new In(List.of(value, value)));
    }

    private static SelectedField named(String column, String alias) {
        return new SelectedField(
                Reference.of(column),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(alias));
    }

    /// What the database keeps of a name: whole characters within 63 bytes, no NUL.
    private static String kept(String name) {
        String known = name.replace("\0", "");
        while (known.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            known = known.substring(0, known.offsetByCodePoints(known.length(), -1));
        }
        return known;
    }

    private static int places(String text) {
        return (int)
                text.replaceAll("\"(?:[^\"]|\"\")*\"|'[^']*'", "")
                        .chars()
                        .filter(each -> each == '?')
                        .count();
    }

    private static Parameter parameter(String type, boolean variadic) {
        return new Parameter("", type, type, true, variadic);
    }

    private static Plan.Call call(Values values) {
        var routine =
                new Routine(
                        Node.name("same"),
                        Optional.empty(),
                        List.of(),
                        new Returned(Node.name("text"), false, false, false),
                        Volatility.IMMUTABLE,
                        Map.of(),
                        Optional.empty());
        return new Plan.Call(
                routine,
                values,
                List.of(),
                List.of(),
                Node.outcome("same").select("*").done(),
                Plans.JSON,
                true,
                false,
                Optional.empty());
    }

    private static Execution run(Plan.Statement plan) throws SQLException {
        return Execution.of(connection, Plans.rendered(plan));
    }
}
