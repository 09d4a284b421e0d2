package dev.hearth.rest.request;

import dev.hearth.exchange.Headers;
import dev.hearth.exchange.RequestLine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    /// Begins the mark of a whole list, which comes out as the only element of an array.
    private static final char OPEN_LIST = '\uE002';

    private static final Pattern ENCODED_MARK =
            Pattern.compile("%ee%80%8[012]", Pattern.CASE_INSENSITIVE);

    /// Behind whose dot stands one value.
    private static final Set<String> OPERATORS =
            Set.of(
                    "eq",
                    "neq",
                    "gt",
                    "gte",
                    "lt",
                    "lte",
                    "like",
                    "ilike",
                    "match",
                    "imatch",
                    "isdistinct",
                    "cs",
                    "cd",
                    "ov",
                    "sl",
                    "sr",
                    "nxl",
                    "nxr",
                    "adj");

    private static final String NOT = "not.";
    private static final String IN = "in.(";

    /// The beginning of what might be an operation, and therefore might not be an argument.
    private static final Pattern LIKE_OPERATION =
            Pattern.compile(
                    "(?:not|in|is|(?:pl|ph|w)?fts|eq|gte?|lte?|i?like|i?match)[.(].*",
                    Pattern.DOTALL);

    private static final Set<String> NO_FIELDS = Set.of("select", "columns", "on_conflict");
    private static final Set<String> NO_FILTERS = Set.of("order", "limit", "offset", "and", "or");

    /// Header fields that decide how a request is understood.
    private static final List<String> DECIDING =
            List.of(
                    "accept-profile",
                    "content-profile",
                    "accept",
                    "content-type",
                    "prefer",
                    "range");

    /// Copies the list.
    public Asked {
        values = List.copyOf(values);
    }

    /// Takes a request apart.
    public static Asked of(RequestLine line, Headers headers) {
        var values = new ArrayList<String>();
        String query = marked(line, values);
        var key = new StringBuilder();
        key.append(values.size()).append(' ').append(line.methodName()).append(' ');
        key.append(line.below()).append('?').append(query);
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
        return between(text, String.valueOf(OPEN), String.valueOf(CLOSE))
                .or(() -> between(text, "{\"" + OPEN_LIST, CLOSE + "\"}"))
                .map(Integer::valueOf);
    }

    private static Optional<String> between(String text, String open, String close) {
        int end = text.length() - close.length();
        return end > open.length() && text.startsWith(open) && text.endsWith(close)
                ? Optional.of(text.substring(open.length(), end))
                : Optional.empty();
    }

    /// Several values as the text of one array, which knows no NUL.
    public static String array(List<String> values) {
        return values.stream()
                .map(each -> each.replace("\0", ""))
                .map(each -> each.replace("\\", "\\\\").replace("\"", "\\\""))
                .map(each -> '"' + each + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// Whether a mark is part of a text.
    public static boolean holdsMark(String text) {
        return text.indexOf(OPEN) >= 0 || text.indexOf(OPEN_LIST) >= 0;
    }

    private static String marked(RequestLine line, List<String> values) {
        String query = line.query();
        boolean encoded = query.indexOf('%') >= 0;
        if (query.isEmpty()
                || (encoded && ENCODED_MARK.matcher(query).find())
                || holdsMark(query)) {
            return query;
        }
        boolean arguments = takesArguments(line);
        var marked = new StringBuilder(query.length());
        int start = 0;
        for (int at = 0; at <= query.length(); at++) {
            if (at == query.length() || query.charAt(at) == '&' || query.charAt(at) == ';') {
                marked.append(start == 0 ? "" : "&");
                marked.append(marked(query.substring(start, at), arguments, values));
                start = at + 1;
            }
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
        int operation = value.startsWith(NOT) ? NOT.length() : 0;
        int dot = value.indexOf('.', operation);
        String operator = dot < 0 ? "" : value.substring(operation, dot);
        if (OPERATORS.contains(operator)) {
            String operand = QueryString.decode(value.substring(dot + 1));
            values.add(operator.endsWith("like") ? operand.replace('*', '%') : operand);
            return pair.substring(0, equals + dot + 2) + mark(values.size() - 1);
        }
        if (value.startsWith(IN, operation)) {
            int list = operation + IN.length();
            Optional<String> array = array(QueryString.decode(value.substring(list)));
            array.ifPresent(values::add);
            return array.isPresent()
                    ? pair.substring(0, equals + 1 + list)
                            + OPEN_LIST
                            + (values.size() - 1)
                            + CLOSE
                            + ')'
                    : pair;
        }
        if (arguments && !LIKE_OPERATION.matcher(value).matches() && value.indexOf('%') < 0) {
            values.add(QueryString.decode(value));
            return pair.substring(0, equals + 1) + mark(values.size() - 1);
        }
        return pair;
    }

    /// The elements of a list, where no quotes make them hard to tell apart.
    ///
    /// @param list behind its opening bracket
    private static Optional<String> array(String list) {
        int end = list.length() - 1;
        boolean plain =
                end > 0
                        && list.indexOf(')') == end
                        && list.indexOf('"') < 0
                        && !Character.isWhitespace(list.charAt(0));
        return plain
                ? Optional.of(array(Arrays.asList(list.substring(0, end).split(",", -1))))
                : Optional.empty();
    }

    private static boolean isField(String name) {
        return isPlain(name)
                && !NO_FIELDS.contains(name)
                && !NO_FILTERS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static boolean isPlain(String name) {
        for (int at = 0; at < name.length(); at++) {
            char each = name.charAt(at);
            boolean letter = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
            if (!letter && (each < '0' || each > '9') && each != '_' && each != '.') {
                return false;
            }
        }
        return !name.isEmpty();
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
