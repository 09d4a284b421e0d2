package dev.hearth.client.database;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.PostgrestException;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.internal.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the server says no with, as an exception.
final class Refusals {

    private static final Pattern PROXY_STATUS = Pattern.compile("PostgREST; error=(\\w+)");

    private Refusals() {}

    /// @param tooLong why the length of the address may be the reason; empty when it is not
    static PostgrestException of(HttpAnswer answer, Query query, String tooLong) {
        JsonNode said = tree(answer);
        if (said == null || !said.isObject()) {
            return query.method().equals("HEAD") || answer.body().length == 0
                    ? silent(answer, tooLong)
                    : notJson(answer, tooLong);
        }
        String code = text(said, "code").orElse("");
        String message =
                text(said, "message")
                        .or(() -> text(said, "msg"))
                        .or(() -> text(said, "error"))
                        .orElse("the server answered " + answer.status());
        String hint =
                Stream.of(text(said, "hint"), advice(code, message, query), some(tooLong))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(" "));
        return new PostgrestException(
                message,
                code,
                text(said, "details").orElse(null),
                hint.isEmpty() ? null : hint,
                answer.status(),
                answer.request());
    }

    /// An answer without a body, as every one to HEAD: the code stands in a header.
    private static PostgrestException silent(HttpAnswer answer, String tooLong) {
        Matcher status = PROXY_STATUS.matcher(answer.header("proxy-status").orElse(""));
        String code = status.find() ? status.group(1) : "";
        return new PostgrestException(
                "the server answered "
                        + answer.status()
                        + (code.isEmpty() ? "" : " with code " + code)
                        + " and no text; the same query by GET tells more",
                code,
                null,
                some(tooLong).orElse(null),
                answer.status(),
                answer.request());
    }

    /// What a proxy, a portal or a wrong address sends.
    static PostgrestException notJson(HttpAnswer answer, String tooLong) {
        return new PostgrestException(
                "the answer with status "
                        + answer.status()
                        + " is not JSON but "
                        + answer.header("content-type").orElse("of no named type")
                        + ", so it does not come from the data API",
                "",
                null,
                some(tooLong)
                        .orElse(
                                "check the address of the project, and what a proxy on the way"
                                        + " answers"),
                answer.status(),
                answer.request());
    }

    /// Of several rows, where one at most was asked for and the answer is a list.
    static PostgrestException notSingle(int rows, HttpAnswer answer) {
        return new PostgrestException(
                "JSON object requested, multiple (or no) rows returned",
                "PGRST116",
                "Results contain " + rows + " rows, " + Query.ONE_ROW + " requires 1 row",
                "narrow the filters, or add limit(1)",
                406,
                answer.request());
    }

    /// What the server's own words leave out, for whoever calls from here.
    private static Optional<String> advice(String code, String message, Query query) {
        if (code.equals("42501")
                && message.contains("row-level security")
                && query.method().equals("POST")
                && query.returning()) {
            return Optional.of(
                    "The insert may be allowed, but returning the row needs a SELECT policy that"
                            + " lets this user see it: use insert(…).execute() without select(), or"
                            + " add the policy.");
        }
        if (code.equals("21000") && message.contains("WHERE clause")) {
            return Optional.of(
                    "This server refuses changes without a filter, all() or not: say one that is"
                            + " true of every row, such as not(\"id\", \"is\", null).");
        }
        return Optional.empty();
    }

    private static @Nullable JsonNode tree(HttpAnswer answer) {
        try {
            return Json.protocol().readTree(answer.body());
        } catch (IOException notJson) {
            return null;
        }
    }

    /// Text as it is, and what is no text as JSON.
    private static Optional<String> text(JsonNode said, String name) {
        JsonNode value = said.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        return some(value.isTextual() ? value.textValue() : value.toString());
    }

    private static Optional<String> some(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
