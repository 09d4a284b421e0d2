package dev.hearth.client.database;

import dev.hearth.client.error.Result;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.json.TypeRef;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Exactly one row. For one thread.
///
/// ```java
/// Task saved = client.from("tasks").insert(task).select().single().execute(Task.class);
/// ```
///
/// None, or several, is a [dev.hearth.client.error.PostgrestException] with
/// [isNotSingle](dev.hearth.client.error.PostgrestException#isNotSingle()); a change is undone
/// then.
public final class SingleBuilder extends RequestBuilder<SingleBuilder> {

    SingleBuilder(Query query) {
        super(query);
    }

    @Override
    SingleBuilder self() {
        return this;
    }

    @Override
    SingleBuilder with(Query other) {
        return new SingleBuilder(other);
    }

    /// The row.
    ///
    /// @param type of the row
    /// @throws dev.hearth.client.error.SupabaseException when the server refuses, is not reached,
    ///   or answers with another shape
    public <T> T execute(Class<T> type) {
        return Rows.one(query.send(), type, query);
    }

    /// The row.
    ///
    /// @param type of the row
    /// @throws dev.hearth.client.error.SupabaseException when the server refuses, is not reached,
    ///   or answers with another shape
    public <T> T execute(TypeRef<T> type) {
        return Rows.one(query.send(), type.type(), query);
    }

    /// As [#execute(Class)], with count, status and headers.
    public <T> PostgrestResponse<T> executeWithResponse(Class<T> type) {
        return respond(type);
    }

    /// As [#execute(TypeRef)], with count, status and headers.
    public <T> PostgrestResponse<T> executeWithResponse(TypeRef<T> type) {
        return respond(type.type());
    }

    /// As [#execute(Class)], with errors as a value.
    public <T> Result<T> toResult(Class<T> type) {
        return Result.of(() -> execute(type));
    }

    /// As [#execute(TypeRef)], with errors as a value.
    public <T> Result<T> toResult(TypeRef<T> type) {
        return Result.of(() -> execute(type));
    }

    /// As [#execute(Class)], on another thread.
    public <T> CompletableFuture<T> executeAsync(Class<T> type) {
        return async(builder -> builder.execute(type));
    }

    /// As [#execute(TypeRef)], on another thread.
    public <T> CompletableFuture<T> executeAsync(TypeRef<T> type) {
        return async(builder -> builder.execute(type));
    }

    /// As [#executeWithResponse(Class)], on another thread.
    public <T> CompletableFuture<PostgrestResponse<T>> executeWithResponseAsync(Class<T> type) {
        return async(builder -> builder.executeWithResponse(type));
    }

    /// As [#executeWithResponse(TypeRef)], on another thread.
    public <T> CompletableFuture<PostgrestResponse<T>> executeWithResponseAsync(TypeRef<T> type) {
        return async(builder -> builder.executeWithResponse(type));
    }

    /// As [#toResult(Class)], on another thread.
    public <T> CompletableFuture<Result<T>> toResultAsync(Class<T> type) {
        return Result.of(executeAsync(type));
    }

    /// As [#toResult(TypeRef)], on another thread.
    public <T> CompletableFuture<Result<T>> toResultAsync(TypeRef<T> type) {
        return Result.of(executeAsync(type));
    }

    /// The row as a map, as of [SelectBuilder#execute()].
    public Map<String, Object> execute() {
        return execute(Rows.MAP);
    }

    /// As [#execute()], on another thread.
    public CompletableFuture<Map<String, Object>> executeAsync() {
        return executeAsync(Rows.MAP);
    }

    private <T> PostgrestResponse<T> respond(Type row) {
        HttpAnswer answer = query.send();
        return query.response(answer, Rows.one(answer, row, query));
    }
}
