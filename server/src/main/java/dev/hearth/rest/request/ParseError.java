package dev.hearth.rest.request;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Why a rule did not match, or how it might have gone on where it stopped. Errors of alternatives
/// are merged: the one that got furthest wins, and those that got equally far are told together.
/// The rules of merging and the words are those of Parsec, the library in which upstream's grammar
/// is written, so that `details` reads the same.
///
/// @param at the offset in UTF-16 units
/// @param messages what is known, in the order in which it was found out
record ParseError(int at, List<Message> messages) {

    /// What stands there or should stand there. The order of the kinds is the order of telling.
    record Message(Kind kind, String text) {}

    /// Where a message comes from.
    enum Kind {
        /// The character that did not fit; the empty text is the end.
        FOUND,
        /// What a rule refused by name; told instead of the character.
        UNEXPECTED,
        /// What would have fitted.
        EXPECTED
    }

    ParseError {
        messages = List.copyOf(messages);
    }

    static ParseError unknown(int at) {
        return new ParseError(at, List.of());
    }

    static ParseError of(int at, Kind kind, String text) {
        return new ParseError(at, List.of(new Message(kind, text)));
    }

    boolean isUnknown() {
        return messages.isEmpty();
    }

    /// The error of two rules of which both were tried, or of which one follows the other.
    ParseError or(ParseError other) {
        if (other.isUnknown() && !isUnknown()) {
            return this;
        }
        if (isUnknown() && !other.isUnknown()) {
            return other;
        }
        if (at != other.at) {
            return at > other.at ? this : other;
        }
        var both = new ArrayList<>(messages);
        both.addAll(other.messages);
        return new ParseError(at, both);
    }

    /// The same with everything that was expected told by one name.
    ParseError expecting(String label) {
        var renamed = new ArrayList<Message>();
        renamed.add(new Message(Kind.EXPECTED, label));
        messages.stream().filter(each -> each.kind() != Kind.EXPECTED).forEach(renamed::add);
        return new ParseError(at, renamed);
    }

    /// `unexpected … expecting …, … or …`, on one line.
    String describe() {
        if (messages.isEmpty()) {
            return "unknown parse error";
        }
        List<String> unexpected = texts(Kind.UNEXPECTED).toList();
        Stream<String> found =
                unexpected.isEmpty()
                        ? texts(Kind.FOUND)
                                .limit(1)
                                .map(text -> text.isEmpty() ? "end of input" : text)
                        : unexpected.stream();
        return Stream.of(told("unexpected ", found), told("expecting ", texts(Kind.EXPECTED)))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private Stream<String> texts(Kind kind) {
        return messages.stream().filter(each -> each.kind() == kind).map(Message::text);
    }

    private static String told(String lead, Stream<String> texts) {
        List<String> distinct = texts.filter(text -> !text.isEmpty()).distinct().toList();
        if (distinct.isEmpty()) {
            return "";
        }
        int last = distinct.size() - 1;
        return last == 0
                ? lead + distinct.getFirst()
                : lead + String.join(", ", distinct.subList(0, last)) + " or " + distinct.get(last);
    }

    /// `(line 1, column 5)` of an offset; a tab goes to the next multiple of eight, as upstream
    /// counts.
    static String place(String text, int at) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < at; i += Character.charCount(text.codePointAt(i))) {
            switch (text.charAt(i)) {
                case '\n' -> {
                    line++;
                    column = 1;
                }
                case '\t' -> column += 8 - (column - 1) % 8;
                default -> column++;
            }
        }
        return "(line %d, column %d)".formatted(line, column);
    }
}
