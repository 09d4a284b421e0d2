package dev.hearth.rest.sql;

import dev.hearth.rest.catalog.MediaHandler;
import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.plan.Format.Body;
import dev.hearth.rest.plan.Format.Body.Csv;
import dev.hearth.rest.plan.Format.Body.Custom;
import dev.hearth.rest.plan.Format.Body.GeoJson;
import dev.hearth.rest.plan.Format.Body.Nothing;
import dev.hearth.rest.plan.Format.Body.Rows;
import dev.hearth.rest.plan.Format.Body.SingleRow;

import java.util.Optional;

/// What becomes of the rows, as an expression over all of them (rest.md 8, 19.1). The rows are
/// called `_postgrest_t`.
///
/// A row is always written with a star: a column may have the same name.
final class Bodies {
    /// What the rows are called.
    static final String NAME = "_postgrest_t";

    /// The rows once more, for the first of them.
    static final String ROWS = "pgrst_rows";

    private static final String ROW = NAME + ".*";
    private static final String SCALAR = NAME + ".pgrst_scalar";

    private Bodies() {}

    /// Writes the expression.
    ///
    /// @param routine what was called, if the rows come from a call
    static void write(StatementText out, Body body, Optional<Routine> routine) {
        switch (body) {
            case Rows(boolean stripped) -> out.add(rows(routine, stripped));
            case SingleRow(boolean stripped) -> out.add(single(element(routine), stripped));
            case GeoJson _ ->
                    out.add("json_build_object('type', 'FeatureCollection', 'features',")
                            .add(" coalesce(json_agg(ST_AsGeoJSON(")
                            .add(ROW)
                            .add(")::json), '[]'))");
            case Csv _ -> out.add(csv());
            case Custom(var handler) -> custom(out, handler, routine);
            case Nothing _ -> out.add("''::text");
        }
    }

    /// Whether what a function returns is the body as it is.
    static boolean isValue(Body body, Optional<Routine> routine) {
        return body instanceof Custom(var handler)
                && routine.isPresent()
                && routine.get().returns().scalar()
                && handler.rows().equals(Optional.of(routine.get().name()));
    }

    private static String rows(Optional<Routine> routine, boolean stripped) {
        if (routine.isPresent() && !routine.get().returns().set()) {
            return single(element(routine), stripped);
        }
        return "coalesce(" + stripped("json_agg(" + member(routine) + ")", stripped) + ", '[]')";
    }

    /// What an array of a set has for members.
    private static String member(Optional<Routine> routine) {
        return routine.isPresent() && routine.get().returns().setOfScalar() ? SCALAR : ROW;
    }

    /// One row as JSON text, as it stands in the array of all of them.
    static String row(Optional<Routine> routine, boolean stripped) {
        return stripped("to_json(" + member(routine) + ")", stripped) + "::text";
    }

    /// The only value that a function returned.
    static String value(Body body) {
        boolean stripped =
                switch (body) {
                    case Rows(boolean rowsStripped) -> rowsStripped;
                    case SingleRow(boolean rowStripped) -> rowStripped;
                    case GeoJson _, Csv _, Custom _, Nothing _ -> false;
                };
        return "coalesce(" + stripped("to_json(" + SCALAR + ")", stripped) + ", 'null')";
    }

    private static String element(Optional<Routine> routine) {
        return routine.isPresent() && routine.get().returns().scalar() ? SCALAR : ROW;
    }

    private static String single(String element, boolean stripped) {
        return "coalesce(" + stripped("json_agg(" + element + ")->0", stripped) + ", 'null')";
    }

    private static String stripped(String json, boolean stripped) {
        return stripped ? "json_strip_nulls(" + json + ")" : json;
    }

    /// A line of names, from the first row, and the rows as the database writes them, without their
    /// parentheses. No rows make one empty line and nothing behind it.
    private static String csv() {
        return """
        (SELECT coalesce(string_agg(name, ','), '') FROM (SELECT json_object_keys(row_to_json(first.*)) AS name \
        FROM (SELECT * FROM %s LIMIT 1) AS first) AS names) || '
        ' || coalesce(string_agg(left(right((%s)::text, -1), -1), '
        '), '')\
        """
                .formatted(ROWS, ROW);
    }

    private static void custom(StatementText out, MediaHandler handler, Optional<Routine> routine) {
        if (isValue(new Custom(handler), routine)) {
            out.add(SCALAR);
            return;
        }
        out.name(handler.function()).add("(");
        if (routine.isPresent() && routine.get().returns().scalar()) {
            out.add(SCALAR);
        } else if (handler.rows().isEmpty()) {
            out.add(ROW);
        } else {
            out.add("(").add(ROW).add(")::").name(handler.rows().get());
        }
        out.add(")");
    }
}
