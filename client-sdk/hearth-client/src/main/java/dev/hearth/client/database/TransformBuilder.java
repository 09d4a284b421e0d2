package dev.hearth.client.database;

import java.util.concurrent.CompletableFuture;

/// A request that gives rows: which of them come, in which order and shape. For one thread.
///
/// @param <B> the builder that goes on
public abstract sealed class TransformBuilder<B extends TransformBuilder<B>>
        extends FilterBuilder<B> permits SelectBuilder, RpcBuilder {

    TransformBuilder(Query query) {
        super(query);
    }

    /// Smallest first. A second order decides where the first finds no difference.
    ///
    /// @param column of the table, a path into JSON, or `table(column)` of an embedded table with
    ///   one row
    public B order(String column) {
        return order(column, Order.asc());
    }

    /// In some order.
    ///
    /// ```java
    /// client.from("tasks").select().order("due", Order.desc().nullsLast()).order("id");
    /// ```
    public B order(String column, Order how) {
        String before = query.parameter(how.parameter());
        String said = how.of(Query.named("column", column));
        query.set(how.parameter(), before == null ? said : before + "," + said);
        return self();
    }

    /// At most so many rows.
    public B limit(long rows) {
        query.set("limit", Long.toString(notNegative("limit", rows)));
        return self();
    }

    /// At most so many rows of an embedded table, inside each row that holds them.
    public B limit(long rows, String referencedTable) {
        query.set(referencedTable + ".limit", Long.toString(notNegative("limit", rows)));
        return self();
    }

    /// From one row to another, both of them included, counted from 0.
    public B range(long from, long to) {
        return range(from, to, "");
    }

    /// From one row of an embedded table to another, inside each row that holds them.
    public B range(long from, long to, String referencedTable) {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "a range goes from 0 or more to the same or more, not from "
                            + from
                            + " to "
                            + to);
        }
        String prefix = referencedTable.isEmpty() ? "" : referencedTable + ".";
        query.set(prefix + "offset", Long.toString(from));
        query.set(prefix + "limit", Long.toString(to - from + 1));
        return self();
    }

    /// Exactly one row; none, or several, is an error
    /// ([isNotSingle](dev.hearth.client.error.PostgrestException#isNotSingle())).
    public SingleBuilder single() {
        return new SingleBuilder(query.copy().accept(Query.ONE_ROW));
    }

    /// One row or none; several are an error. A change of several rows has been made by then.
    public MaybeSingleBuilder maybeSingle() {
        return new MaybeSingleBuilder(query.copy());
    }

    /// The rows as CSV, with a first line of names.
    ///
    /// @throws IllegalStateException after `stripNulls()`
    public String csv() {
        return query.copy().accept(Query.CSV).send().text();
    }

    /// As [#csv], on another thread.
    public CompletableFuture<String> csvAsync() {
        return async(TransformBuilder::csv);
    }

    /// The rows as a FeatureCollection of GeoJSON, where the database has PostGIS.
    public String geojson() {
        return query.copy().accept("application/geo+json").send().text();
    }

    /// As [#geojson], on another thread.
    public CompletableFuture<String> geojsonAsync() {
        return async(TransformBuilder::geojson);
    }

    private static long notNegative(String what, long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException(what + " is 0 or more, not " + rows);
        }
        return rows;
    }
}
