package dev.hearth.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Answer.Field;
import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.RequestLine;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.answer.Answering;
import dev.hearth.rest.outcome.Advice;
import dev.hearth.rest.outcome.SharedTransaction;
import dev.hearth.rest.outcome.Transactions;
import dev.hearth.rest.plan.Plan;
import dev.hearth.token.Caller;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Carries out several requests to the data API in one transaction: all of them or none.
///
/// The body is an array of [BatchOperation]s, the answer an array with `{"status", "headers",
/// "body"}` for each. The first that is refused ends the batch: it is answered as if it had been
/// asked alone, with its `index` as one more member.
///
/// Ours; upstream has no batches.
///
/// @param advised adds to a refusal what helps
record Batching(
        Transactions transactions,
        Serving serving,
        Caller caller,
        BiFunction<Refusal, Advice.Attempt, Refusal> advised) {

    /// The most bytes of all answers together.
    static final int MAXIMUM_ANSWER = 32 * 1024 * 1024;

    private static final int OK = 200;
    private static final int LOWEST_ERROR = 400;
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

    /// @throws Refusal with a [BatchProblem], or what has nothing to do with an operation
    /// @throws IOException when the client goes away
    Answer answer(Request request) throws IOException {
        List<BatchOperation> operations = BatchOperation.read(request.body().bytes());
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        var earlier = new EarlierResults();
        long length = 0;
        try (SharedTransaction shared = transactions.share(caller)) {
            for (int index = 0; index < operations.size(); index++) {
                try {
                    Answer answer = answer(request, operations.get(index), earlier, shared);
                    length += answer.content().length;
                    if (length > MAXIMUM_ANSWER) {
                        throw new Refusal(
                                new BatchProblem.TooLarge(
                                        "The answers of a batch have at most %d bytes"
                                                .formatted(MAXIMUM_ANSWER)));
                    }
                    JsonNode body = body(answer);
                    earlier.add(body);
                    answers.add(told(answer, body));
                } catch (Refusal refusal) {
                    throw new Refusal(new BatchProblem.Failed(index, refusal.problem()));
                }
            }
            shared.end();
        }
        return new Answer(
                OK,
                List.of(new Field("Content-Type", "application/json; charset=utf-8")),
                new Bytes(answers.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private Answer answer(
            Request batch,
            BatchOperation operation,
            EarlierResults earlier,
            SharedTransaction shared)
            throws IOException {
        Request request = request(batch, operation, earlier);
        Templates.Ready ready =
                serving.templates()
                        .ready(
                                request.line(),
                                request.headers(),
                                () -> request.body().bytes(),
                                new Timing());
        if (!(ready.template().plan() instanceof Plan.Statement plan)) {
            throw new Refusal(
                    new BatchProblem.Unusable(
                            "An operation reads or writes a relation, or calls a function",
                            Optional.of(operation.path())));
        }
        Answer answer;
        try {
            answer =
                    new Answering(
                                    ready.template().request(),
                                    plan,
                                    request.line().query(),
                                    ready.template().work().orElseThrow().zoneKnown(),
                                    serving.config().transactionEnd().mayBeOverridden())
                            .answer(shared.run(Serving.transaction(caller, request, ready)));
        } catch (Refusal refusal) {
            throw advised.apply(
                    refusal,
                    new Advice.Attempt(caller.role(), ready.template().request().schema(), plan));
        }
        if (answer.status() >= LOWEST_ERROR) {
            throw new Refusal(
                    new BatchProblem.Unusable(
                            "The operation was answered with the status " + answer.status(),
                            Optional.of(new String(answer.content(), StandardCharsets.UTF_8))));
        }
        return answer;
    }

    private Request request(Request batch, BatchOperation operation, EarlierResults earlier) {
        int mark = operation.path().indexOf('?');
        String path = mark < 0 ? operation.path() : operation.path().substring(0, mark);
        String query = mark < 0 ? "" : operation.path().substring(mark + 1);
        String whole =
                Stream.concat(
                                Stream.of(query),
                                operation.match().entrySet().stream()
                                        .map(
                                                each ->
                                                        condition(
                                                                each.getKey(),
                                                                earlier.resolved(each.getValue()))))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("&"));
        byte[] body =
                operation
                        .body()
                        .map(earlier::resolved)
                        .map(node -> node.toString().getBytes(StandardCharsets.UTF_8))
                        .orElse(new byte[0]);
        return new Request(
                new RequestLine(operation.method(), ROOT + path, ROOT, whole),
                Map.of(),
                headers(batch.headers(), operation),
                batch.credential(),
                batch.client(),
                batch.id(),
                new Sent(body));
    }

    private static String condition(String column, JsonNode value) {
        String wanted = value.isNull() ? "is.null" : "eq." + text(value);
        return encoded('"' + column.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                + "="
                + encoded(wanted);
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Headers headers(Headers ofBatch, BatchOperation operation) {
        var fields = new HashMap<String, List<String>>();
        ofBatch.fields()
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

    /// JSON as it is, other text as a string, nothing as null.
    private static JsonNode body(Answer answer) {
        String text = new String(answer.content(), StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return NullNode.getInstance();
        }
        if (!answer.header("Content-Type").orElse("").contains("json")) {
            return JsonNodeFactory.instance.textNode(text);
        }
        try {
            return BatchOperation.JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    private static ObjectNode told(Answer answer, JsonNode body) {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("status", answer.status());
        ObjectNode headers = told.putObject("headers");
        answer.fields().forEach(field -> headers.put(field.name(), field.value()));
        told.set("body", body);
        return told;
    }

    /// The body of an operation.
    ///
    /// @param content as JSON
    private record Sent(Bytes content) implements Request.Body {

        Sent(byte[] content) {
            this(new Bytes(content));
        }

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
