package dev.hearth.realtime.changes.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The text of an array, as `array_out` writes it:
///
/// | text | value |
/// |---|---|
/// | `{}` | no elements |
/// | `{1,NULL,"NULL"}` | `1`, null, the word |
/// | `{{a,b},{c,d}}` | two arrays of two |
/// | `[0:1]={a,b}` | bounds are dropped |
/// | `{(1,1),(0,0);(2,2),(1,1)}` | boxes stand between `;` |
public sealed interface ArrayLiteral {

    /// A dimension.
    record Items(List<ArrayLiteral> items) implements ArrayLiteral {
        /// Copies the list.
        public Items {
            items = List.copyOf(items);
        }
    }

    /// An element; empty is SQL's null.
    record Element(Optional<String> text) implements ArrayLiteral {}

    /// Reads the text.
    ///
    /// @param delimiter the element type's `typdelim`
    /// @throws LiteralException when it is not the text of an array
    static Items parse(String text, char delimiter) {
        return new ArrayParser(text, delimiter).parse();
    }

    /// One pass over the text.
    final class ArrayParser {
        /// As many as PostgreSQL allows.
        private static final int MOST_DIMENSIONS = 6;

        private final String text;
        private final char delimiter;
        private int at;

        private ArrayParser(String text, char delimiter) {
            this.text = text;
            this.delimiter = delimiter;
        }

        private Items parse() {
            if (text.startsWith("[")) {
                at = text.indexOf('=') + 1;
            }
            Items items = items(1);
            if (at != text.length()) {
                throw new LiteralException("an array");
            }
            return items;
        }

        private Items items(int depth) {
            if (depth > MOST_DIMENSIONS || next() != '{') {
                throw new LiteralException("an array");
            }
            var items = new ArrayList<ArrayLiteral>();
            if (peek() == '}') {
                at++;
                return new Items(items);
            }
            while (true) {
                items.add(peek() == '{' ? items(depth + 1) : element());
                char end = next();
                if (end == '}') {
                    return new Items(items);
                }
                if (end != delimiter) {
                    throw new LiteralException("an array");
                }
            }
        }

        private Element element() {
            if (peek() == '"') {
                return new Element(Optional.of(quoted()));
            }
            var element = new StringBuilder();
            while (peek() != delimiter && peek() != '}') {
                char c = next();
                element.append(c == '\\' ? next() : c);
            }
            String word = element.toString();
            return new Element(word.equals("NULL") ? Optional.empty() : Optional.of(word));
        }

        private String quoted() {
            var element = new StringBuilder();
            at++;
            while (peek() != '"') {
                char c = next();
                element.append(c == '\\' ? next() : c);
            }
            at++;
            return element.toString();
        }

        private char peek() {
            if (at >= text.length()) {
                throw new LiteralException("an array");
            }
            return text.charAt(at);
        }

        private char next() {
            char c = peek();
            at++;
            return c;
        }
    }
}
