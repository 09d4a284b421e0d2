package dev.hearth.client.database;

import java.util.Optional;

/// How rows are inserted. Immutable.
///
/// ```java
/// client.from("tasks").insert(tasks, InsertOptions.defaults().defaultToNull(false)).execute();
/// ```
public final class InsertOptions {

    private final Optional<Count> count;
    private final boolean defaultToNull;

    private InsertOptions(Optional<Count> count, boolean defaultToNull) {
        this.count = count;
        this.defaultToNull = defaultToNull;
    }

    /// Without a count; of several rows, a column that one of them lacks is null in that one.
    public static InsertOptions defaults() {
        return new InsertOptions(Optional.empty(), true);
    }

    /// Counts the rows that were inserted.
    public InsertOptions count(Count how) {
        return new InsertOptions(Optional.of(how), defaultToNull);
    }

    /// What a column gets that one of several rows lacks and another has.
    ///
    /// @param toNull true for null, which is the default; false for the column's own default
    public InsertOptions defaultToNull(boolean toNull) {
        return new InsertOptions(count, toNull);
    }

    Query in(Query query) {
        count.ifPresent(how -> query.prefer(how.preference()));
        return defaultToNull ? query : query.prefer("missing=default");
    }
}
