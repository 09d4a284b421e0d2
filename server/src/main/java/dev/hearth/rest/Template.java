package dev.hearth.rest;

import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.request.Asked;
import dev.hearth.rest.request.RestRequest;
import dev.hearth.rest.sql.Rendering;
import dev.hearth.rest.sql.Statement;
import dev.hearth.rest.sql.Statement.Parameter;
import dev.hearth.rest.sql.Statement.Parameter.Text;

import java.util.List;
import java.util.Optional;

/// What is made of a request, once for all that differ in their values only.
///
/// @param request understood; where a value belongs stands its mark, so nothing of it may be shown
/// @param plan made of it
/// @param statements that carry the plan out; empty where none is needed
record Template(RestRequest request, Plan plan, Optional<Statements> statements) {

    /// The statements of a plan.
    ///
    /// @param main answers the request
    /// @param estimate explains how all rows would be counted
    /// @param rows the rows of the answer one by one, for those that are too many for one value
    record Statements(Statement main, Optional<Statement> estimate, Optional<Statement> rows) {

        /// The same with values where their marks were.
        Statements with(List<String> values) {
            return values.isEmpty()
                    ? this
                    : new Statements(
                            filled(main, values),
                            estimate.map(each -> filled(each, values)),
                            rows.map(each -> filled(each, values)));
        }

        private static Statement filled(Statement statement, List<String> values) {
            return new Statement(
                    statement.text(),
                    statement.parameters().stream().map(each -> filled(each, values)).toList());
        }

        private static Parameter filled(Parameter parameter, List<String> values) {
            return parameter instanceof Text(String text)
                    ? Asked.marked(text)
                            .<Parameter>map(place -> new Text(values.get(place)))
                            .orElse(parameter)
                    : parameter;
        }
    }

    static Template of(RestRequest request, Plan plan) {
        return new Template(
                request,
                plan,
                plan instanceof Plan.Statement statement
                        ? Optional.of(
                                new Statements(
                                        Rendering.of(statement),
                                        estimate(statement),
                                        Rendering.oneByOne(statement)))
                        : Optional.empty());
    }

    private static Optional<Statement> estimate(Plan.Statement plan) {
        return plan instanceof Plan.Read read
                ? read.count()
                        .filter(count -> count.asksThePlanner())
                        .map(_ -> Rendering.count(read))
                : Optional.empty();
    }

    /// Whether every mark stands by itself, so that values can be filled in.
    boolean isComplete() {
        return statements.stream()
                .flatMap(
                        each ->
                                java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of(each.main()),
                                        each.estimate().stream()))
                .flatMap(statement -> statement.parameters().stream())
                .noneMatch(
                        parameter ->
                                parameter instanceof Text(String text)
                                        && Asked.holdsMark(text)
                                        && Asked.marked(text).isEmpty());
    }
}
