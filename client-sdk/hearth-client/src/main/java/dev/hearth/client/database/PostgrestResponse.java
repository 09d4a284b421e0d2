package dev.hearth.client.database;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What the server answered, with all that stands beside the data.
///
/// ```java
/// PostgrestResponse<List<Message>> page =
///         client.from("messages").select("*", Count.EXACT).range(0, 19).executeWithResponse(Message.class);
/// show(page.data(), page.count().orElse(0));
/// ```
///
/// @param data the rows, the row, or the value; null where nothing came
/// @param count of all rows, when a count was asked for
/// @param status of HTTP
/// @param headers by their names in lower case
/// @param raw the body as it came, empty when there was none
/// @param <T> what was read from the body
public record PostgrestResponse<T extends @Nullable Object>(
        T data, OptionalLong count, int status, Map<String, List<String>> headers, String raw) {

    /// Without the rows, so that it may be logged.
    @Override
    public String toString() {
        return "PostgrestResponse[status=" + status + ", count=" + count + "]";
    }
}
