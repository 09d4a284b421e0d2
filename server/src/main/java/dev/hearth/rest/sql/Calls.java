package dev.hearth.rest.sql;

import dev.hearth.rest.catalog.QualifiedName;
import dev.hearth.rest.catalog.Routine;
import dev.hearth.rest.catalog.Routine.Parameter;
import dev.hearth.rest.catalog.Routine.Returned;
import dev.hearth.rest.plan.Arguments.Given;
import dev.hearth.rest.plan.Arguments.Members;
import dev.hearth.rest.plan.Arguments.Values;
import dev.hearth.rest.plan.Arguments.WholeBody;
import dev.hearth.rest.plan.Mutation.BodyColumn;
import dev.hearth.rest.plan.Plan.Call;
import dev.hearth.rest.plan.Qualifier;
import dev.hearth.rest.plan.ReadNode;
import dev.hearth.rest.sql.Statement.Parameter.Body;
import dev.hearth.rest.sql.Statement.Parameter.BodyBytes;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Calls of functions (rest.md 11). A value that is no row becomes the column `pgrst_scalar`.
///
/// Values of a query string stand in the call itself, so that the database can put a function's SQL
/// in its place.
final class Calls {
    private static final String CATALOG = "pg_catalog";
    private static final Qualifier CALL = Qualifier.alias("pgrst_call");

    /// Types whose values have few bytes.
    private static final Set<String> SMALL =
            Set.of(
                    "bool",
                    "date",
                    "float4",
                    "float8",
                    "int2",
                    "int4",
                    "int8",
                    "interval",
                    "money",
                    "oid",
                    "time",
                    "timestamp",
                    "timestamptz",
                    "timetz",
                    "uuid",
                    "void");

    private Calls() {}

    /// Whether exactly one value comes back and all of it is wanted. An array of arguments may hold
    /// none; JSON keeps its blanks unless it is taken out of an array.
    static boolean isOne(Call call) {
        Returned returns = call.routine().returns();
        ReadNode rows = call.rows();
        return returns.scalar()
                && !returns.domain()
                && !returns.type().equals(new QualifiedName(CATALOG, "json"))
                && !(call.arguments() instanceof Members(_, boolean object) && !object)
                && rows.fields().isEmpty()
                && rows.embeddings().isEmpty()
                && rows.where().isEmpty()
                && rows.order().isEmpty()
                && rows.window().offset() == 0
                && !rows.window().isEmpty();
    }

    /// Whether no value of the type is large.
    static boolean isSmall(Routine routine) {
        QualifiedName type = routine.returns().type();
        return type.schema().equals(CATALOG) && SMALL.contains(type.name());
    }

    /// Writes the call.
    static void write(StatementText out, Call call) {
        Optional<Payload> payload = payload(call);
        out.add("SELECT ");
        if (call.routine().returns().composite()) {
            columns(out, call);
            out.add(" FROM ");
            payload.ifPresent(
                    body -> {
                        body.from(out);
                        out.add(", LATERAL ");
                    });
            function(out, call);
            out.add(" AS pgrst_call");
        } else {
            function(out, call);
            out.add(" AS pgrst_scalar");
            payload.ifPresent(
                    body -> {
                        out.add(" FROM ");
                        body.from(out);
                    });
        }
    }

    private static void columns(StatementText out, Call call) {
        if (call.returning().isEmpty() || call.returning().contains("*")) {
            out.column(CALL, "*");
            return;
        }
        List<String> columns =
                Stream.concat(call.returning().stream(), call.filtered().stream())
                        .distinct()
                        .toList();
        out.each(", ", columns, column -> out.column(CALL, column));
    }

    /// Members of the body that are arguments.
    private static Optional<Payload> payload(Call call) {
        return call.arguments() instanceof Members(var parameters, boolean object)
                        && !parameters.isEmpty()
                ? Optional.of(
                        new Payload(parameters.stream().map(Calls::member).toList(), object, false))
                : Optional.empty();
    }

    private static BodyColumn member(Parameter parameter) {
        return new BodyColumn(
                parameter.name(), parameter.widestType(), Optional.empty(), Optional.empty());
    }

    private static void function(StatementText out, Call call) {
        out.name(call.routine().name()).add("(");
        switch (call.arguments()) {
            case WholeBody(var parameter) ->
                    out.parameter(parameter.type().equals("bytea") ? new BodyBytes() : new Body())
                            .add("::")
                            .verbatim(parameter.type());
            case Members(var parameters, _) ->
                    out.each(", ", parameters, each -> member(out, each));
            case Values(var given) -> out.each(", ", given, each -> given(out, each));
        }
        out.add(")");
    }

    private static void member(StatementText out, Parameter parameter) {
        named(out, parameter);
        out.column(Payload.ROWS, parameter.name());
    }

    private static void given(StatementText out, Given given) {
        named(out, given.parameter());
        if (given.parameter().variadic()) {
            out.array(given.values());
        } else if (given.values().isEmpty()) {
            out.add("NULL");
        } else {
            out.value(given.values().getLast());
        }
        out.add("::").verbatim(given.parameter().widestType());
    }

    private static void named(StatementText out, Parameter parameter) {
        out.add(parameter.variadic() ? "VARIADIC " : "");
        if (!parameter.name().isEmpty()) {
            out.identifier(parameter.name()).add(" := ");
        }
    }
}
