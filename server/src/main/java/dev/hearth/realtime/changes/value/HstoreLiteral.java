package dev.hearth.realtime.changes.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The text of an hstore, as `hstore_out` writes it: `"a"=>"1", "b"=>NULL`.
final class HstoreLiteral {

    private final String text;
    private int at;

    private HstoreLiteral(String text) {
        this.text = text;
    }

    /// The pairs in order; an empty value is SQL's null.
    ///
    /// @throws LiteralException when it is not the text of an hstore
    static Map<String, Optional<String>> parse(String text) {
        return new HstoreLiteral(text).pairs();
    }

    private Map<String, Optional<String>> pairs() {
        var pairs = new LinkedHashMap<String, Optional<String>>();
        while (at < text.length()) {
            String key = quoted();
            expect("=>");
            if (text.startsWith("NULL", at)) {
                at += "NULL".length();
                pairs.put(key, Optional.empty());
            } else {
                pairs.put(key, Optional.of(quoted()));
            }
            if (at < text.length()) {
                expect(", ");
            }
        }
        return pairs;
    }

    private String quoted() {
        expect("\"");
        var word = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return word.toString();
            }
            word.append(c == '\\' ? next() : c);
        }
    }

    private void expect(String mark) {
        if (!text.startsWith(mark, at)) {
            throw new LiteralException("an hstore");
        }
        at += mark.length();
    }

    private char next() {
        if (at >= text.length()) {
            throw new LiteralException("an hstore");
        }
        return text.charAt(at++);
    }
}
