package dev.hearth.rest;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.RequestLine;
import dev.hearth.problem.Refusal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/// Makes the request of an operation: the batch's own, with another address, body and fields. What
/// earlier operations were answered stands in place of references.
///
/// @param batch the request that brought the operations
/// @param maximumBody the most bytes of a body, references resolved: one reference may stand for
///   very many
record BatchRequest(Request batch, long maximumBody) {

    /// The longest query string of an operation, in characters: as long as an address may be.
    static final int MAXIMUM_QUERY = 64 * 1024;

    private static final String ROOT = "/rest/v1";

    /// Fields of the batch itself that say nothing of its operations.
    private static final Set<String> OF_THE_BATCH =
            Set.of(
                    "accept",
                    "accept-profile",
                    "content-length",
                    "content-profile",
                    "content-type",
                    "prefer",
                    "range");

    /// @throws Refusal with a [BatchProblem]
    Request of(BatchOperation operation, EarlierResults earlier) {
        int mark = operation.path().indexOf('?');
        String path = mark < 0 ? operation.path() : operation.path().substring(0, mark);
        byte[] body =
                operation
                        .body()
                        .map(earlier::resolved)
                        .map(node -> json(node, maximumBody))
                        .orElse(new byte[0]);
        return new Request(
                new RequestLine(
                        operation.method(), ROOT + path, ROOT, query(operation, mark, earlier)),
                Map.of(),
                headers(operation),
                batch.credential(),
                batch.client(),
                batch.id(),
                new Sent(new Bytes(body)));
    }

    private static String query(BatchOperation operation, int mark, EarlierResults earlier) {
        var query = new StringJoiner("&");
        if (mark >= 0 && mark + 1 < operation.path().length()) {
            query.add(operation.path().substring(mark + 1));
        }
        operation
                .match()
                .forEach((column, value) -> query.add(condition(column, earlier.resolved(value))));
        if (query.length() > MAXIMUM_QUERY) {
            throw queryTooLong();
        }
        return query.toString();
    }

    private static Refusal queryTooLong() {
        return new Refusal(
                new BatchProblem.TooLarge(
                        "The query string of an operation has at most %d characters"
                                .formatted(MAXIMUM_QUERY)));
    }

    private static String condition(String column, JsonNode value) {
        String wanted = value.isNull() ? "is.null" : "eq." + text(value);
        if (wanted.length() > MAXIMUM_QUERY) {
            throw queryTooLong();
        }
        return encoded('"' + column.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                + "="
                + encoded(wanted);
    }

    private static String text(JsonNode value) {
        return value.isTextual()
                ? value.textValue()
                : new String(json(value, MAXIMUM_QUERY), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Headers headers(BatchOperation operation) {
        var fields = new HashMap<String, List<String>>();
        batch.headers()
                .fields()
                .forEach(
                        (name, values) -> {
                            if (!OF_THE_BATCH.contains(name)) {
                                fields.put(name, values);
                            }
                        });
        operation
                .headers()
                .forEach(
                        (name, value) -> {
                            fields.keySet().removeIf(name::equalsIgnoreCase);
                            fields.put(name, List.of(value));
                        });
        return new Headers(fields);
    }

    private static byte[] json(JsonNode node, long limit) {
        var json = new ByteArrayOutputStream();
        try {
            BatchOperation.JSON.writeValue(new Bounded(json, limit), node);
        } catch (TooMuch _) {
            throw new Refusal(
                    new BatchProblem.TooLarge(
                            "With what its references stand for, an operation has more than %d"
                                            .formatted(limit)
                                    + " bytes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return json.toByteArray();
    }

    /// There are more bytes than are taken.
    private static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;
    }

    /// Takes no more than some bytes, and throws [TooMuch].
    private static final class Bounded extends OutputStream {

        private final OutputStream out;
        private final long limit;
        private long written;

        Bounded(OutputStream out, long limit) {
            this.out = out;
            this.limit = limit;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            written += length;
            if (written > limit) {
                throw new TooMuch();
            }
            out.write(bytes, offset, length);
        }
    }

    /// The body of an operation.
    ///
    /// @param content as JSON
    private record Sent(Bytes content) implements Request.Body {

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(content.array());
        }

        @Override
        public byte[] bytes() {
            return content.array();
        }
    }
}
