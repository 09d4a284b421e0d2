package dev.hearth.rest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.problem.Refusal;
import dev.hearth.rest.request.Condition.Connective;
import dev.hearth.rest.request.Condition.Filter;
import dev.hearth.rest.request.Condition.Group;
import dev.hearth.rest.request.JsonStep.Element;
import dev.hearth.rest.request.JsonStep.Member;
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
import dev.hearth.rest.request.OrderTerm.Direction;
import dev.hearth.rest.request.OrderTerm.Nulls;
import dev.hearth.rest.request.QueryParameters.Argument;
import dev.hearth.rest.request.QueryParameters.Placed;
import dev.hearth.rest.request.SelectItem.Aggregate;
import dev.hearth.rest.request.SelectItem.Column;
import dev.hearth.rest.request.SelectItem.Embed;
import dev.hearth.rest.request.SelectItem.Join;
import dev.hearth.rest.request.SelectItem.Spread;
import dev.hearth.rest.request.SelectItem.Star;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Query strings, and what they ask for.
class QueryParametersTest {

    private static QueryParameters read(String query) {
        return QueryParameters.of(QueryString.of(query));
    }

    private static QueryParameters call(String query) {
        return QueryParameters.ofCall(QueryString.of(query));
    }

    private static Column column(String name) {
        return column(Field.of(name));
    }

    private static Column column(Field field) {
        return new Column(
                field, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Nested
    class Select {

        @ParameterizedTest
        @CsvSource({"''", "a=eq.1", "select=*", "select=%2A"})
        void isEverythingUnlessItSaysMore(String query) {
            assertThat(read(query).select()).containsExactly(new Star());
        }

        @Test
        void takesTheFirstOfTwo() {
            assertThat(read("select=a&select=b").select()).containsExactly(column("a"));
        }

        @Test
        void mayAskForNothing() {
            assertThat(read("select=").select()).isEmpty();
        }

        @Test
        void namesAColumnWithEveryOrnament() {
            assertThat(read("select=total:data-%3Ea-%3E%3E-2::numeric.sum()::text").select())
                    .containsExactly(
                            new Column(
                                    new Field(
                                            "data",
                                            List.of(
                                                    new JsonStep(new Member("a"), false),
                                                    new JsonStep(new Element("-2"), true))),
                                    Optional.of("numeric"),
                                    Optional.of(Aggregate.SUM),
                                    Optional.of("text"),
                                    Optional.of("total")));
        }

        @Test
        void countsRows() {
            assertThat(read("select=n:count()::int").select())
                    .containsExactly(
                            new Column(
                                    Field.of("*"),
                                    Optional.empty(),
                                    Optional.of(Aggregate.COUNT),
                                    Optional.of("int"),
                                    Optional.of("n")));
        }

        @Test
        void embedsWithAliasHintAndJoinInAnyOrder() {
            var expected =
                    new Embed(
                            "client",
                            Optional.of("who"),
                            Optional.of("fk"),
                            Optional.of(Join.INNER),
                            List.of(column("id")));

            assertThat(read("select=who:client!fk!inner(id)").select()).containsExactly(expected);
            assertThat(read("select=who:client!inner!fk(id)").select()).containsExactly(expected);
        }

        @Test
        void embedsWithinEmbedsAndSpreads() {
            assertThat(read("select=*,...client(name,tasks()),other!left(*)").select())
                    .containsExactly(
                            new Star(),
                            new Spread(
                                    "client",
                                    Optional.empty(),
                                    Optional.empty(),
                                    List.of(
                                            column("name"),
                                            new Embed(
                                                    "tasks",
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    List.of()))),
                            new Embed(
                                    "other",
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(Join.LEFT),
                                    List.of(new Star())));
        }

        @Test
        void keepsDotsAndBlanksOfQuotedNames() {
            assertThat(read("select=%22a.b,(c)%22,%20two%20words%20,x-y").select())
                    .containsExactly(column("a.b,(c)"), column("two words"), column("x-y"));
        }

        @Test
        void isRefusedWhenItIsTooDeep() {
            String deep = "a(".repeat(101) + "b" + ")".repeat(101);

            assertThatThrownBy(() -> read("select=" + deep))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal ->
                                    assertThat(refusal.problem().details())
                                            .contains("nested more than 100 levels deep"));
        }
    }

    @Nested
    class Filters {

        private static Condition only(String query) {
            return read(query).conditions().getFirst().value();
        }

        private static Filter asks(String column, Operation operation) {
            return new Filter(Field.of(column), false, operation);
        }

        @ParameterizedTest
        @EnumSource(SimpleOperator.class)
        void knowEverySimpleOperator(SimpleOperator operator) {
            assertThat(only("a=" + operator.word() + ".{1}"))
                    .isEqualTo(asks("a", new Simple(operator, "{1}")));
        }

        @ParameterizedTest
        @EnumSource(QuantifiedOperator.class)
        void knowEveryQuantifiedOperator(QuantifiedOperator operator) {
            assertThat(only("a=" + operator.word() + ".1"))
                    .isEqualTo(asks("a", new Quantified(operator, Optional.empty(), "1")));
            assertThat(only("a=" + operator.word() + "(any).{1}"))
                    .isEqualTo(
                            asks(
                                    "a",
                                    new Quantified(operator, Optional.of(Quantifier.ANY), "{1}")));
            assertThat(only("a=" + operator.word() + "(all).{1}"))
                    .isEqualTo(
                            asks(
                                    "a",
                                    new Quantified(operator, Optional.of(Quantifier.ALL), "{1}")));
        }

        @ParameterizedTest
        @EnumSource(SearchFunction.class)
        void knowEveryTextSearch(SearchFunction function) {
            assertThat(only("a=" + function.word() + ".cat"))
                    .isEqualTo(asks("a", new TextSearch(function, Optional.empty(), "cat")));
            assertThat(only("a=" + function.word() + "(english).cat"))
                    .isEqualTo(asks("a", new TextSearch(function, Optional.of("english"), "cat")));
        }

        @ParameterizedTest
        @CsvSource({
            "null, NULL",
            "NULL, NULL",
            "not_null, NOT_NULL",
            "True, TRUE",
            "false, FALSE",
            "unknown, UNKNOWN"
        })
        void knowWhatIsMayBeFollowedBy(String word, IsValue value) {
            assertThat(only("a=is." + word)).isEqualTo(asks("a", new Is(value)));
        }

        @Test
        void takeAnyValueToItsEnd() {
            assertThat(only("a=eq.x.y,(z)+%22q%22"))
                    .isEqualTo(
                            asks(
                                    "a",
                                    new Quantified(
                                            QuantifiedOperator.EQ,
                                            Optional.empty(),
                                            "x.y,(z) \"q\"")));
            assertThat(only("a=isdistinct.")).isEqualTo(asks("a", new IsDistinct("")));
        }

        @Test
        void readLists() {
            assertThat(only("a=in.(1,%22x,y%22,%22q%5C%22%22,z%22z,)"))
                    .isEqualTo(asks("a", new In(List.of("1", "x,y", "q\"", "z\"z", ""))));
        }

        @Test
        void areNegated() {
            assertThat(only("a=not.is.null"))
                    .isEqualTo(new Filter(Field.of("a"), true, new Is(IsValue.NULL)));
        }

        @Test
        void reachIntoEmbedsAndJson() {
            assertThat(read("client.home.data-%3E%3Ecity=eq.x").conditions())
                    .containsExactly(
                            new Placed<>(
                                    List.of("client", "home"),
                                    new Filter(
                                            new Field(
                                                    "data",
                                                    List.of(
                                                            new JsonStep(
                                                                    new Member("city"), true))),
                                            false,
                                            new Quantified(
                                                    QuantifiedOperator.EQ,
                                                    Optional.empty(),
                                                    "x"))));
        }

        @Test
        void withoutEqualsSignAreIgnored() {
            assertThat(read("a&b=eq.1").conditions()).hasSize(1);
        }

        @Test
        void formTrees() {
            assertThat(read("client.not.or=(a.eq.1,not.and(b.is.null,c.in.(1,2)))").conditions())
                    .containsExactly(
                            new Placed<>(
                                    List.of("client"),
                                    new Group(
                                            true,
                                            Connective.OR,
                                            List.of(
                                                    asks(
                                                            "a",
                                                            new Quantified(
                                                                    QuantifiedOperator.EQ,
                                                                    Optional.empty(),
                                                                    "1")),
                                                    new Group(
                                                            true,
                                                            Connective.AND,
                                                            List.of(
                                                                    asks("b", new Is(IsValue.NULL)),
                                                                    asks(
                                                                            "c",
                                                                            new In(
                                                                                    List.of(
                                                                                            "1",
                                                                                            "2")))))))));
        }

        @Test
        void keepArraysInTreesWhole() {
            assertThat(only("and=(a.cs.{1,2})"))
                    .isEqualTo(
                            new Group(
                                    false,
                                    Connective.AND,
                                    List.of(asks("a", new Simple(SimpleOperator.CS, "{1,2}")))));
        }

        @Test
        void tellAnUnknownOperator() {
            assertThatThrownBy(() -> read("id=0"))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> {
                                assertThat(refusal.problem().code()).isEqualTo("PGRST100");
                                assertThat(refusal.problem().message())
                                        .isEqualTo(
                                                "\"failed to parse filter (0)\" (line 1, column"
                                                        + " 1)");
                                assertThat(refusal.problem().details())
                                        .contains(
                                                "unexpected \"0\" expecting \"not\" or operator"
                                                        + " (eq, gt, ...)");
                            });
        }

        @Test
        void tellTheValueOfATreeAndCountItsWord() {
            assertThatThrownBy(() -> read("or=()"))
                    .hasMessage("\"failed to parse logic tree (())\" (line 1, column 4)");
        }
    }

    @Nested
    class Calls {

        @Test
        void takeWhatIsNoFilterForAnArgument() {
            QueryParameters call = call("a=1&id=gt.3&b=noting");

            assertThat(call.arguments())
                    .containsExactly(new Argument("a", "1"), new Argument("b", "noting"));
        }

        @Test
        void refuseWhatBeginsLikeAFilter() {
            assertThatThrownBy(() -> call("a=in.1")).hasMessageContaining("failed to parse filter");
        }
    }

    @Nested
    class OrdersAndWindows {

        @Test
        void areKeptByPath() {
            assertThat(read("order=a.desc.nullslast,client(b)&tasks.order=c.nullsfirst").orders())
                    .isEqualTo(
                            Map.of(
                                    List.of(),
                                    List.of(
                                            new OrderTerm(
                                                    Optional.empty(),
                                                    Field.of("a"),
                                                    Optional.of(Direction.DESC),
                                                    Optional.of(Nulls.LAST)),
                                            new OrderTerm(
                                                    Optional.of("client"),
                                                    Field.of("b"),
                                                    Optional.empty(),
                                                    Optional.empty())),
                                    List.of("tasks"),
                                    List.of(
                                            new OrderTerm(
                                                    Optional.empty(),
                                                    Field.of("c"),
                                                    Optional.empty(),
                                                    Optional.of(Nulls.FIRST)))));
        }

        @Test
        void takeTheFirstOrderAndTheLastLimit() {
            QueryParameters parameters = read("order=a&order=b&limit=1&limit=2");

            assertThat(parameters.orders().get(List.of()))
                    .extracting(OrderTerm::field)
                    .containsExactly(Field.of("a"));
            assertThat(parameters.windows())
                    .isEqualTo(Map.of(List.of(), new Window(0, OptionalLong.of(2))));
        }

        @Test
        void joinLimitAndOffset() {
            assertThat(read("limit=5&offset=10&client.offset=1&x.limit=many").windows())
                    .isEqualTo(
                            Map.of(
                                    List.of(), new Window(10, OptionalLong.of(5)),
                                    List.of("client"), new Window(1, OptionalLong.empty()),
                                    List.of("x"), Window.ALL));
        }
    }

    @Test
    void sortsAndEncodesForTheLocation() {
        assertThat(read("b=eq.%C3%A9+x&a=eq.1&limit=2").canonical())
                .isEqualTo("a=eq.1&b=eq.%C3%A9%20x&limit=2");
    }

    @Test
    void namesColumnsInOrder() {
        assertThat(read("columns=%22a%22,b&on_conflict=c,d"))
                .satisfies(
                        parameters -> {
                            assertThat(parameters.columns()).contains(List.of("a", "b"));
                            assertThat(parameters.onConflict()).contains(List.of("c", "d"));
                        });
    }

    @Test
    void refusesBytesThatAreNoText() {
        assertThatThrownBy(() -> read("a=eq.%FF"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().status()).isEqualTo(400));
    }
}
