package dev.hearth.client.database;

import java.util.Locale;

/// How rows are counted, whatever the limit of the query.
///
/// ```java
/// PostgrestResponse<List<Message>> page =
///         client.from("messages").select("*", Count.EXACT).limit(20).executeWithResponse(Message.class);
/// long all = page.count().orElseThrow();
/// ```
public enum Count {
    /// Counts every row.
    EXACT,
    /// Takes what the planner of PostgreSQL expects: fast, and as true as its statistics.
    PLANNED,
    /// Counts up to the server's limit of rows, and takes the planner's word above it.
    ESTIMATED;

    String preference() {
        return "count=" + name().toLowerCase(Locale.ROOT);
    }
}
