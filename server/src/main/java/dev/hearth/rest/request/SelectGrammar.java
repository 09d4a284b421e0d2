package dev.hearth.rest.request;

import static dev.hearth.rest.request.Characters.character;
import static dev.hearth.rest.request.Characters.word;
import static dev.hearth.rest.request.NameGrammar.FIELD;
import static dev.hearth.rest.request.NameGrammar.IDENTIFIER;
import static dev.hearth.rest.request.NameGrammar.NAME;
import static dev.hearth.rest.request.NameGrammar.ahead;
import static dev.hearth.rest.request.NameGrammar.spaced;

import dev.hearth.rest.request.SelectItem.Aggregate;
import dev.hearth.rest.request.SelectItem.Column;
import dev.hearth.rest.request.SelectItem.Embed;
import dev.hearth.rest.request.SelectItem.Join;
import dev.hearth.rest.request.SelectItem.Spread;
import dev.hearth.rest.request.SelectItem.Star;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The grammar of `select` (rest.md 4.3).
final class SelectGrammar {

    private static final Parser<Boolean> END =
            Parser.firstOf(ahead(")"), ahead(","), Characters.END.attempt());

    private static final Parser<Optional<String>> ALIAS =
            NAME.endedBy(character(':').before(character(':').absent(Characters::inSingleQuotes)))
                    .attempt()
                    .optional();

    private static final Parser<Optional<String>> CAST = word("::").before(IDENTIFIER).optional();

    private static final Parser<Aggregate> AGGREGATE =
            Parser.firstOf(
                    aggregate(Aggregate.SUM),
                    aggregate(Aggregate.AVG),
                    aggregate(Aggregate.COUNT),
                    aggregate(Aggregate.MAX).attempt(),
                    aggregate(Aggregate.MIN).attempt());

    private static final Parser<SelectItem> STAR =
            word("*").<SelectItem>as(new Star()).endedBy(END);

    private static final Parser<SelectItem> COUNT =
            ALIAS.endedBy(word("count()")).with(CAST, SelectGrammar::count).endedBy(END);

    private static final Parser<SelectItem> COLUMN =
            ALIAS.then(
                    alias ->
                            FIELD.then(field -> CAST.then(cast -> aggregated(alias, field, cast))));

    /// An item that embeds nothing.
    static final Parser<SelectItem> PLAIN = spaced(STAR.attempt().or(COUNT.attempt()).or(COLUMN));

    /// `hint` or `inner` or `left` behind an exclamation mark.
    private static final Parser<Qualifier> QUALIFIER =
            character('!')
                    .before(
                            Parser.firstOf(
                                    word("left").<Qualifier>as(new Joined(Join.LEFT)).attempt(),
                                    word("inner").<Qualifier>as(new Joined(Join.INNER)).attempt(),
                                    NAME.<Qualifier>map(Hint::new).attempt()));

    private static final Parser<Qualifiers> QUALIFIERS =
            QUALIFIER.optional().with(QUALIFIER.optional(), Qualifiers::of);

    private static final Parser<Head> SPREAD_HEAD =
            spaced(
                    word("...")
                            .before(NAME)
                            .with(
                                    QUALIFIERS,
                                    (name, qualifiers) ->
                                            new Head(Optional.empty(), name, qualifiers))
                            .endedBy(ahead("(")));

    private static final Parser<Head> EMBED_HEAD =
            spaced(
                    ALIAS.then(
                            alias ->
                                    NAME.then(SelectGrammar::unlessCount)
                                            .with(
                                                    QUALIFIERS,
                                                    (name, qualifiers) ->
                                                            new Head(alias, name, qualifiers))
                                            .endedBy(ahead("("))));

    /// A whole `select`, or what stands between the parentheses of an embed.
    static final Parser<List<SelectItem>> ITEMS =
            Parser.firstOf(
                            SPREAD_HEAD.attempt().with(nested(), Head::spread),
                            EMBED_HEAD.attempt().with(nested(), Head::embed),
                            PLAIN)
                    .separatedBy(spaced(character(',')))
                    .or(Parser.of(List.of()));

    private SelectGrammar() {}

    private sealed interface Qualifier {}

    private record Joined(Join join) implements Qualifier {}

    private record Hint(String hint) implements Qualifier {}

    /// Of two of a kind the first counts.
    private record Qualifiers(Optional<String> hint, Optional<Join> join) {
        static Qualifiers of(Optional<Qualifier> first, Optional<Qualifier> second) {
            return new Qualifiers(
                    hint(first).or(() -> hint(second)), join(first).or(() -> join(second)));
        }

        private static Optional<String> hint(Optional<Qualifier> qualifier) {
            return qualifier.flatMap(
                    each -> each instanceof Hint(var hint) ? Optional.of(hint) : Optional.empty());
        }

        private static Optional<Join> join(Optional<Qualifier> qualifier) {
            return qualifier.flatMap(
                    each ->
                            each instanceof Joined(var join)
                                    ? Optional.of(join)
                                    : Optional.empty());
        }
    }

    /// What stands before the parenthesis.
    private record Head(Optional<String> alias, String relation, Qualifiers qualifiers) {
        SelectItem embed(List<SelectItem> select) {
            return new Embed(relation, alias, qualifiers.hint(), qualifiers.join(), select);
        }

        SelectItem spread(List<SelectItem> select) {
            return new Spread(relation, qualifiers.hint(), qualifiers.join(), select);
        }
    }

    private static Parser<List<SelectItem>> nested() {
        return Parser.lazy(() -> ITEMS).between(character('('), character(')'));
    }

    /// `count` is an aggregate, never a relation.
    private static Parser<String> unlessCount(String name) {
        return name.equals("count") ? Parser.none() : Parser.of(name);
    }

    private static SelectItem count(Optional<String> alias, Optional<String> cast) {
        return new Column(
                Field.of("*"), Optional.empty(), Optional.of(Aggregate.COUNT), cast, alias);
    }

    private static Parser<SelectItem> aggregated(
            Optional<String> alias, Field field, Optional<String> cast) {
        return character('.')
                .before(AGGREGATE)
                .endedBy(word("()"))
                .attempt()
                .optional()
                .with(
                        CAST,
                        (aggregate, aggregateCast) ->
                                (SelectItem)
                                        new Column(field, cast, aggregate, aggregateCast, alias))
                .endedBy(END);
    }

    private static Parser<Aggregate> aggregate(Aggregate aggregate) {
        return word(aggregate.name().toLowerCase(Locale.ROOT)).as(aggregate);
    }
}
