package dev.hearth.client.database;

import dev.hearth.client.error.Result;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/// An insert or an upsert. For one thread.
///
/// ```java
/// client.from("tasks").insert(Map.of("title", "wash")).execute();
/// Task saved = client.from("tasks").insert(new Task("wash")).select().single().execute(Task.class);
/// ```
///
/// Without `select()` nothing comes back, and the caller needs no right to read the row.
public final class InsertBuilder extends RequestBuilder<InsertBuilder> {

    InsertBuilder(Query query) {
        super(query);
    }

    @Override
    InsertBuilder self() {
        return this;
    }

    @Override
    InsertBuilder with(Query other) {
        return new InsertBuilder(other);
    }

    /// Returns the rows as they were written, with all of their columns.
    public SelectBuilder select() {
        return select("*");
    }

    /// Returns the rows as they were written. The caller needs a policy that lets it read them,
    /// too.
    ///
    /// @param columns as of [QueryBuilder#select(String)]
    public SelectBuilder select(String columns) {
        return new SelectBuilder(query.copy().select(columns).prefer("return=representation"));
    }

    /// Writes the rows.
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
        InsertBuilder said = copy();
        return query.backend().run(said::execute);
    }

    /// As [#executeWithResponse], on another thread.
    public CompletableFuture<PostgrestResponse<@Nullable Void>> executeWithResponseAsync() {
        return async(InsertBuilder::executeWithResponse);
    }

    /// As [#toResult], on another thread.
    public CompletableFuture<Result<PostgrestResponse<@Nullable Void>>> toResultAsync() {
        return Result.of(executeWithResponseAsync());
    }
}
