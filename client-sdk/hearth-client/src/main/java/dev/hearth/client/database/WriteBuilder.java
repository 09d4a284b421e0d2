package dev.hearth.client.database;

import dev.hearth.client.error.Result;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/// An insert, an upsert, an update or a delete, and how each of them ends: with [#execute], or with
/// [#select()] and what the rows are read as. For one thread.
///
/// ```java
/// client.from("tasks").insert(Map.of("title", "wash")).execute();
/// List<Task> gone = client.from("tasks").delete().lt("due", limit).select().execute(Task.class);
/// ```
public sealed interface WriteBuilder permits InsertBuilder, MutationBuilder {

    /// Returns the rows as they were written, with all of their columns; of a delete as they were.
    default SelectBuilder select() {
        return select("*");
    }

    /// Returns the rows as they were written; of a delete as they were. The caller needs the right
    /// to read them, too: a policy that lets it see them.
    ///
    /// @param columns as of [QueryBuilder#select(String)]
    default SelectBuilder select(String columns) {
        return new SelectBuilder(query().copy().select(columns).prefer("return=representation"));
    }

    /// Writes, and brings no rows back.
    ///
    /// @throws dev.hearth.client.error.PostgrestException when the server refuses
    default void execute() {
        var unused = query().send();
    }

    /// As [#execute], with status, headers, and the count if one was asked for.
    default PostgrestResponse<@Nullable Void> executeWithResponse() {
        return query().response(query().send());
    }

    /// As [#executeWithResponse], with errors as a value.
    default Result<PostgrestResponse<@Nullable Void>> toResult() {
        return Result.of(this::executeWithResponse);
    }

    /// As [#execute], on another thread.
    default CompletableFuture<Void> executeAsync() {
        Query said = query().copy();
        return said.backend().run(said::send);
    }

    /// As [#executeWithResponse], on another thread.
    default CompletableFuture<PostgrestResponse<@Nullable Void>> executeWithResponseAsync() {
        Query said = query().copy();
        return said.backend().async(() -> said.response(said.send()));
    }

    /// As [#toResult], on another thread.
    default CompletableFuture<Result<PostgrestResponse<@Nullable Void>>> toResultAsync() {
        return Result.of(executeWithResponseAsync());
    }

    private Query query() {
        // Both that are permitted are requests, which no program can change.
        return ((RequestBuilder<?>) this).query;
    }
}
