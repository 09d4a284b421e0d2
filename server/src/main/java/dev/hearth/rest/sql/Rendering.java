package dev.hearth.rest.sql;

import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.plan.Format.Body;
import dev.hearth.rest.plan.Format.Body.Csv;
import dev.hearth.rest.plan.Format.Body.Nothing;
import dev.hearth.rest.plan.Mutation;
import dev.hearth.rest.plan.Mutation.Insert;
import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.request.MediaType;
import dev.hearth.rest.request.Preferences.Count;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The statement of a plan (rest.md 19). Pure and safe for any thread; plans of one shape have one
/// text, whatever their values.
///
/// A statement answers one row:
///
/// | column | type | is |
/// |---|---|---|
/// | `total_result_set` | `bigint` | how many rows match, if they are counted |
/// | `page_total` | `bigint` | how many rows the body has |
/// | `header` | `text[]` | `key=eq.value` of the only row that was inserted, for its address; of a write only |
/// | `body` | `json`, `text` or a handler's | the body; null where it is too large for one value and [#oneByOne] has a statement |
/// | `response_headers` | `text` | the setting `response.headers` |
/// | `response_status` | `text` | the setting `response.status` |
/// | `response_inserted` | `integer` | how many rows were new, where that is counted; of a write only |
///
/// Under a [MediaType.Plan] it answers the lines of an `EXPLAIN` instead.
public final class Rendering {

    /// The largest body that is built as one value, in bytes, where it can be had otherwise.
    public static final int MAXIMUM_VALUE = 8 * 1024 * 1024;

    /// The mark of an error that stands for a body that is too large.
    public static final String TOO_LARGE = "HEARTH103";

    private static final String NO_HEADER = "array[]::text[]";

    private final StatementText out = new StatementText();
    private final Plan.Statement plan;
    private final Optional<Routine> routine;
    private final Body body;

    private Rendering(Plan.Statement plan) {
        this.plan = plan;
        this.routine =
                plan instanceof Plan.Call call ? Optional.of(call.routine()) : Optional.empty();
        this.body = headOnly(plan) ? new Nothing() : plan.format().body();
    }

    /// The statement that carries a plan out.
    ///
    /// @param answerLimit the most bytes of a body that cannot be had row by row: what is larger
    ///   fails with the state 22P02 and a message with [#TOO_LARGE] and both sizes
    public static Statement of(Plan.Statement plan, long answerLimit) {
        var rendering = new Rendering(plan);
        rendering.explain();
        rendering.sources();
        if (rendering.isLimited()) {
            rendering.limited(answerLimit);
        } else {
            rendering.main();
        }
        return rendering.out.statement();
    }

    /// The rows of a body that is an array, one by one, each as JSON text: for those that are too
    /// large for one value. Empty where the body is something else, or where something is changed.
    public static Optional<Statement> oneByOne(Plan.Statement plan) {
        var rendering = new Rendering(plan);
        if (!rendering.isBounded() || !(rendering.body instanceof Body.Rows(boolean stripped))) {
            return Optional.empty();
        }
        rendering.sources();
        rendering.out.add("SELECT ").add(Bodies.row(rendering.routine, stripped));
        rendering.rows();
        return Optional.of(rendering.out.statement());
    }

    /// Explains how all rows that match would be counted, as JSON: the estimate is in it.
    public static Statement count(Plan.Read plan) {
        var out = new StatementText().add("EXPLAIN (FORMAT JSON) ");
        Reads.count(out, plan.rows());
        return out.statement();
    }

    private static boolean headOnly(Plan.Statement plan) {
        return switch (plan) {
            case Plan.Read read -> read.headOnly();
            case Plan.Call call -> call.headOnly();
            case Plan.Write _ -> false;
        };
    }

    private void explain() {
        if (plan.format().mediaType() instanceof MediaType.Plan(_, var format, var options)) {
            String words =
                    Stream.concat(
                                    Stream.of("FORMAT " + format.name()),
                                    options.stream().sorted().map(Enum::name))
                            .collect(Collectors.joining(", "));
            out.add("EXPLAIN (").add(words).add(") ");
        }
    }

    /// What must be worked out once and before all else.
    private void sources() {
        switch (plan) {
            case Plan.Read _ -> {}
            case Plan.Write write -> {
                source(Reads.SOURCE);
                Mutations.write(out, write.mutation());
                out.add(") ");
            }
            case Plan.Call call -> {
                source(Reads.SOURCE);
                Calls.write(out, call);
                out.add(") ");
            }
        }
        if (body instanceof Csv) {
            if (plan instanceof Plan.Read) {
                source(Bodies.ROWS);
            } else {
                out.add(", ").add(Bodies.ROWS).add(" AS (");
            }
            Reads.select(out, plan.rows());
            out.add(") ");
        }
    }

    private void source(String name) {
        out.add("WITH ").add(name).add(" AS (");
    }

    private void main() {
        boolean value = Bodies.isValue(body, routine);
        boolean one = isOne();
        out.add("SELECT ");
        total();
        out.add(" AS total_result_set, ").add(page(value)).add(" AS page_total, ");
        if (plan instanceof Plan.Write) {
            header();
            out.add(" AS header, ");
        }
        if (value) {
            // No aggregate sees to it that there is one row: a query of its own does.
            out.add("(SELECT ");
            Bodies.write(out, body, routine);
            rows();
            out.add(" LIMIT 1)");
        } else if (isBounded()) {
            bounded();
        } else if (one) {
            out.add(Bodies.value(body));
        } else {
            Bodies.write(out, body, routine);
        }
        out.add(" AS body, ").add(setting("response.headers")).add(" AS response_headers, ");
        out.add(setting("response.status")).add(" AS response_status");
        if (plan instanceof Plan.Write) {
            out.add(", ").add(inserted()).add(" AS response_inserted");
        }
        if (one) {
            out.add(" FROM ").add(Reads.SOURCE).add(" AS ").add(Bodies.NAME);
        } else if (!value) {
            rows();
        }
    }

    /// Whether the answer is what a function returned and nobody asks for more: it needs no
    /// aggregate then.
    private boolean isOne() {
        return plan instanceof Plan.Call call
                && (body instanceof Body.Rows || body instanceof Body.SingleRow)
                && call.count().isEmpty()
                && Calls.isOne(call);
    }

    /// Whether the rows can be had one by one where they are too large for one value.
    private boolean isBounded() {
        boolean one = routine.isPresent() && !routine.get().returns().set();
        return body instanceof Body.Rows
                && !one
                && plan.readOnly()
                && !(plan.format().mediaType() instanceof MediaType.Plan);
    }

    private boolean isLimited() {
        return !(body instanceof Nothing)
                && !isBounded()
                && !(isOne() && routine.map(Calls::isSmall).orElse(false))
                && !(plan.format().mediaType() instanceof MediaType.Plan);
    }

    /// An error in place of a body that is too large: what was written is undone by it. SQL has no
    /// other means to fail than to be given what is no number.
    private void limited(long answerLimit) {
        String size = "pg_catalog.pg_column_size(body)";
        boolean write = plan instanceof Plan.Write;
        out.add("SELECT total_result_set, page_total, ").add(write ? "header, " : "");
        out.add("CASE WHEN ").add(size).add(" <= ");
        out.number(answerLimit).add(" THEN body WHEN ('").add(TOO_LARGE).add(" ' || ").add(size);
        out.add(" || ' ").number(answerLimit).add("')::int IS NULL THEN body END AS body,");
        out.add(" response_headers, response_status").add(write ? ", response_inserted" : "");
        out.add(" FROM (");
        main();
        out.add(") AS pgrst_answer");
    }

    /// Null in place of a body that is too large. The aggregate stands there twice and is worked
    /// out once; `pg_column_size` looks at the length alone.
    private void bounded() {
        out.add("CASE WHEN pg_catalog.pg_column_size(");
        Bodies.write(out, body, routine);
        out.add(") <= ").number(MAXIMUM_VALUE).add(" THEN ");
        Bodies.write(out, body, routine);
        out.add(" END");
    }

    private static String setting(String name) {
        return "nullif(current_setting('" + name + "', true), '')";
    }

    private String inserted() {
        return plan instanceof Plan.Write(var mutation, _, _) && Mutations.counts(mutation)
                ? Mutations.INSERTED
                : "null::int";
    }

    /// All rows that match, whatever the limits; an estimate counts them only up to the point where
    /// it is known that the answer does not have them all.
    private void total() {
        switch (plan) {
            case Plan.Read read ->
                    total(
                            read.count(),
                            read.count().equals(Optional.of(Count.ESTIMATED))
                                    ? read.maxRows()
                                    : OptionalLong.empty());
            case Plan.Call call -> total(call.count(), OptionalLong.empty());
            case Plan.Write _ -> out.add("null::bigint");
        }
    }

    private void total(Optional<Count> count, OptionalLong maxRows) {
        if (count.isEmpty() || count.get() == Count.PLANNED) {
            out.add("null::bigint");
            return;
        }
        out.add("(SELECT pg_catalog.count(*) FROM (");
        Reads.count(out, plan.rows());
        if (maxRows.isPresent()) {
            out.add(" LIMIT ").number(oneMore(maxRows.getAsLong()));
        }
        out.add(") AS pgrst_source_count)");
    }

    private static long oneMore(long maxRows) {
        return maxRows == Long.MAX_VALUE ? maxRows : maxRows + 1;
    }

    /// A function that returns no set has one result, though a filter may hide it. Without a body
    /// nothing else asks for the value, and the function would perhaps not be called.
    private String page(boolean value) {
        if (routine.isEmpty() || routine.get().returns().set()) {
            return "pg_catalog.count(*)";
        }
        if (!(body instanceof Nothing) || value) {
            return "1::bigint";
        }
        String counted = routine.get().returns().scalar() ? Bodies.NAME + ".pgrst_scalar" : "*";
        return "greatest(pg_catalog.count(" + counted + "), 1)";
    }

    private void header() {
        if (!(plan instanceof Plan.Write(var mutation, _, _)) || !hasAddress(mutation)) {
            out.add(NO_HEADER);
            return;
        }
        List<String> key = ((Insert) mutation).primaryKey();
        out.add("CASE WHEN pg_catalog.count(*) = 1 THEN coalesce((SELECT array_agg(")
                .add("member.key || '=' || coalesce('eq.' || member.value, 'is.null'))")
                .add(" FROM (SELECT row_to_json(first.*) AS value FROM ")
                .add(Reads.SOURCE)
                .add(" AS first LIMIT 1) AS first_row, json_each_text(first_row.value) AS member")
                .add(" WHERE member.key = ANY (")
                .array(key)
                .add("::text[])), ")
                .add(NO_HEADER)
                .add(") ELSE ")
                .add(NO_HEADER)
                .add(" END");
    }

    /// A new row is told by its address where columns came back and no body is wanted of them.
    private boolean hasAddress(Mutation mutation) {
        return mutation instanceof Insert insert
                && body instanceof Nothing
                && !insert.primaryKey().isEmpty()
                && !insert.returning().isEmpty();
    }

    /// The rows of the body.
    private void rows() {
        out.add(" FROM ");
        if (body instanceof Csv) {
            out.add(Bodies.ROWS);
        } else if (body instanceof Nothing && plan instanceof Plan.Write) {
            // What is selected of rows that nobody wants may name columns that did not come back.
            out.add(Reads.SOURCE);
        } else {
            // Within a query that only passes them on, the database builds rows where it needs them
            // and not by a step of their own, and sooner keeps a plan for all values.
            out.add("(SELECT * FROM (");
            Reads.select(out, plan.rows());
            out.add(") AS ").add(Bodies.ROWS).add(")");
        }
        out.add(" AS ").add(Bodies.NAME);
    }
}
