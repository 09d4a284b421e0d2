package dev.hearth.rest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.rest.plan.Predicate;
import dev.hearth.rest.plan.Predicate.Comparison;
import dev.hearth.rest.plan.Predicate.Group;
import dev.hearth.rest.plan.Reference;
import dev.hearth.rest.plan.Reference.SearchVector;
import dev.hearth.rest.plan.SelectedField;
import dev.hearth.rest.request.Condition.Connective;
import dev.hearth.rest.request.Operation;
import dev.hearth.rest.request.Operation.In;
import dev.hearth.rest.request.Operation.Is;
import dev.hearth.rest.request.Operation.IsDistinct;
import dev.hearth.rest.request.Operation.IsValue;
import dev.hearth.rest.request.Operation.Quantified;
import dev.hearth.rest.request.Operation.QuantifiedOperator;
import dev.hearth.rest.request.Operation.Quantifier;
import dev.hearth.rest.request.Operation.SearchFunction;
import dev.hearth.rest.request.Operation.Simple;
import dev.hearth.rest.request.Operation.SimpleOperator;
import dev.hearth.rest.request.Operation.TextSearch;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Which rows the statements of filters find.
@Tag("all-postgres")
class FilterStatementsLiveTest {
    @RegisterExtension static final Fixture studio = new Fixture();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id   | EQ     |     | 2        | [2]",
                "id   | GT     |     | 1        | [2,3]",
                "id   | GTE    |     | 2        | [2,3]",
                "id   | LT     |     | 2        | [1]",
                "id   | LTE    |     | 2        | [1,2]",
                "name | LIKE   |     | T*       | [2,3]",
                "name | ILIKE  |     | *WO      | [2]",
                "name | MATCH  |     | ^T.*e$   | [3]",
                "name | IMATCH |     | ^t.*E$   | [3]",
                "name | LIKE   | ANY | {O*,*wo} | [1,2]",
                "name | LIKE   | ALL | {T*,*o}  | [2]",
                "id   | EQ     | ANY | {1,3}    | [1,3]",
            })
    void operatorsWithQuantifiers(
            String column,
            QuantifiedOperator operator,
            Quantifier quantifier,
            String value,
            String ids)
            throws SQLException {
        var operation = new Quantified(operator, Optional.ofNullable(quantifier), value);

        assertThat(found(column, operation)).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id   | NEQ | 2         | [1,3]",
                "tags | CS  | {a}       | [1]",
                "tags | CD  | {b,c}     | [2]",
                "tags | OV  | {a,c}     | [1]",
                "data | CS  | {\"c\":\"y\"} | [2]",
                "span | SL  | [6,8)     | [1]",
                "span | SR  | [1,3)     | [2]",
                "span | NXR | [1,7)     | [1]",
                "span | NXL | [2,4)     | [2]",
                "span | ADJ | [9,12)    | [2]",
            })
    void plainOperators(String column, SimpleOperator operator, String value, String ids)
            throws SQLException {
        assertThat(found(column, new Simple(operator, value))).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource({"NULL,'[3]'", "NOT_NULL,'[1,2]'"})
    void isTellsNulls(IsValue value, String ids) throws SQLException {
        assertThat(found("client_id", new Is(value))).isEqualTo(ids);
    }

    @Test
    void isDistinctKnowsNulls() throws SQLException {
        assertThat(found("client_id", new IsDistinct("1"))).isEqualTo("[3]");
    }

    @Test
    void aListIsOneParameter() throws SQLException {
        assertThat(found("id", new In(List.of("1", "3")))).isEqualTo("[1,3]");
    }

    @Test
    void anEmptyListFindsNothing() throws SQLException {
        assertThat(found("id", new In(List.of("")))).isEqualTo("[]");
    }

    @Test
    void elementsOfAListAreTakenAsTheyAre() throws SQLException {
        var odd = List.of("a\"b", "c\\d", "e,f", "{}", "null", " x ", "*");
        var node = Node.table("clients").select("id").where("name", new In(odd));
        for (String each : odd) {
            insertClient(each);
        }

        assertThat(run(node).page()).isEqualTo(odd.size());
    }

    @ParameterizedTest
    @CsvSource({"FTS,cat & run", "PLFTS,run cat", "PHFTS,cats run", "WFTS,cat -dog"})
    void textSearchFindsLexemes(SearchFunction function, String query) throws SQLException {
        var operation = new TextSearch(function, Optional.of("english"), query);

        assertThat(found("body", operation)).isEqualTo("[1]");
    }

    @Test
    void textSearchMakesAVectorOfAText() throws SQLException {
        var field =
                new Reference(
                        Optional.empty(),
                        "name",
                        List.of(),
                        true,
                        Optional.of(new SearchVector(Optional.of("english"))),
                        Optional.empty(),
                        false);
        var operation = new TextSearch(SearchFunction.FTS, Optional.of("english"), "threes");

        assertThat(found(new Comparison(field, false, operation))).isEqualTo("[3]");
    }

    @Test
    void stepsIntoJsonAreParameters() throws SQLException {
        var field = Steps.field("data", false, Steps.json("a"), Steps.json("b"), Steps.at("-1"));

        assertThat(found(new Comparison(field, false, Node.is("20")))).isEqualTo("[1]");
    }

    @Test
    void stepsIntoOtherValuesMakeJsonOfThem() throws SQLException {
        var field = Steps.field("tags", true, Steps.at("0"));

        assertThat(found(new Comparison(field, false, Node.is("\"b\"")))).isEqualTo("[2]");
    }

    @Test
    void groupsNestAndAreNegated() throws SQLException {
        var inner =
                new Group(true, Connective.OR, List.of(compare("id", "1"), compare("name", "Two")));
        var outer = new Group(false, Connective.AND, List.of(inner, negated("id", "9")));

        assertThat(found(outer)).isEqualTo("[3]");
    }

    @Test
    void representationsTurnValuesBothWays() throws SQLException {
        var color = represented("\"api\".\"color_in\"");
        var node =
                Node.table("paints")
                        .select("id")
                        .select(shown())
                        .where(new Comparison(color, false, Node.is("#0000ff")));

        assertThat(run(node).body()).isEqualTo("[{\"id\":1,\"color\":\"#0000ff\"}]");
    }

    @Test
    void representationsTurnEveryElementOfAList() throws SQLException {
        var color = represented("\"api\".\"color_in\"");
        var in = new In(List.of("#0000ff", "#00ff00"));
        var any = new Quantified(QuantifiedOperator.EQ, Optional.of(Quantifier.ANY), "{#0000ff}");
        var node =
                Node.table("paints")
                        .select("id")
                        .where(new Comparison(color, false, in))
                        .where(new Comparison(color, false, any));

        assertThat(run(node).body()).isEqualTo("[{\"id\":1}]");
    }

    private static SelectedField shown() {
        return new SelectedField(
                represented("\"api\".\"color_out\""),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("color"));
    }

    private static Reference represented(String function) {
        return new Reference(
                Optional.empty(),
                "color",
                List.of(),
                false,
                Optional.empty(),
                Optional.of(function),
                false);
    }

    private static Comparison compare(String column, String value) {
        return new Comparison(Reference.of(column), false, Node.is(value));
    }

    private static Comparison negated(String column, String value) {
        return new Comparison(Reference.of(column), true, Node.is(value));
    }

    private static void insertClient(String name) throws SQLException {
        String text = "insert into api.clients select max(id) + 1, ? from api.clients";
        try (var insert = studio.connection().prepareStatement(text)) {
            insert.setString(1, name);
            insert.executeUpdate();
        }
    }

    private static String found(String column, Operation operation) throws SQLException {
        return found(new Comparison(Reference.of(column), false, operation));
    }

    private static String found(Predicate predicate) throws SQLException {
        var node = Node.table("projects").select("id").where(predicate).order("id");
        return run(node).body().replaceAll("[^\\[\\]0-9,]", "");
    }

    private static Execution run(Node node) throws SQLException {
        return studio.run(Plans.read(node));
    }
}
