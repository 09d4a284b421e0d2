package dev.hearth.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.database.Mode;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Answer.Field;
import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.Request;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.answer.Answering;
import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.outcome.Advice;
import dev.hearth.rest.outcome.SharedTransaction;
import dev.hearth.rest.outcome.Transaction;
import dev.hearth.rest.outcome.Transactions;
import dev.hearth.rest.plan.Plan;
import dev.hearth.token.Caller;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/// Carries out several requests to the data API in one transaction: all of them or none.
///
/// The body is an array of [BatchOperation]s, the answer an array with `{"status", "headers",
/// "body"}` for each. The first that is refused ends the batch: it is answered as if it had been
/// asked alone, with its `index` as one more member. A constraint that is deferred speaks at the
/// end: then the index is told where only one operation may write, else `"at": "commit"`.
///
/// Where others got in the way (a serialization failure, a deadlock) the whole is tried again.
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

    /// @throws Refusal with a [BatchProblem], or what has nothing to do with an operation
    /// @throws IOException when the client goes away
    Answer answer(Request request) throws IOException {
        List<BatchOperation> operations = BatchOperation.read(request.body().bytes());
        ArrayNode answers;
        try (SharedTransaction shared = transactions.share(caller, isolation(operations))) {
            answers = answers(request, operations, shared);
        }
        return new Answer(
                OK,
                List.of(new Field("Content-Type", "application/json; charset=utf-8")),
                new Bytes(answers.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private ArrayNode answers(
            Request request, List<BatchOperation> operations, SharedTransaction shared)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(request, operations, shared);
            } catch (Refusal refusal) {
                if (attempt == SharedTransaction.ATTEMPTS || !shared.startOver()) {
                    throw refusal;
                }
            }
        }
    }

    private ArrayNode attempt(
            Request request, List<BatchOperation> operations, SharedTransaction shared)
            throws IOException {
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        var requests = new BatchRequest(request, serving.config().bodyLimit());
        var earlier = new EarlierResults();
        var writers = new ArrayList<Integer>();
        long length = 0;
        for (int index = 0; index < operations.size(); index++) {
            try {
                Ready ready = ready(requests.of(operations.get(index), earlier));
                if (!ready.transaction().readOnly()) {
                    writers.add(index);
                }
                Answer answer = ready.answer(shared);
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
                throw new Refusal(
                        new BatchProblem.Failed(OptionalInt.of(index), refusal.problem()));
            }
        }
        end(shared, writers);
        return answers;
    }

    private static void end(SharedTransaction shared, List<Integer> writers) {
        try {
            shared.end();
        } catch (Refusal refusal) {
            throw new Refusal(
                    new BatchProblem.Failed(
                            writers.size() == 1
                                    ? OptionalInt.of(writers.getFirst())
                                    : OptionalInt.empty(),
                            refusal.problem()));
        }
    }

    /// The strictest level that one of the functions asks for: it is chosen before anything is
    /// known of arguments, so every function of a name counts, in every schema that is served.
    private Optional<Mode.Isolation> isolation(List<BatchOperation> operations) {
        return operations.stream()
                .flatMap(operation -> operation.function().stream())
                .distinct()
                .flatMap(
                        name ->
                                serving.config().schemas().stream()
                                        .map(schema -> new QualifiedName(schema, name)))
                .flatMap(name -> serving.catalog().routines(name).stream())
                .flatMap(routine -> routine.isolation().stream())
                .flatMap(level -> Mode.Isolation.of(level).stream())
                .max(Enum::compareTo);
    }

    /// An operation, ready to be carried out.
    private record Ready(
            Batching batching, Request request, Templates.Ready what, Transaction transaction) {

        private Answer answer(SharedTransaction shared) {
            Plan.Statement plan = (Plan.Statement) what.template().plan();
            var understood = what.template().request();
            Answer answer;
            try {
                answer =
                        new Answering(
                                        understood,
                                        plan,
                                        request.line().query(),
                                        what.template().work().orElseThrow().zoneKnown(),
                                        batching.serving
                                                .config()
                                                .transactionEnd()
                                                .mayBeOverridden())
                                .answer(shared.run(transaction));
            } catch (Refusal refusal) {
                throw batching.advised.apply(
                        refusal,
                        new Advice.Attempt(batching.caller.role(), understood.schema(), plan));
            }
            if (answer.status() >= LOWEST_ERROR) {
                throw new Refusal(
                        new BatchProblem.Unusable(
                                "The operation was answered with the status " + answer.status(),
                                Optional.of(new String(answer.content(), StandardCharsets.UTF_8))));
            }
            return answer;
        }
    }

    private Ready ready(Request request) throws IOException {
        Templates.Ready ready =
                serving.templates()
                        .ready(
                                request.line(),
                                request.headers(),
                                () -> request.body().bytes(),
                                new Timing());
        if (!(ready.template().plan() instanceof Plan.Statement)) {
            throw new Refusal(
                    new BatchProblem.Unusable(
                            "An operation reads or writes a relation, or calls a function",
                            Optional.of(request.line().path())));
        }
        return new Ready(this, request, ready, Serving.transaction(caller, request, ready));
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
}
