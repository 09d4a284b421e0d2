package dev.hearth.database;

import java.util.LinkedHashMap;
import java.util.Map;

/// What SQL may read of a request inside its transaction, besides the claims: transaction-local
/// settings such as `request.method`, `request.path`, `request.headers` (a JSON object with names
/// in lower case), `request.cookies`, `storage.operation`.
///
/// @param values setting name to text, in the order in which they are set
public record RequestSettings(Map<String, String> values) {

    /// Nothing to read: a change that is judged for a subscriber has no request.
    public static final RequestSettings NONE = new RequestSettings(Map.of());

    /// Copies the values, keeping their order.
    public RequestSettings {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
