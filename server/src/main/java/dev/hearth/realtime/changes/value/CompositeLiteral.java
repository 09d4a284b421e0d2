package dev.hearth.realtime.changes.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The text of a composite value, as `record_out` writes it: `(1,"a ""b"" \\c",,"")`, where nothing
/// is null and `""` is the empty text.
final class CompositeLiteral {

    private final String text;
    private int at = 1;

    private CompositeLiteral(String text) {
        this.text = text;
    }

    /// The attributes in order; empty is SQL's null. One null attribute and none at all are the
    /// same text, `()`, and give one.
    ///
    /// @throws LiteralException when it is not the text of a composite value
    static List<Optional<String>> parse(String text) {
        if (text.length() < 2 || text.charAt(0) != '(') {
            throw new LiteralException("a composite value");
        }
        return new CompositeLiteral(text).attributes();
    }

    private List<Optional<String>> attributes() {
        var attributes = new ArrayList<Optional<String>>();
        while (true) {
            attributes.add(attribute());
            char end = next();
            if (end == ')') {
                break;
            }
        }
        if (at != text.length()) {
            throw new LiteralException("a composite value");
        }
        return attributes;
    }

    private Optional<String> attribute() {
        if (peek() == ',' || peek() == ')') {
            return Optional.empty();
        }
        var attribute = new StringBuilder();
        boolean quoted = false;
        while (quoted || (peek() != ',' && peek() != ')')) {
            char c = next();
            if (c == '\\') {
                attribute.append(next());
            } else if (c != '"') {
                attribute.append(c);
            } else if (quoted && peek() == '"') {
                attribute.append(next());
            } else {
                quoted = !quoted;
            }
        }
        return Optional.of(attribute.toString());
    }

    private char peek() {
        if (at >= text.length()) {
            throw new LiteralException("a composite value");
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }
}
