package dev.hearth.rest.request;

import static dev.hearth.rest.request.Characters.character;
import static dev.hearth.rest.request.Characters.word;
import static dev.hearth.rest.request.NameGrammar.DOT;
import static dev.hearth.rest.request.NameGrammar.FIELD;
import static dev.hearth.rest.request.NameGrammar.NAME;
import static dev.hearth.rest.request.NameGrammar.spaced;

import dev.hearth.rest.request.OrderTerm.Direction;
import dev.hearth.rest.request.OrderTerm.Nulls;

import java.util.List;
import java.util.Optional;

/// The grammar of `order` (rest.md 4.6).
final class OrderGrammar {

    private static final Parser<Boolean> END =
            character(',').ahead().attempt().as(true).or(Characters.END.attempt());

    private static final Parser<Direction> DIRECTION =
            after("asc", Direction.ASC).or(after("desc", Direction.DESC));

    private static final Parser<Nulls> NULLS =
            after("nullsfirst", Nulls.FIRST).or(after("nullslast", Nulls.LAST));

    private static final Parser<Optional<Nulls>> NULLS_AND_END =
            NULLS.optional().endedBy(END).or(END.as(Optional.empty()));

    private static final Parser<OrderTerm> OWN = FIELD.then(field -> term(Optional.empty(), field));

    private static final Parser<OrderTerm> RELATED =
            NAME.then(
                    relation ->
                            FIELD.between(character('('), character(')'))
                                    .then(field -> term(Optional.of(relation), field)));

    /// A whole `order`.
    static final Parser<List<OrderTerm>> TERMS =
            spaced(RELATED.attempt().or(OWN)).separatedBy(character(','));

    private OrderGrammar() {}

    private static Parser<OrderTerm> term(Optional<String> relation, Field field) {
        return DIRECTION
                .optional()
                .with(
                        NULLS_AND_END,
                        (direction, nulls) -> new OrderTerm(relation, field, direction, nulls));
    }

    private static <T> Parser<T> after(String word, T value) {
        return DOT.before(word(word)).as(value).attempt();
    }
}
