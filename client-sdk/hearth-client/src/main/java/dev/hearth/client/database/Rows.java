package dev.hearth.client.database;

import dev.hearth.client.error.PostgrestException;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.json.TypeRef;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is read from an answer's body.
final class Rows {

    static final TypeRef<Map<String, Object>> MAP = new TypeRef<>() {};

    private Rows() {}

    /// A list; an answer without a body, as to HEAD, has no rows.
    static <T> List<T> of(HttpAnswer answer, Type row, Query query) {
        return answer.body().length == 0
                ? List.of()
                : query.json().readList(json(answer).body(), row, answer.request());
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the type stands in `row`
    static <T> T one(HttpAnswer answer, Type row, Query query) {
        T value = value(answer, row, query);
        if (value == null) {
            throw new PostgrestException(
                    "one row was asked for, and the answer with status "
                            + answer.status()
                            + " has none",
                    "",
                    null,
                    null,
                    answer.status(),
                    answer.request());
        }
        return value;
    }

    static <T> Optional<T> oneOrNone(HttpAnswer answer, Type row, Query query) {
        if (!isList(answer.body())) {
            return Optional.ofNullable(value(answer, row, query));
        }
        List<T> rows = of(answer, row, query);
        if (rows.size() > 1) {
            throw Refusals.notSingle(rows.size(), answer);
        }
        return rows.stream().findFirst();
    }

    /// The whole of the body; null when there is none.
    @SuppressWarnings("TypeParameterUnusedInFormals") // the type stands in `type`
    static <T> @Nullable T value(HttpAnswer answer, Type type, Query query) {
        return answer.body().length == 0
                ? null
                : query.json().read(json(answer).body(), type, answer.request());
    }

    private static boolean isList(byte[] body) {
        for (byte b : body) {
            if (b > ' ') {
                return b == '[';
            }
        }
        return false;
    }

    /// @throws PostgrestException when the server says that it is something else than JSON
    private static HttpAnswer json(HttpAnswer answer) {
        String type = answer.header("content-type").orElse("json");
        if (!type.contains("json")) {
            throw Refusals.notJson(answer, "");
        }
        return answer;
    }
}
