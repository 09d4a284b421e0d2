package dev.hearth.exchange;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The first line of a request: how it asks, and for what. Path and query stand as they were sent,
/// not decoded; only a project key (`apikey`) is taken out of the query.
///
/// @param methodName the method as sent, for example `GET`
/// @param path the whole path, for example `/rest/v1/my%20table`
/// @param prefix the part of the path that belongs to the route, for example `/rest/v1`; empty
///   unless the route takes everything below an address
/// @param query what stands behind the question mark; empty when there is none
public record RequestLine(String methodName, String path, String prefix, String query) {

    /// One `name=value` of the query.
    public record Parameter(String name, String value) {}

    /// The line of a request without a query, at a route without a prefix.
    public static RequestLine of(Method method, String path) {
        return of(method, path, "");
    }

    /// The line of a request at a route without a prefix.
    public static RequestLine of(Method method, String path, String query) {
        return new RequestLine(method.name(), path, "", query);
    }

    /// How it asks.
    public Method method() {
        return Method.named(methodName);
    }

    /// The path below the route's prefix, not decoded: `/my%20table`, or `/` for the prefix alone.
    public String below() {
        String below = path.substring(prefix.length());
        return below.isEmpty() ? "/" : below;
    }

    /// The segments of [#below()], each percent-decoded once: none for `/`, `a/b` and an empty one
    /// for `/a%2Fb/`. A percent sign that escapes nothing stands for itself, and bytes that are no
    /// UTF-8 for U+FFFD.
    public List<String> segments() {
        String rest = below().startsWith("/") ? below().substring(1) : below();
        return rest.isEmpty()
                ? List.of()
                : Arrays.stream(rest.split("/", -1)).map(RequestLine::decoded).toList();
    }

    /// The parameters of the query in the order sent, decoded; a name may come more than once, and
    /// one without `=` has an empty value. A percent sign that escapes nothing stands for itself.
    public List<Parameter> parameters() {
        return parameters(query);
    }

    /// The parameters of a query.
    ///
    /// @param query what stands behind the question mark
    public static List<Parameter> parameters(String query) {
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .map(RequestLine::parameter)
                .toList();
    }

    private static Parameter parameter(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0
                ? new Parameter(formDecoded(pair), "")
                : new Parameter(
                        formDecoded(pair.substring(0, equals)),
                        formDecoded(pair.substring(equals + 1)));
    }

    /// As forms are written, where a plus sign is a space.
    private static String formDecoded(String text) {
        return decoded(text.replace('+', ' '));
    }

    private static String decoded(String segment) {
        return new String(PercentEncoding.decode(segment), StandardCharsets.UTF_8);
    }

    /// Without the query, which may hold what nobody should read.
    @Override
    public String toString() {
        return "RequestLine[" + methodName + " " + path + "]";
    }
}
