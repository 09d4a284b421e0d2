package dev.hearth.rest.request;

import static dev.hearth.rest.request.Characters.ANY;
import static dev.hearth.rest.request.Characters.character;
import static dev.hearth.rest.request.Characters.noneOf;
import static dev.hearth.rest.request.Characters.text;
import static dev.hearth.rest.request.Characters.word;
import static dev.hearth.rest.request.Characters.wordInAnyCase;
import static dev.hearth.rest.request.NameGrammar.DOT;
import static dev.hearth.rest.request.NameGrammar.FIELD;
import static dev.hearth.rest.request.NameGrammar.IDENTIFIER;
import static dev.hearth.rest.request.NameGrammar.NAME;
import static dev.hearth.rest.request.NameGrammar.QUOTED;
import static dev.hearth.rest.request.NameGrammar.spaced;

import dev.hearth.rest.request.Condition.Connective;
import dev.hearth.rest.request.Condition.Filter;
import dev.hearth.rest.request.Condition.Group;
import dev.hearth.rest.request.Operation.In;
import dev.hearth.rest.request.Operation.Is;
import dev.hearth.rest.request.Operation.IsDistinct;
import dev.hearth.rest.request.Operation.IsValue;
import dev.hearth.rest.request.Operation.Operator;
import dev.hearth.rest.request.Operation.Quantified;
import dev.hearth.rest.request.Operation.QuantifiedOperator;
import dev.hearth.rest.request.Operation.Quantifier;
import dev.hearth.rest.request.Operation.SearchFunction;
import dev.hearth.rest.request.Operation.Simple;
import dev.hearth.rest.request.Operation.SimpleOperator;
import dev.hearth.rest.request.Operation.TextSearch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The grammar of filters and of `and` and `or` (rest.md 4.4, 4.5).
final class FilterGrammar {

    /// An operator with its value.
    ///
    /// @param negated whether `not.` stood before it
    record Asked(boolean negated, Operation operation) {}

    private static final Parser<String> REST = text(ANY.many());
    private static final Parser<String> REST_OF_ITEM = text(noneOf(",)").many());

    /// Quotes count only around the whole item.
    private static final Parser<String> QUOTED_ITEM =
            QUOTED.endedBy(noneOf(",)").absent(Characters::inSingleQuotes)).attempt();

    private static final Parser<String> ARRAY =
            word("{").before(text(noneOf("{}").many())).endedBy(word("}")).map("{%s}"::formatted);

    private static final Parser<List<String>> LIST =
            QUOTED_ITEM
                    .or(REST_OF_ITEM)
                    .separatedBy(character(','))
                    .between(spaced(character('(')), spaced(character(')')));

    private static final Parser<IsValue> IS_VALUE =
            Parser.firstOf(
                            isValue("null", IsValue.NULL),
                            isValue("not_null", IsValue.NOT_NULL),
                            isValue("true", IsValue.TRUE),
                            isValue("false", IsValue.FALSE),
                            isValue("unknown", IsValue.UNKNOWN))
                    .named("isVal: (null, not_null, true, false, unknown)");

    private static final Parser<Optional<Quantifier>> QUANTIFIER =
            word("any")
                    .as(Quantifier.ANY)
                    .attempt()
                    .or(word("all").as(Quantifier.ALL))
                    .between(character('('), character(')'))
                    .attempt()
                    .optional();

    private static final Parser<Optional<String>> CONFIGURATION =
            IDENTIFIER.between(character('('), character(')')).attempt().optional();

    private static final Parser<SimpleOperator> SIMPLE =
            oneOf(SimpleOperator.values()).named("unknown single value operator");

    private static final Parser<QuantifiedOperator> QUANTIFIED =
            oneOf(QuantifiedOperator.values()).named("unknown single value operator");

    private static final Parser<SearchFunction> SEARCH = oneOf(SearchFunction.values());

    private static final Parser<Boolean> NOT =
            word("not").before(DOT).as(true).attempt().or(Parser.of(false));

    /// What stands behind `column=`: the value reaches to the end.
    static final Parser<Asked> OPERATION = asked(REST);

    private static final Parser<Condition> FILTER =
            FIELD.endedBy(DOT)
                    .with(
                            asked(QUOTED_ITEM.or(ARRAY.attempt()).or(REST_OF_ITEM)),
                            (field, asked) ->
                                    new Filter(field, asked.negated(), asked.operation()));

    private static final Parser<Connective> CONNECTIVE =
            word("and")
                    .as(Connective.AND)
                    .attempt()
                    .or(word("or").as(Connective.OR))
                    .named("logic operator (and, or)");

    /// `and(…)`, `not.or(…)`, or a filter.
    static final Parser<Condition> CONDITION =
            FILTER.attempt()
                    .or(
                            NOT.named("negation operator (not)")
                                    .then(
                                            negated ->
                                                    CONNECTIVE.with(
                                                            terms(),
                                                            (connective, terms) ->
                                                                    new Group(
                                                                            negated,
                                                                            connective,
                                                                            terms))));

    /// The name of a logic parameter, `client.not.or`: the embeds, and the words that begin the
    /// condition.
    static final Parser<Tree> TREE = NAME.separatedBy(DOT).map(Tree::of);

    private FilterGrammar() {}

    /// Where a condition belongs, and how it begins.
    ///
    /// @param lead `and`, `or`, `not.and`, `not.or`
    record Tree(List<String> path, String lead) {
        Tree {
            path = List.copyOf(path);
        }

        private static Tree of(List<String> names) {
            String connective = names.getLast();
            return new Tree(
                    names.subList(0, names.size() - 1).stream()
                            .filter(name -> !name.equals("not"))
                            .toList(),
                    names.contains("not") ? "not." + connective : connective);
        }
    }

    private static Parser<Asked> asked(Parser<String> value) {
        return NOT.with(operation(value), Asked::new);
    }

    private static Parser<Operation> operation(Parser<String> value) {
        return Parser.firstOf(
                        word("in").before(DOT).attempt().before(LIST).<Operation>map(In::new),
                        word("is").before(DOT).attempt().before(IS_VALUE).<Operation>map(Is::new),
                        word("isdistinct")
                                .before(DOT)
                                .attempt()
                                .before(value)
                                .<Operation>map(IsDistinct::new),
                        textSearch(value).attempt(),
                        SIMPLE.endedBy(DOT).with(value, FilterGrammar::simple).attempt(),
                        quantified(value).attempt())
                .named("operator (eq, gt, ...)");
    }

    private static Operation simple(SimpleOperator operator, String value) {
        return new Simple(operator, value);
    }

    private static Parser<Operation> textSearch(Parser<String> value) {
        return SEARCH.then(
                function ->
                        CONFIGURATION
                                .endedBy(DOT)
                                .with(
                                        value,
                                        (configuration, query) ->
                                                new TextSearch(function, configuration, query)));
    }

    private static Parser<Operation> quantified(Parser<String> value) {
        return QUANTIFIED.then(
                operator ->
                        QUANTIFIER
                                .endedBy(DOT)
                                .with(
                                        value,
                                        (quantifier, operand) ->
                                                new Quantified(operator, quantifier, operand)));
    }

    private static Parser<List<Condition>> terms() {
        return Parser.lazy(() -> CONDITION)
                .separatedBy(spaced(character(',')))
                .between(spaced(character('(')), spaced(character(')')));
    }

    private static Parser<IsValue> isValue(String word, IsValue value) {
        return wordInAnyCase(word).as(value).attempt();
    }

    private static <T extends Operator> Parser<T> oneOf(T[] operators) {
        return Arrays.stream(operators)
                .map(operator -> word(operator.word()).as(operator).attempt())
                .reduce(Parser::or)
                .orElseGet(Parser::none);
    }
}
