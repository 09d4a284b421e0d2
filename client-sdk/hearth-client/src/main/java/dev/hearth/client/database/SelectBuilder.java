package dev.hearth.client.database;

import dev.hearth.client.error.Result;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.json.TypeRef;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// Rows of a table or view, or those that a change returns. For one thread.
///
/// ```java
/// List<Message> last = client.from("messages")
///         .select("id, body, sender:profiles(full_name)")
///         .eq("conversation_id", id)
///         .order("created_at", Order.desc())
///         .limit(50)
///         .execute(Message.class);
/// ```
public final class SelectBuilder extends TransformBuilder<SelectBuilder> {

    SelectBuilder(Query query) {
        super(query);
    }

    @Override
    SelectBuilder self() {
        return this;
    }

    @Override
    SelectBuilder with(Query other) {
        return new SelectBuilder(other);
    }

    /// The rows; an empty list where there are none.
    ///
    /// @param type of a row
    /// @throws dev.hearth.client.error.SupabaseException when the server refuses, is not reached,
    ///   or answers with another shape
    public <T> List<T> execute(Class<T> type) {
        return executeWithResponse(type).data();
    }

    /// The rows; an empty list where there are none.
    ///
    /// @param type of a row
    /// @throws dev.hearth.client.error.SupabaseException when the server refuses, is not reached,
    ///   or answers with another shape
    public <T> List<T> execute(TypeRef<T> type) {
        return executeWithResponse(type).data();
    }

    /// As [#execute(Class)], with count, status and headers.
    public <T> PostgrestResponse<List<T>> executeWithResponse(Class<T> type) {
        return respond(type);
    }

    /// As [#execute(TypeRef)], with count, status and headers.
    public <T> PostgrestResponse<List<T>> executeWithResponse(TypeRef<T> type) {
        return respond(type.type());
    }

    /// As [#execute(Class)], with errors as a value.
    public <T> Result<List<T>> toResult(Class<T> type) {
        return Result.of(() -> execute(type));
    }

    /// As [#execute(TypeRef)], with errors as a value.
    public <T> Result<List<T>> toResult(TypeRef<T> type) {
        return Result.of(() -> execute(type));
    }

    /// As [#execute(Class)], on another thread.
    public <T> CompletableFuture<List<T>> executeAsync(Class<T> type) {
        return async(builder -> builder.execute(type));
    }

    /// As [#execute(TypeRef)], on another thread.
    public <T> CompletableFuture<List<T>> executeAsync(TypeRef<T> type) {
        return async(builder -> builder.execute(type));
    }

    /// As [#executeWithResponse(Class)], on another thread.
    public <T> CompletableFuture<PostgrestResponse<List<T>>> executeWithResponseAsync(
            Class<T> type) {
        return async(builder -> builder.executeWithResponse(type));
    }

    /// As [#executeWithResponse(TypeRef)], on another thread.
    public <T> CompletableFuture<PostgrestResponse<List<T>>> executeWithResponseAsync(
            TypeRef<T> type) {
        return async(builder -> builder.executeWithResponse(type));
    }

    /// As [#toResult(Class)], on another thread.
    public <T> CompletableFuture<Result<List<T>>> toResultAsync(Class<T> type) {
        return Result.of(executeAsync(type));
    }

    /// As [#toResult(TypeRef)], on another thread.
    public <T> CompletableFuture<Result<List<T>>> toResultAsync(TypeRef<T> type) {
        return Result.of(executeAsync(type));
    }

    /// The rows as maps: a whole number as `Long` while it fits, every other number as
    /// `BigDecimal`, all else as JSON has it. A mapper of the program's own decides for itself.
    public List<Map<String, Object>> execute() {
        return execute(Rows.MAP);
    }

    /// As [#execute()], on another thread.
    public CompletableFuture<List<Map<String, Object>>> executeAsync() {
        return executeAsync(Rows.MAP);
    }

    /// Every row, page by page in the order of the column `id`, which must be among those selected.
    public <T> Stream<T> stream(Class<T> type) {
        return stream(type, StreamOptions.by("id"));
    }

    /// Every row, page by page in the order of a column, each page fetched when the stream comes to
    /// it: for results that are too long for one answer, or for memory. No row comes twice or is
    /// left out because others come and go meanwhile. A `limit` bounds the whole. Closing the
    /// stream ends it; nothing is held open between the pages.
    ///
    /// ```java
    /// try (Stream<Event> events = client.from("events").select().stream(Event.class, StreamOptions.by("seq"))) {
    ///     events.forEach(this::show);
    /// }
    /// ```
    ///
    /// @throws IllegalStateException for a change, and where the query has an order or a range of
    ///   its own
    public <T> Stream<T> stream(Class<T> type, StreamOptions how) {
        return KeyPages.of(query, type, how);
    }

    /// As [#stream(Class, StreamOptions)].
    public <T> Stream<T> stream(TypeRef<T> type, StreamOptions how) {
        return KeyPages.of(query, type.type(), how);
    }

    private <T> PostgrestResponse<List<T>> respond(Type row) {
        HttpAnswer answer = query.send();
        return query.response(answer, Rows.of(answer, row, query));
    }
}
