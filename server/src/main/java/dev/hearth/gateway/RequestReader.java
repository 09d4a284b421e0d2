package dev.hearth.gateway;

import dev.hearth.exchange.BodyTooLarge;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.Request.Parameter;
import dev.hearth.exchange.RequestLine;
import dev.hearth.exchange.Route;
import dev.hearth.problem.Refusal;

import io.javalin.http.Context;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes a [Request] from the web server's context.
final class RequestReader {

    private static final String KEY_PARAMETER = "apikey";

    private RequestReader() {}

    static Request read(
            Context context, Route route, Credential credential, ClientAddress addresses) {
        Headers headers = headers(context);
        String query = withoutKey(Optional.ofNullable(context.queryString()).orElse(""));
        return new Request(
                new RequestLine(context.req().getMethod(), context.path(), route.prefix(), query),
                context.pathParamMap(),
                query(query),
                headers,
                credential,
                addresses.of(
                        ClientAddress.peer(context.req().getRemoteAddr()),
                        headers.all("x-forwarded-for")),
                RequestId.of(context),
                new LimitedBody(context, route.bodyLimit()));
    }

    static Headers headers(Context context) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String name : Collections.list(context.req().getHeaderNames())) {
            fields.put(name, Collections.list(context.req().getHeaders(name)));
        }
        return new Headers(fields);
    }

    /// The query without the project key, which is the gateway's business and which the data API
    /// would take for a filter.
    static String withoutKey(String raw) {
        if (!raw.contains(KEY_PARAMETER) && raw.indexOf('%') < 0) {
            return raw;
        }
        return Arrays.stream(raw.split("&", -1))
                .filter(pair -> !decode(nameOf(pair)).equals(KEY_PARAMETER))
                .collect(Collectors.joining("&"));
    }

    /// The parameters in the order sent. A percent sign that escapes nothing stands for itself.
    static List<Parameter> query(String raw) {
        var parameters = new ArrayList<Parameter>();
        for (String pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            String name = nameOf(pair);
            String value = pair.substring(Math.min(name.length() + 1, pair.length()));
            parameters.add(new Parameter(decode(name), decode(value)));
        }
        return parameters;
    }

    private static String nameOf(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? pair : pair.substring(0, equals);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    private record LimitedBody(Context context, long limit) implements Request.Body {

        @Override
        public InputStream stream() throws IOException {
            if (context.req().getContentLengthLong() > limit) {
                throw new Refusal(new BodyTooLarge(limit));
            }
            return new LimitedStream(context.req().getInputStream(), limit);
        }

        @Override
        public byte[] bytes() throws IOException {
            try (InputStream stream = stream()) {
                return stream.readAllBytes();
            }
        }
    }

    /// Refuses the byte after the limit.
    private static final class LimitedStream extends FilterInputStream {

        private final long limit;
        private long read;

        LimitedStream(InputStream source, long limit) {
            super(source);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                count(1);
            }
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                count(count);
            }
            return count;
        }

        private void count(int bytes) {
            read += bytes;
            if (read > limit) {
                throw new Refusal(new BodyTooLarge(limit));
            }
        }
    }
}
