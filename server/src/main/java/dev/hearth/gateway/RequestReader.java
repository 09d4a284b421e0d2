package dev.hearth.gateway;

import dev.hearth.exchange.BodyStalled;
import dev.hearth.exchange.BodyTooLarge;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.RequestLine;
import dev.hearth.problem.Refusal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Makes a [Request] of what the web server read.
final class RequestReader {

    private static final String KEY_PARAMETER = "apikey";

    private RequestReader() {}

    static Request read(
            Call call,
            Routes.Found found,
            Credential credential,
            ClientAddress addresses,
            Duration patience) {
        return new Request(
                new RequestLine(
                        call.method(),
                        call.path(),
                        found.route().prefix(),
                        withoutKey(call.query())),
                found.parameters(),
                call.headers(),
                credential,
                addresses.of(
                        ClientAddress.peer(call.request()), call.headers().all("x-forwarded-for")),
                call.id(),
                new LimitedBody(call.request(), found.route().bodyLimit(), patience));
    }

    /// The query without the project key, which is the gateway's business and which the data API
    /// would take for a filter.
    static String withoutKey(String raw) {
        if (!raw.contains(KEY_PARAMETER) && raw.indexOf('%') < 0) {
            return raw;
        }
        return Arrays.stream(raw.split("&", -1))
                .filter(
                        pair ->
                                RequestLine.parameters(pair).stream()
                                        .noneMatch(each -> each.name().equals(KEY_PARAMETER)))
                .collect(Collectors.joining("&"));
    }

    private record LimitedBody(
            org.eclipse.jetty.server.Request request, long limit, Duration patience)
            implements Request.Body {

        @Override
        public InputStream stream() {
            if (request.getLength() > limit) {
                throw new Refusal(new BodyTooLarge(limit));
            }
            return new LimitedStream(
                    org.eclipse.jetty.server.Request.asInputStream(request), limit, patience);
        }

        @Override
        public byte[] bytes() throws IOException {
            try (InputStream stream = stream()) {
                return stream.readAllBytes();
            }
        }
    }

    /// Refuses the byte after the limit, and a client that sends no more.
    private static final class LimitedStream extends FilterInputStream {

        private final long limit;
        private final Duration patience;
        private long read;

        LimitedStream(InputStream source, long limit, Duration patience) {
            super(source);
            this.limit = limit;
            this.patience = patience;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count;
            try {
                count = super.read(buffer, offset, length);
            } catch (IOException e) {
                if (e.getCause() instanceof TimeoutException) {
                    throw new Refusal(new BodyStalled(patience));
                }
                throw e;
            }
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
