package dev.hearth.client.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// What every request to the data API has. For one thread; a terminal may be called again.
///
/// @param <B> the builder that goes on
public abstract sealed class RequestBuilder<B extends RequestBuilder<B>>
        permits FilterBuilder, InsertBuilder, SingleBuilder, MaybeSingleBuilder {

    final Query query;

    RequestBuilder(Query query) {
        this.query = query;
    }

    abstract B self();

    abstract B with(Query other);

    /// Another builder that says the same so far: where a query forks.
    ///
    /// ```java
    /// SelectBuilder open = client.from("tasks").select().eq("status", "open");
    /// List<Task> mine = open.copy().eq("owner", me).execute(Task.class);
    /// ```
    public B copy() {
        return with(query.copy());
    }

    /// Sends a header, instead of the client's of that name.
    public B header(String name, String value) {
        query.header(Query.named("header", name), value);
        return self();
    }

    /// For the whole of one attempt, instead of that of the options.
    ///
    /// @throws IllegalArgumentException when it is not above zero
    public B timeout(Duration allowed) {
        query.timeout(allowed);
        return self();
    }

    /// Whether the request is sent again when the server is away for a moment, as of
    /// [DatabaseOptions.Builder#retry]. Only reads ever are.
    public B retry(boolean again) {
        query.retry(again);
        return self();
    }

    /// Undoes at its end what the request did: a dry run, where the server allows it.
    public B rollback() {
        query.prefer("tx=rollback");
        return self();
    }

    /// Leaves nulls out of the rows. Not with `csv()`.
    public B stripNulls() {
        query.stripNulls();
        return self();
    }

    /// The body of the answer as it came.
    public String executeRaw() {
        return query.send().text();
    }

    /// As [#executeRaw], on another thread.
    public CompletableFuture<String> executeRawAsync() {
        return async(RequestBuilder::executeRaw);
    }

    /// How PostgreSQL carries the query out, as lines for people. The server must allow it
    /// (`db-plan-enabled`).
    public String explain() {
        return explain(ExplainOptions.text());
    }

    /// How PostgreSQL carries the query out.
    public String explain(ExplainOptions how) {
        return query.copy().accept(how.accept(query.accepted())).send().text();
    }

    /// As [#explain()], on another thread.
    public CompletableFuture<String> explainAsync() {
        return explainAsync(ExplainOptions.text());
    }

    /// As [#explain(ExplainOptions)], on another thread.
    public CompletableFuture<String> explainAsync(ExplainOptions how) {
        return async(builder -> builder.explain(how));
    }

    /// Runs a terminal on another thread. What is said to this builder from now on has no effect on
    /// it.
    <R> CompletableFuture<R> async(Function<? super B, ? extends R> terminal) {
        B said = copy();
        return query.backend().async(() -> terminal.apply(said));
    }
}
