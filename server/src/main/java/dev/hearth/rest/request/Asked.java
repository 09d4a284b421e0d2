package dev.hearth.rest.request;

import dev.hearth.exchange.Headers;
import dev.hearth.exchange.RequestLine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A request before it is understood: what decides how it is understood, and the values that do
/// not. Requests that differ in these values only have equal keys, so that one of them needs to be
/// understood and planned.
///
/// In place of each value stands a mark, a text that no request of a user holds. Where the mark
/// comes out again, among the parameters of a statement, the value belongs.
///
/// @param key everything that decides
/// @param line with marks in the query
/// @param values what the marks stand for, as it goes to the database
public record Asked(String key, RequestLine line, List<String> values) {

    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';
    private static final Pattern ENCODED_MARK =
            Pattern.compile("%ee%80%8[01]", Pattern.CASE_INSENSITIVE);

    private static final Pattern OPERATION =
            Pattern.compile(
                    "(?:not\\.)?(eq|neq|gte?|lte?|i?like|i?match|isdistinct|c[sd]|ov|s[lr]|nx[lr]|adj)\\.");

    /// The beginning of what might be an operation, and therefore might not be an argument.
    private static final Pattern LIKE_OPERATION =
            Pattern.compile(
                    "(?:not|in|is|(?:pl|ph|w)?fts|eq|gte?|lte?|i?like|i?match)[.(].*",
                    Pattern.DOTALL);

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.]+");
    private static final Set<String> NO_FIELDS = Set.of("select", "columns", "on_conflict");
    private static final Set<String> NO_FILTERS = Set.of("order", "limit", "offset", "and", "or");

    /// Header fields that decide how a request is understood.
    private static final List<String> DECIDING =
            List.of(
                    "Accept-Profile",
                    "Content-Profile",
                    "Accept",
                    "Content-Type",
                    "Prefer",
                    "Range");

    /// Copies the list.
    public Asked {
        values = List.copyOf(values);
    }

    /// Takes a request apart.
    public static Asked of(RequestLine line, Headers headers) {
        var values = new ArrayList<String>();
        String query = marked(line, values);
        var key = new StringBuilder();
        key.append(line.methodName()).append(' ').append(line.below()).append('?').append(query);
        for (String name : DECIDING) {
            for (String value : headers.all(name)) {
                key.append('\n').append(name).append(": ").append(value);
            }
        }
        return new Asked(
                key.toString(),
                new RequestLine(line.methodName(), line.path(), line.prefix(), query),
                values);
    }

    /// The place in [#values()] that a text is the mark of.
    public static Optional<Integer> marked(String text) {
        int last = text.length() - 1;
        return last > 1 && text.charAt(0) == OPEN && text.charAt(last) == CLOSE
                ? Optional.of(Integer.valueOf(text.substring(1, last)))
                : Optional.empty();
    }

    /// Whether a mark is part of a text.
    public static boolean holdsMark(String text) {
        return text.indexOf(OPEN) >= 0;
    }

    private static String marked(RequestLine line, List<String> values) {
        String query = line.query();
        if (query.isEmpty() || ENCODED_MARK.matcher(query).find() || holdsMark(query)) {
            return query;
        }
        boolean arguments = takesArguments(line);
        var marked = new StringBuilder();
        for (String pair : query.split("[&;]", -1)) {
            marked.append(marked.isEmpty() ? "" : "&").append(marked(pair, arguments, values));
        }
        return marked.toString();
    }

    private static boolean takesArguments(RequestLine line) {
        return line.below().startsWith("/rpc/") && !line.methodName().equals("POST");
    }

    private static String marked(String pair, boolean arguments, List<String> values) {
        int equals = pair.indexOf('=');
        if (equals < 0 || !isField(pair.substring(0, equals))) {
            return pair;
        }
        String value = pair.substring(equals + 1);
        Matcher operation = OPERATION.matcher(value);
        if (operation.lookingAt()) {
            String operator = operation.group(1);
            String operand = QueryString.decode(value.substring(operation.end()));
            values.add(operator.endsWith("like") ? operand.replace('*', '%') : operand);
            return pair.substring(0, equals + 1 + operation.end()) + mark(values.size() - 1);
        }
        if (arguments && !LIKE_OPERATION.matcher(value).matches() && value.indexOf('%') < 0) {
            values.add(QueryString.decode(value));
            return pair.substring(0, equals + 1) + mark(values.size() - 1);
        }
        return pair;
    }

    private static boolean isField(String name) {
        return PLAIN_NAME.matcher(name).matches()
                && !NO_FIELDS.contains(name)
                && !NO_FILTERS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static String mark(int place) {
        return OPEN + Integer.toString(place) + CLOSE;
    }

    /// Without the values, which are personal data.
    @Override
    public String toString() {
        return "Asked[" + line + "]";
    }
}
