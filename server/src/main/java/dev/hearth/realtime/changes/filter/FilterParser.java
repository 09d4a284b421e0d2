package dev.hearth.realtime.changes.filter;

import dev.hearth.realtime.changes.filter.Filter.Comparison;
import dev.hearth.realtime.changes.filter.Filter.Pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the filter text of a binding (realtime.md 6.4; supabase/realtime, `subscriptions.ex`).
///
/// | text | filters |
/// |---|---|
/// | blank | none |
/// | `id=eq.1` | id equals `1` |
/// | `id=gt.0,id=not.lt.5` | both must hold |
/// | `name=in.(a,"b,c")` | name is one of the array `{a,"b,c"}` |
/// | `name=eq."a,b"` | name equals `a,b` |
/// | `a=foo.b` | refused: `["foo", "b"]` |
public final class FilterParser {

    private FilterParser() {}

    /// The filters in the order written.
    ///
    /// @throws FilterSyntaxException with upstream's text
    public static List<Filter> parse(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        var filters = new ArrayList<Filter>();
        for (String segment : split(text.strip())) {
            filters.add(segment(segment.strip()));
        }
        return List.copyOf(filters);
    }

    /// Splits at commas that stand neither in parentheses nor in a quoted value. A quote opens a
    /// value only behind `.`, `(` or `,`; inside, a backslash takes the next character with it.
    private static List<String> split(String text) {
        var segments = new ArrayList<String>();
        int depth = 0;
        int from = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"' && i > from && ".(,".indexOf(text.charAt(i - 1)) >= 0) {
                quoted = true;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth = Math.max(0, depth - 1);
            } else if (c == ',' && depth == 0) {
                segments.add(text.substring(from, i));
                from = i + 1;
            }
        }
        segments.add(text.substring(from));
        return segments;
    }

    private static Filter segment(String segment) {
        if (segment.isEmpty()) {
            throw new FilterSyntaxException(
                    "filter must not contain empty segments (check for extra commas)");
        }
        int equals = segment.indexOf('=');
        if (equals < 0) {
            throw new FilterSyntaxException(list(segment));
        }
        String column = segment.substring(0, equals);
        String rest = segment.substring(equals + 1);
        boolean negated = rest.startsWith("not.");
        if (negated) {
            rest = rest.substring("not.".length());
        }
        int dot = rest.indexOf('.');
        if (dot < 0) {
            throw new FilterSyntaxException(list(rest));
        }
        String operator = rest.substring(0, dot);
        String value = rest.substring(dot + 1);
        return filter(column, operator, value, negated)
                .orElseThrow(() -> new FilterSyntaxException(list(operator, value)));
    }

    private static Optional<Filter> filter(
            String column, String operator, String value, boolean negated) {
        for (Comparison comparison : Comparison.values()) {
            if (comparison.word().equals(operator)) {
                return Optional.of(new Filter.Compare(column, comparison, unquote(value), negated));
            }
        }
        for (Pattern pattern : Pattern.values()) {
            if (pattern.word().equals(operator)) {
                return Optional.of(new Filter.Matches(column, pattern, unquote(value), negated));
            }
        }
        return switch (operator) {
            case "in" -> Optional.of(new Filter.In(column, array(value), negated));
            case "is" -> Optional.of(new Filter.Is(column, unquote(value), negated));
            case "isdistinct" -> Optional.of(new Filter.Distinct(column, unquote(value), negated));
            default -> Optional.empty();
        };
    }

    private static String array(String value) {
        if (value.length() < 2 || !value.startsWith("(") || !value.endsWith(")")) {
            throw new FilterSyntaxException("`in` filter value must be wrapped by parentheses");
        }
        return "{" + value.substring(1, value.length() - 1) + "}";
    }

    /// The inside of a value that is quoted from its first to its last character; every other value
    /// as it is.
    private static String unquote(String value) {
        if (!value.startsWith("\"")) {
            return value;
        }
        var inside = new StringBuilder();
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                return i == value.length() - 1 ? inside.toString() : value;
            }
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                c = value.charAt(i);
            }
            inside.append(c);
        }
        return value;
    }

    /// A list of texts as upstream's language prints it: `["foo", "hey"]`.
    private static String list(String... parts) {
        var printed = new StringBuilder("[");
        for (String part : parts) {
            printed.append(printed.length() > 1 ? ", " : "").append(Printed.text(part));
        }
        return printed.append(']').toString();
    }
}
