package dev.hearth.realtime.changes.filter;

import java.util.List;
import java.util.stream.Collectors;

/// Texts and filters as upstream's error messages print them: `{"id", "eq", "1", false}`.
public final class Printed {

    private Printed() {}

    /// A text in quotes.
    public static String text(String text) {
        var printed = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> printed.append('\\').append(c);
                case '\n' -> printed.append("\\n");
                case '\r' -> printed.append("\\r");
                case '\t' -> printed.append("\\t");
                case '#' ->
                        printed.append(
                                i + 1 < text.length() && text.charAt(i + 1) == '{' ? "\\#" : "#");
                default -> printed.append(c);
            }
        }
        return printed.append('"').toString();
    }

    /// A list of texts.
    public static String texts(List<String> texts) {
        return texts.stream().map(Printed::text).collect(Collectors.joining(", ", "[", "]"));
    }

    /// A list of filters.
    public static String filters(List<Filter> filters) {
        return filters.stream()
                .map(
                        filter ->
                                "{%s, %s, %s, %s}"
                                        .formatted(
                                                text(filter.column()),
                                                text(filter.operator()),
                                                text(filter.value()),
                                                filter.negated()))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
