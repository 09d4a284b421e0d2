package dev.hearth.client.database;

import java.util.Optional;

/// How rows are inserted where some may be there already. Immutable.
///
/// ```java
/// client.from("users").upsert(user, UpsertOptions.onConflict("email").ignoreDuplicates()).execute();
/// ```
public final class UpsertOptions {

    private final Optional<String> onConflict;
    private final boolean ignoreDuplicates;
    private final InsertOptions insert;

    private UpsertOptions(
            Optional<String> onConflict, boolean ignoreDuplicates, InsertOptions insert) {
        this.onConflict = onConflict;
        this.ignoreDuplicates = ignoreDuplicates;
        this.insert = insert;
    }

    /// A row is there already when its primary key is; it gets the values that are sent.
    public static UpsertOptions defaults() {
        return new UpsertOptions(Optional.empty(), false, InsertOptions.defaults());
    }

    /// A row is there already when these are.
    ///
    /// @param columns of a unique constraint or index, such as `email` or `org_id,slug`
    public static UpsertOptions onConflict(String columns) {
        return new UpsertOptions(Optional.of(columns), false, InsertOptions.defaults());
    }

    /// A row that is there already stays as it is.
    public UpsertOptions ignoreDuplicates() {
        return new UpsertOptions(onConflict, true, insert);
    }

    /// Counts the rows that were written.
    public UpsertOptions count(Count how) {
        return new UpsertOptions(onConflict, ignoreDuplicates, insert.count(how));
    }

    /// As [InsertOptions#defaultToNull].
    public UpsertOptions defaultToNull(boolean toNull) {
        return new UpsertOptions(onConflict, ignoreDuplicates, insert.defaultToNull(toNull));
    }

    Query in(Query query) {
        query.prefer("resolution=" + (ignoreDuplicates ? "ignore" : "merge") + "-duplicates");
        onConflict.ifPresent(columns -> query.set("on_conflict", columns));
        return insert.in(query);
    }
}
