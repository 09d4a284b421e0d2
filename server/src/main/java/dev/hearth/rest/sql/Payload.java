package dev.hearth.rest.sql;

import dev.hearth.rest.plan.Mutation.BodyColumn;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.sql.Statement.Parameter;

import java.util.List;

/// The body of a request as rows called `pgrst_body`: one parameter, whatever it holds (rest.md 9,
/// 19.2).
///
/// @param object whether the body is one JSON object, not an array of them
/// @param defaults whether a member that is missing takes the column's default, not null
record Payload(List<BodyColumn> columns, boolean object, boolean defaults) {

    /// What the rows are called.
    static final Qualifier ROWS = Qualifier.alias("pgrst_body");

    /// `jsonb_build_object` takes at most 100 arguments, as any function.
    private static final int DEFAULTS_IN_ONE_CALL = 50;

    Payload {
        columns = List.copyOf(columns);
    }

    /// Writes an item of a `FROM`.
    void from(StatementText out) {
        if (columns.isEmpty()) {
            withoutColumns(out);
        } else if (columns.stream().anyMatch(column -> column.representation().isPresent())) {
            out.add("(SELECT ").each(", ", columns, column -> represented(out, column));
            out.add(" FROM ");
            records(out, "_");
            out.add(") AS pgrst_body");
        } else {
            records(out, "pgrst_body");
        }
    }

    /// As many rows as there are objects.
    private void withoutColumns(StatementText out) {
        if (object) {
            out.add("(VALUES (1)) AS pgrst_body");
        } else {
            out.add("json_array_elements(").parameter(new Parameter.Body());
            out.add("::json) AS pgrst_body");
        }
    }

    private static void represented(StatementText out, BodyColumn column) {
        column.representation()
                .ifPresentOrElse(
                        function ->
                                out.verbatim(function)
                                        .add("(")
                                        .identifier(column.name())
                                        .add(") AS ")
                                        .identifier(column.name()),
                        () -> out.identifier(column.name()));
    }

    private void records(StatementText out, String name) {
        if (!defaults) {
            out.add(object ? "json_to_record(" : "json_to_recordset(");
            out.parameter(new Parameter.Body()).add("::json");
        } else if (object) {
            out.add("jsonb_to_record(");
            defaultValues(out);
            out.parameter(new Parameter.Body()).add("::jsonb");
        } else {
            // Element by element, so that a default is made anew for each row.
            out.add("jsonb_array_elements(").parameter(new Parameter.Body());
            out.add("::jsonb) AS pgrst_element(value), LATERAL jsonb_to_record(");
            defaultValues(out);
            out.add("pgrst_element.value");
        }
        out.add(") AS ").add(name).add("(");
        out.each(", ", columns, column -> typed(out, column)).add(")");
    }

    private static void typed(StatementText out, BodyColumn column) {
        out.identifier(column.name()).add(" ").verbatim(column.type());
    }

    private void defaultValues(StatementText out) {
        List<BodyColumn> known =
                columns.stream().filter(column -> column.defaultExpression().isPresent()).toList();
        for (int from = 0; from < known.size(); from += DEFAULTS_IN_ONE_CALL) {
            int to = Math.min(known.size(), from + DEFAULTS_IN_ONE_CALL);
            out.add("jsonb_build_object(");
            out.each(", ", known.subList(from, to), column -> defaultValue(out, column));
            out.add(") || ");
        }
    }

    private static void defaultValue(StatementText out, BodyColumn column) {
        out.value(column.name()).add("::text, ");
        column.defaultExpression().ifPresent(out::verbatim);
    }
}
