package dev.hearth.client.database;

import dev.hearth.client.error.PostgrestException;
import dev.hearth.client.internal.http.HttpAnswer;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A request that is about some rows of a table: those that the filters leave. For one thread.
///
/// @param <B> the builder that goes on
public abstract sealed class FilterBuilder<B extends FilterBuilder<B>> extends RequestBuilder<B>
        implements Filters<B> permits TransformBuilder, MutationBuilder {

    /// Names that mean something else than a column where they stand alone, or at the end of a
    /// path.
    private static final Set<String> ALONE = Set.of("select", "columns", "on_conflict");

    private static final Set<String> LAST = Set.of("order", "limit", "offset", "and", "or");

    FilterBuilder(Query query) {
        super(query);
    }

    @Override
    public B filter(String column, String operator, @Nullable Object value) {
        var condition = Condition.of(column, operator, value, query.json());
        int dot = tableEnd(column);
        String last = column.substring(dot + 1);
        if (LAST.contains(last) || (dot < 0 && ALONE.contains(last))) {
            // A parameter of that name would be an order or a limit; in a tree it is a column.
            String tree = "(" + last + condition.term().substring(column.length()) + ")";
            return where(column.substring(0, dot + 1) + "and", tree, dot < 0);
        }
        return where(column, condition.parameter(), dot < 0);
    }

    @Override
    public B match(Map<String, ? extends @Nullable Object> columns) {
        columns.forEach((column, value) -> filter(column, value == null ? "is" : "eq", value));
        return self();
    }

    @Override
    public B or(String filters) {
        return where("or", Conditions.tree(filters), true);
    }

    /// At least one of these of an embedded table, in the grammar of the data API.
    ///
    /// @param referencedTable by its name or alias in the select
    public B or(String filters, String referencedTable) {
        return where(referencedTable + ".or", Conditions.tree(filters), false);
    }

    @Override
    public B or(Consumer<? super Conditions> any) {
        return where("or", Conditions.tree(query.json(), any), true);
    }

    /// At least one of these of an embedded table.
    ///
    /// @param referencedTable by its name or alias in the select
    public B or(Consumer<? super Conditions> any, String referencedTable) {
        return where(referencedTable + ".or", Conditions.tree(query.json(), any), false);
    }

    @Override
    public B and(String filters) {
        return where("and", Conditions.tree(filters), true);
    }

    @Override
    public B and(Consumer<? super Conditions> all) {
        return where("and", Conditions.tree(query.json(), all), true);
    }

    @Override
    public B not(Consumer<? super Conditions> all) {
        return where("not.and", Conditions.tree(query.json(), all), true);
    }

    /// How many rows there are, whatever the limit; of a change, how many it changed. Without a
    /// [Count] of its own the query counts exactly. Of a read no rows come.
    ///
    /// ```java
    /// long open = client.from("tasks").select().eq("status", "open").executeCount();
    /// ```
    ///
    /// @throws PostgrestException when the server tells no count
    public long executeCount() {
        // Behind the last row there is nothing to count from: the server refuses that.
        Query counting = query.copy().without("offset");
        if (!counting.counts()) {
            counting.prefer(Count.EXACT.preference());
        }
        if (counting.method().equals("GET")) {
            counting.head();
        }
        HttpAnswer answer = counting.send();
        return counting.count(answer)
                .orElseThrow(
                        () ->
                                new PostgrestException(
                                        "the server told no count",
                                        "",
                                        null,
                                        null,
                                        answer.status(),
                                        answer.request()));
    }

    /// As [#executeCount], on another thread.
    public CompletableFuture<Long> executeCountAsync() {
        return async(FilterBuilder::executeCount);
    }

    private B where(String parameter, String value, boolean ofTheTableItself) {
        if (ofTheTableItself) {
            query.restrict(parameter, value);
        } else {
            query.append(parameter, value);
        }
        return self();
    }

    /// The dot between an embedded table and its column, -1 where there is none: not one inside
    /// quotes, nor one in a path into JSON.
    private static int tableEnd(String column) {
        int found = -1;
        boolean quoted = false;
        for (int i = 0; i < column.length(); i++) {
            char c = column.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && column.startsWith("->", i)) {
                return found;
            } else if (!quoted && c == '.') {
                found = i;
            }
        }
        return found;
    }
}
