package dev.hearth.client.database;

import dev.hearth.client.error.Result;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.json.TypeRef;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A function's result: one value, or rows, which may be filtered, ordered and limited as a
/// table's. For one thread.
///
/// ```java
/// Long unread = client.rpc("unread", Map.of("org", 7)).execute(Long.class);
/// List<Task> open = client.rpc("open_tasks").order("due").limit(10).executeList(Task.class);
/// client.rpc("touch", Map.of("id", id)).execute();
/// ```
public final class RpcBuilder extends TransformBuilder<RpcBuilder> {

    RpcBuilder(Query query) {
        super(query);
    }

    @Override
    RpcBuilder self() {
        return this;
    }

    @Override
    RpcBuilder with(Query other) {
        return new RpcBuilder(other);
    }

    /// Which columns of the result come, where that is rows.
    ///
    /// @param columns as of [QueryBuilder#select(String)]
    public RpcBuilder select(String columns) {
        query.select(columns).prefer("return=representation");
        return this;
    }

    /// Changes nothing, and fails, when more rows than that would be changed.
    ///
    /// @param rows 1 or more
    public RpcBuilder maxAffected(int rows) {
        Maximum.affected(rows, query);
        return this;
    }

    /// Calls the function and takes no notice of what it gives.
    public void execute() {
        var unused = query.send();
    }

    /// As [#execute()], on another thread.
    public CompletableFuture<Void> executeAsync() {
        RpcBuilder said = copy();
        return query.backend().run(said::execute);
    }

    /// The rows that the function gives.
    public <T> List<T> executeList(Class<T> type) {
        return rows(type);
    }

    /// The rows that the function gives.
    public <T> List<T> executeList(TypeRef<T> type) {
        return rows(type.type());
    }

    /// As [#executeList(Class)], on another thread.
    public <T> CompletableFuture<List<T>> executeListAsync(Class<T> type) {
        return async(builder -> builder.executeList(type));
    }

    /// As [#executeList(TypeRef)], on another thread.
    public <T> CompletableFuture<List<T>> executeListAsync(TypeRef<T> type) {
        return async(builder -> builder.executeList(type));
    }

    /// What the function gives, as a whole; null where that is null or nothing.
    ///
    /// @param type of the value: for rows a list, such as `new TypeRef<List<Task>>() {}`
    /// @throws dev.hearth.client.error.SupabaseException when the server refuses, is not reached,
    ///   or answers with another shape
    public <T> @Nullable T execute(Class<T> type) {
        return executeWithResponse(type).data();
    }

    /// What the function gives, as a whole; null where that is null or nothing.
    ///
    /// @param type of the value: for rows a list, such as `new TypeRef<List<Task>>() {}`
    /// @throws dev.hearth.client.error.SupabaseException when the server refuses, is not reached,
    ///   or answers with another shape
    public <T> @Nullable T execute(TypeRef<T> type) {
        return executeWithResponse(type).data();
    }

    /// As [#execute(Class)], with count, status and headers.
    public <T> PostgrestResponse<@Nullable T> executeWithResponse(Class<T> type) {
        return respond(type);
    }

    /// As [#execute(TypeRef)], with count, status and headers.
    public <T> PostgrestResponse<@Nullable T> executeWithResponse(TypeRef<T> type) {
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
    public <T> CompletableFuture<PostgrestResponse<@Nullable T>> executeWithResponseAsync(
            Class<T> type) {
        return async(builder -> builder.executeWithResponse(type));
    }

    /// As [#executeWithResponse(TypeRef)], on another thread.
    public <T> CompletableFuture<PostgrestResponse<@Nullable T>> executeWithResponseAsync(
            TypeRef<T> type) {
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

    private <T> List<T> rows(Type row) {
        return Rows.of(query.send(), row, query);
    }

    private <T> PostgrestResponse<@Nullable T> respond(Type type) {
        HttpAnswer answer = query.send();
        return query.response(answer, Rows.value(answer, type, query));
    }
}
