package dev.hearth.client.database;

import dev.hearth.client.error.Result;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/// An update or a delete: of the rows that the filters leave. For one thread.
///
/// ```java
/// client.from("tasks").update(Map.of("status", "done")).eq("id", id).execute();
/// List<Task> gone = client.from("tasks").delete().lt("due", limit).select().execute(Task.class);
/// ```
///
/// Without a filter every terminal throws an [IllegalStateException], unless [#all] was said.
public final class MutationBuilder extends FilterBuilder<MutationBuilder> {

    MutationBuilder(Query query) {
        super(query);
    }

    @Override
    MutationBuilder self() {
        return this;
    }

    @Override
    MutationBuilder with(Query other) {
        return new MutationBuilder(other);
    }

    /// Every row of the table is meant. Servers with `safeupdate`, as Supabase's and ours are, ask
    /// for a filter all the same, such as `not("id", "is", null)`.
    public MutationBuilder all() {
        query.everyRow();
        return this;
    }

    /// Changes nothing, and fails, when more rows than that would be changed.
    ///
    /// @param rows 1 or more
    public MutationBuilder maxAffected(int rows) {
        Maximum.affected(rows, query);
        return this;
    }

    /// Returns the changed rows with all of their columns.
    public SelectBuilder select() {
        return select("*");
    }

    /// Returns the changed rows. The caller needs the right to read them, too.
    ///
    /// @param columns as of [QueryBuilder#select(String)]
    public SelectBuilder select(String columns) {
        return new SelectBuilder(query.copy().select(columns).prefer("return=representation"));
    }

    /// Makes the change.
    ///
    /// @throws dev.hearth.client.error.PostgrestException when the server refuses
    public void execute() {
        var unused = query.send();
    }

    /// As [#execute], with status, headers, and the count if one was asked for.
    public PostgrestResponse<@Nullable Void> executeWithResponse() {
        return query.response(query.send());
    }

    /// As [#executeWithResponse], with errors as a value.
    public Result<PostgrestResponse<@Nullable Void>> toResult() {
        return Result.of(this::executeWithResponse);
    }

    /// As [#execute], on another thread.
    public CompletableFuture<Void> executeAsync() {
        MutationBuilder said = copy();
        return query.backend().run(said::execute);
    }

    /// As [#executeWithResponse], on another thread.
    public CompletableFuture<PostgrestResponse<@Nullable Void>> executeWithResponseAsync() {
        return async(MutationBuilder::executeWithResponse);
    }

    /// As [#toResult], on another thread.
    public CompletableFuture<Result<PostgrestResponse<@Nullable Void>>> toResultAsync() {
        return Result.of(executeWithResponseAsync());
    }
}
