package dev.hearth.client.database;

import dev.hearth.client.error.Result;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.json.TypeRef;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One row or none. For one thread.
///
/// ```java
/// Optional<Profile> profile = client.from("profiles").select().eq("user_id", me).maybeSingle().execute(Profile.class);
/// ```
///
/// As in supabase-js the rows come as a list, and that there is one at most is seen here: several
/// are a [dev.hearth.client.error.PostgrestException] with
/// [isNotSingle](dev.hearth.client.error.PostgrestException#isNotSingle()).
public final class MaybeSingleBuilder extends RequestBuilder<MaybeSingleBuilder> {

    MaybeSingleBuilder(Query query) {
        super(query);
    }

    @Override
    MaybeSingleBuilder self() {
        return this;
    }

    @Override
    MaybeSingleBuilder with(Query other) {
        return new MaybeSingleBuilder(other);
    }

    /// The row, if there is one.
    ///
    /// @param type of the row
    /// @throws dev.hearth.client.error.SupabaseException when the server refuses, is not reached,
    ///   or answers with another shape
    public <T> Optional<T> execute(Class<T> type) {
        return executeWithResponse(type).data();
    }

    /// The row, if there is one.
    ///
    /// @param type of the row
    /// @throws dev.hearth.client.error.SupabaseException when the server refuses, is not reached,
    ///   or answers with another shape
    public <T> Optional<T> execute(TypeRef<T> type) {
        return executeWithResponse(type).data();
    }

    /// As [#execute(Class)], with count, status and headers.
    public <T> PostgrestResponse<Optional<T>> executeWithResponse(Class<T> type) {
        return respond(type);
    }

    /// As [#execute(TypeRef)], with count, status and headers.
    public <T> PostgrestResponse<Optional<T>> executeWithResponse(TypeRef<T> type) {
        return respond(type.type());
    }

    /// As [#execute(Class)], with errors as a value.
    public <T> Result<Optional<T>> toResult(Class<T> type) {
        return Result.of(() -> execute(type));
    }

    /// As [#execute(TypeRef)], with errors as a value.
    public <T> Result<Optional<T>> toResult(TypeRef<T> type) {
        return Result.of(() -> execute(type));
    }

    /// As [#execute(Class)], on another thread.
    public <T> CompletableFuture<Optional<T>> executeAsync(Class<T> type) {
        return async(builder -> builder.execute(type));
    }

    /// As [#execute(TypeRef)], on another thread.
    public <T> CompletableFuture<Optional<T>> executeAsync(TypeRef<T> type) {
        return async(builder -> builder.execute(type));
    }

    /// As [#executeWithResponse(Class)], on another thread.
    public <T> CompletableFuture<PostgrestResponse<Optional<T>>> executeWithResponseAsync(
            Class<T> type) {
        return async(builder -> builder.executeWithResponse(type));
    }

    /// As [#executeWithResponse(TypeRef)], on another thread.
    public <T> CompletableFuture<PostgrestResponse<Optional<T>>> executeWithResponseAsync(
            TypeRef<T> type) {
        return async(builder -> builder.executeWithResponse(type));
    }

    /// As [#toResult(Class)], on another thread.
    public <T> CompletableFuture<Result<Optional<T>>> toResultAsync(Class<T> type) {
        return Result.of(executeAsync(type));
    }

    /// As [#toResult(TypeRef)], on another thread.
    public <T> CompletableFuture<Result<Optional<T>>> toResultAsync(TypeRef<T> type) {
        return Result.of(executeAsync(type));
    }

    /// The row as a map, as of [SelectBuilder#execute()].
    public Optional<Map<String, Object>> execute() {
        return execute(Rows.MAP);
    }

    /// As [#execute()], on another thread.
    public CompletableFuture<Optional<Map<String, Object>>> executeAsync() {
        return executeAsync(Rows.MAP);
    }

    private <T> PostgrestResponse<Optional<T>> respond(Type row) {
        HttpAnswer answer = query.send();
        return query.response(answer, Rows.oneOrNone(answer, row, query));
    }
}
