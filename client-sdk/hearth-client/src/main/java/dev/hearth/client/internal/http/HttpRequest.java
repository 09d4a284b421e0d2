package dev.hearth.client.internal.http;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A request before it is sent. Immutable: each method gives another one.
///
/// @param path behind the server's address, encoded, such as `/rest/v1/messages`
/// @param query in the order sent, not encoded
/// @param headers in the order sent; names as they shall stand on the wire
/// @param timeout for the whole answer; empty for the client's own
/// @param stalled the longest time in which no byte may move, instead of an end for the whole;
///   empty for an end for the whole
/// @param retry when it is sent again
public record HttpRequest(
        String method,
        String path,
        List<Field> query,
        List<Field> headers,
        Body body,
        Optional<Duration> timeout,
        Optional<Duration> stalled,
        Retry retry) {

    private static final Pattern DOTS = Pattern.compile("(?i)/(?:\\.|%2e){1,2}(?=/|$)");

    /// A name and a value.
    ///
    /// @param component whether they stand in the query as `encodeURIComponent` of JavaScript
    ///   writes them, and not as `URLSearchParams` does
    public record Field(String name, String value, boolean component) {

        /// As usual.
        public Field(String name, String value) {
            this(name, value, false);
        }

        private String encoded() {
            return component
                    ? UrlEncoding.component(name) + "=" + UrlEncoding.component(value)
                    : UrlEncoding.parameter(name) + "=" + UrlEncoding.parameter(value);
        }
    }

    /// Copies the lists.
    ///
    /// @throws IllegalArgumentException when the path has a segment `.` or `..`, since that leads
    ///   elsewhere before it is sent
    public HttpRequest {
        if (DOTS.matcher(path).find()) {
            throw new IllegalArgumentException(
                    "the path "
                            + path
                            + " has a segment \".\" or \"..\", which would lead elsewhere; nothing"
                            + " can have such a name");
        }
        query = List.copyOf(query);
        headers = List.copyOf(headers);
    }

    /// A request with nothing but its address.
    public static HttpRequest of(String method, String path) {
        return new HttpRequest(
                method,
                path,
                List.of(),
                List.of(),
                Body.NONE,
                Optional.empty(),
                Optional.empty(),
                Retry.NONE);
    }

    /// With one more of the query, behind the others.
    public HttpRequest query(String name, String value) {
        return query(new Field(name, value));
    }

    /// The same as `encodeURIComponent` of JavaScript writes it.
    public HttpRequest queryComponent(String name, String value) {
        return query(new Field(name, value, true));
    }

    private HttpRequest query(Field more) {
        return new HttpRequest(
                method, path, and(query, more), headers, body, timeout, stalled, retry);
    }

    /// With a header instead of those of that name.
    ///
    /// @throws IllegalArgumentException when name or value could not stand on one line
    public HttpRequest header(String name, String value) {
        HeaderRules.check(name, value);
        var kept = new ArrayList<Field>(headers);
        kept.removeIf(field -> field.name().equalsIgnoreCase(name));
        return new HttpRequest(
                method,
                path,
                query,
                and(kept, new Field(name, value)),
                body,
                timeout,
                stalled,
                retry);
    }

    /// With a header, unless there is one of that name.
    public HttpRequest headerIfAbsent(String name, String value) {
        return header(name).isPresent() ? this : header(name, value);
    }

    /// With a body.
    public HttpRequest body(Body carried) {
        return new HttpRequest(method, path, query, headers, carried, timeout, stalled, retry);
    }

    /// With a timeout of its own; null for the client's.
    public HttpRequest timeout(@Nullable Duration own) {
        return new HttpRequest(
                method, path, query, headers, body, Optional.ofNullable(own), stalled, retry);
    }

    /// For bodies of any size: no end for the whole, but one for each silence.
    ///
    /// @param longest in which no byte moves; zero for no end at all, null for an end for the whole
    public HttpRequest stalled(@Nullable Duration longest) {
        return new HttpRequest(
                method, path, query, headers, body, timeout, Optional.ofNullable(longest), retry);
    }

    /// Sent again when so said.
    public HttpRequest retry(Retry when) {
        return new HttpRequest(method, path, query, headers, body, timeout, stalled, when);
    }

    /// The value of a header.
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    /// The path with the query, encoded.
    public String target() {
        if (query.isEmpty()) {
            return path;
        }
        var text = new StringBuilder(path);
        char separator = '?';
        for (Field field : query) {
            text.append(separator).append(field.encoded());
            separator = '&';
        }
        return text.toString();
    }

    private static List<Field> and(List<Field> fields, Field more) {
        var all = new ArrayList<Field>(fields.size() + 1);
        all.addAll(fields);
        all.add(more);
        return all;
    }
}
