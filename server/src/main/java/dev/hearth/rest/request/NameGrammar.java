package dev.hearth.rest.request;

import static dev.hearth.rest.request.Characters.ANY;
import static dev.hearth.rest.request.Characters.DIGIT;
import static dev.hearth.rest.request.Characters.LETTER;
import static dev.hearth.rest.request.Characters.character;
import static dev.hearth.rest.request.Characters.noneOf;
import static dev.hearth.rest.request.Characters.oneOf;
import static dev.hearth.rest.request.Characters.text;
import static dev.hearth.rest.request.Characters.word;

import dev.hearth.rest.request.JsonStep.Element;
import dev.hearth.rest.request.JsonStep.Member;
import dev.hearth.rest.request.JsonStep.Target;

import java.util.List;

/// Names of columns and relations, and the steps into JSON (rest.md 4.2).
final class NameGrammar {

    private static final Parser<List<Integer>> BLANKS = oneOf(" \t").many();

    /// A dot between two names.
    static final Parser<Integer> DOT = character('.').named("delimiter (.)");

    /// `"a \"quoted\" name"`
    static final Parser<String> QUOTED =
            text(noneOf("\\\"").or(character('\\').before(ANY)).many())
                    .between(character('"'), character('"'));

    /// Letters, digits, blanks, `_` and `$`; blanks around it are dropped.
    static final Parser<String> IDENTIFIER =
            text(LETTER.or(DIGIT).or(oneOf("_ $")).several()).map(String::strip);

    /// `name`, `two-names`, `"any thing"`
    static final Parser<String> NAME =
            QUOTED.or(joinedByDashes(IDENTIFIER)).named("field name (* or [a..z0..9_$])");

    private static final Parser<String> KEY =
            QUOTED.or(joinedByDashes(text(noneOf("(-:.,>)").several()).map(String::strip)))
                    .named("any non reserved character different from: .,>()");

    private static final Parser<String> DIGITS = text(DIGIT.several());

    private static final Parser<Boolean> END_OF_INDEX =
            Parser.firstOf(
                    ahead("->"), ahead("::"), ahead("."), ahead(","), Characters.END.attempt());

    private static final Parser<Target> INDEX =
            character('-')
                    .as("-")
                    .or(Parser.of("+"))
                    .with(DIGITS, (sign, digits) -> (Target) new Element(sign + digits))
                    .endedBy(END_OF_INDEX);

    /// `->a->>0`, or nothing.
    static final Parser<List<JsonStep>> JSON_PATH =
            word("->>")
                    .as(true)
                    .attempt()
                    .or(word("->").as(false).attempt())
                    .with(
                            INDEX.attempt().or(KEY.<Target>map(Member::new).attempt()),
                            (asText, target) -> new JsonStep(target, asText))
                    .many();

    /// A name and the steps into its value, with blanks around.
    static final Parser<Field> FIELD = spaced(NAME.with(JSON_PATH, Field::new));

    /// `a,"b c"`
    static final Parser<List<String>> NAMES = NAME.separatedBy(spaced(character(',')));

    /// `client.address.data->city`: the embeds that lead to a field, and the field.
    static final Parser<Addressed> ADDRESSED =
            NAME.separatedBy(DOT)
                    .with(
                            JSON_PATH,
                            (names, steps) ->
                                    new Addressed(
                                            names.subList(0, names.size() - 1),
                                            new Field(names.getLast(), steps)));

    private NameGrammar() {}

    /// A field of an embed.
    ///
    /// @param path names of embeds from the root; empty for the root itself
    record Addressed(List<String> path, Field field) {
        Addressed {
            path = List.copyOf(path);
        }
    }

    /// Allows blanks and tabs around.
    static <T> Parser<T> spaced(Parser<T> rule) {
        return rule.between(BLANKS, BLANKS);
    }

    /// Matches where a word comes next, and leaves it.
    static Parser<Boolean> ahead(String next) {
        return word(next).ahead().attempt().as(true);
    }

    /// A dash before `>` begins an arrow.
    private static Parser<String> joinedByDashes(Parser<String> part) {
        Parser<Boolean> dash =
                character('-').before(character('>').absent(Characters::inSingleQuotes)).attempt();
        return part.separatedBy(dash).map(parts -> String.join("-", parts));
    }
}
