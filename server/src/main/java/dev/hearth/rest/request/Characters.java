package dev.hearth.rest.request;

import dev.hearth.rest.request.ParseError.Kind;
import dev.hearth.rest.request.ParseError.Message;
import dev.hearth.rest.request.Parsed.Failed;
import dev.hearth.rest.request.Parsed.Matched;

import java.util.List;
import java.util.function.IntPredicate;

/// The rules that look at characters (code points). They tell what they found and expected as
/// Haskell writes characters and strings.
final class Characters {

    /// The end of the text.
    static final Parser<Boolean> END = Characters::end;

    /// Any decimal digit of ASCII.
    static final Parser<Integer> DIGIT = where(each -> each >= '0' && each <= '9').named("digit");

    /// Any letter of any script.
    static final Parser<Integer> LETTER = where(Character::isLetter).named("letter");

    /// Any character.
    static final Parser<Integer> ANY = where(_ -> true);

    private Characters() {}

    /// One character.
    static Parser<Integer> character(char wanted) {
        return where(each -> each == wanted).named(quoted(String.valueOf(wanted)));
    }

    /// One of these characters.
    static Parser<Integer> oneOf(String wanted) {
        return where(each -> wanted.indexOf(each) >= 0);
    }

    /// A character that is none of these.
    static Parser<Integer> noneOf(String unwanted) {
        return where(each -> unwanted.indexOf(each) < 0);
    }

    /// A character with a property.
    static Parser<Integer> where(IntPredicate property) {
        return (text, at) -> {
            if (at == text.length()) {
                return new Failed<>(false, ParseError.of(at, Kind.FOUND, ""));
            }
            int found = text.codePointAt(at);
            if (!property.test(found)) {
                return new Failed<>(
                        false, ParseError.of(at, Kind.FOUND, quoted(Character.toString(found))));
            }
            int next = at + Character.charCount(found);
            return new Matched<>(found, next, true, ParseError.unknown(next));
        };
    }

    /// A word. It is consumed as soon as its first character fits; what does not fit is told at the
    /// place where the word should begin.
    static Parser<String> word(String wanted) {
        return (text, at) -> {
            int same = 0;
            while (same < wanted.length()
                    && at + same < text.length()
                    && text.charAt(at + same) == wanted.charAt(same)) {
                same++;
            }
            int next = at + same;
            if (same == wanted.length()) {
                return new Matched<>(wanted, next, true, ParseError.unknown(next));
            }
            String found =
                    next == text.length() ? "" : quoted(Character.toString(text.codePointAt(next)));
            return new Failed<>(
                    same > 0,
                    new ParseError(
                            at,
                            List.of(
                                    new Message(Kind.EXPECTED, quoted(wanted)),
                                    new Message(Kind.FOUND, found))));
        };
    }

    /// A word in letters of either case.
    static Parser<String> wordInAnyCase(String wanted) {
        Parser<String> all = Parser.of(wanted);
        for (int i = 0; i < wanted.length(); i++) {
            char each = wanted.charAt(i);
            Parser<Integer> either = character(each).or(character(Character.toUpperCase(each)));
            all = all.endedBy(either);
        }
        return all;
    }

    /// The characters as a text.
    static Parser<String> text(Parser<List<Integer>> characters) {
        return characters.map(Characters::text);
    }

    private static String text(List<Integer> characters) {
        var text = new StringBuilder();
        characters.forEach(text::appendCodePoint);
        return text.toString();
    }

    /// A character that is not expected, in single quotes.
    static String inSingleQuotes(int found) {
        return "'" + (found == '\'' ? "\\'" : escaped(found)) + "'";
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints()
                .mapToObj(each -> each == '"' ? "\\\"" : escaped(each))
                .forEach(quoted::append);
        return quoted.append('"').toString();
    }

    private static String escaped(int character) {
        return switch (character) {
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default ->
                    character >= ' ' && character < 127
                            ? Character.toString(character)
                            : "\\" + character;
        };
    }

    private static Parsed<Boolean> end(String text, int at) {
        if (at == text.length()) {
            return new Matched<>(true, at, false, ParseError.unknown(at));
        }
        return new Failed<>(
                false,
                new ParseError(
                        at,
                        List.of(
                                new Message(Kind.EXPECTED, "end of input"),
                                new Message(
                                        Kind.UNEXPECTED, inSingleQuotes(text.codePointAt(at))))));
    }
}
