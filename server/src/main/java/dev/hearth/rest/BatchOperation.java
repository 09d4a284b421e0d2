package dev.hearth.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.hearth.exchange.RequestLine;
import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// One operation of a batch, as it was sent.
///
/// ```
/// {"method": "POST", "path": "/orders", "body": {"customer": {"$ref": "0.id"}}}
/// ```
///
/// @param method as of a request to the data API
/// @param path with a query string, below the root of the data API
/// @param headers by name; `prefer` stands for the one of that name. A write that prefers nothing
///   prefers `return=representation`, so that others can refer to it
/// @param match columns and the values that they must equal, added to the query string
/// @param body any JSON
record BatchOperation(
        String method,
        String path,
        Map<String, String> headers,
        Map<String, JsonNode> match,
        Optional<JsonNode> body) {

    /// The most operations of a batch.
    static final int MAXIMUM = 100;

    /// Numbers stay as they are.
    static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .nodeFactory(new JsonNodeFactory(true))
                    .build();

    private static final Set<String> METHODS = Set.of("GET", "POST", "PATCH", "PUT", "DELETE");
    private static final String PREFER = "Prefer";
    private static final String ROOT = "/rest/v1";

    /// Copies the maps.
    BatchOperation {
        headers = Map.copyOf(headers);
        match = Map.copyOf(match);
    }

    /// Reads a batch.
    ///
    /// @throws Refusal with a [BatchProblem]
    static List<BatchOperation> read(byte[] json) {
        JsonNode batch;
        try {
            batch = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw unusable("The body is no JSON", e.getOriginalMessage());
        } catch (IOException e) {
            throw unusable("The body is no JSON", String.valueOf(e.getMessage()));
        }
        if (!batch.isArray()) {
            throw unusable("The body is no array of operations", "");
        }
        if (batch.size() > MAXIMUM) {
            throw new Refusal(
                    new BatchProblem.TooLarge(
                            "A batch has at most %d operations".formatted(MAXIMUM)));
        }
        var operations = new ArrayList<BatchOperation>();
        for (JsonNode each : batch) {
            try {
                operations.add(of(each));
            } catch (Refusal refusal) {
                throw new Refusal(
                        new BatchProblem.Failed(
                                OptionalInt.of(operations.size()), refusal.problem()));
            }
        }
        return operations;
    }

    /// The name of the function that is called; empty where none is.
    Optional<String> function() {
        int mark = path.indexOf('?');
        String plain = mark < 0 ? path : path.substring(0, mark);
        List<String> segments = new RequestLine(method, plain, "", "").segments();
        return segments.size() == 2 && segments.getFirst().equals("rpc")
                ? Optional.of(segments.getLast())
                : Optional.empty();
    }

    private static BatchOperation of(JsonNode node) {
        String method = node.path("method").asText("GET");
        if (!METHODS.contains(method)) {
            throw unusable("An operation is one of GET, POST, PATCH, PUT and DELETE", method);
        }
        String path = node.path("path").asText("");
        if (!path.startsWith("/")) {
            throw unusable("The path of an operation begins with a slash", path);
        }
        var headers = new LinkedHashMap<String, String>();
        if (!method.equals("GET")) {
            headers.put(PREFER, "return=representation");
        }
        for (var header : node.path("headers").properties()) {
            headers.keySet().removeIf(header.getKey()::equalsIgnoreCase);
            headers.put(header.getKey(), header.getValue().asText());
        }
        if (node.hasNonNull("prefer")) {
            headers.keySet().removeIf(PREFER::equalsIgnoreCase);
            headers.put(PREFER, node.path("prefer").asText());
        }
        var match = new LinkedHashMap<String, JsonNode>();
        node.path("match").properties().forEach(each -> match.put(each.getKey(), each.getValue()));
        return new BatchOperation(
                method,
                path.startsWith(ROOT + "/") ? path.substring(ROOT.length()) : path,
                headers,
                match,
                Optional.ofNullable(node.get("body")));
    }

    private static Refusal unusable(String message, String details) {
        return new Refusal(
                new BatchProblem.Unusable(
                        message, Optional.of(details).filter(text -> !text.isEmpty())));
    }
}
