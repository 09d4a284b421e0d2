package dev.hearth.rest;

import dev.hearth.rest.plan.Plan;
import dev.hearth.rest.request.Asked;
import dev.hearth.rest.sql.Rendering;
import dev.hearth.rest.sql.Statement;
import dev.hearth.rest.sql.Statement.Parameter;
import dev.hearth.rest.sql.Statement.Parameter.Place;
import dev.hearth.rest.sql.Statement.Parameter.Text;

import java.util.Optional;
import java.util.stream.Stream;

/// The statements of a plan.
///
/// @param main answers the request
/// @param estimate explains how all rows would be counted
/// @param rows the rows of the answer one by one, for those that are too large for one value
record Statements(Statement main, Optional<Statement> estimate, Optional<Statement> rows) {

    /// @param answerLimit the most bytes of an answer that cannot be sent row by row
    static Statements of(Plan.Statement plan, long answerLimit) {
        return new Statements(
                Rendering.of(plan, answerLimit), estimate(plan), Rendering.oneByOne(plan));
    }

    /// The same with a place instead of each mark that stands by itself. Only of a request that was
    /// marked: in any other such a text is what somebody sent.
    Statements placed() {
        return new Statements(
                placed(main), estimate.map(Statements::placed), rows.map(Statements::placed));
    }

    private static Optional<Statement> estimate(Plan.Statement plan) {
        return plan instanceof Plan.Read read
                ? read.count()
                        .filter(count -> count.asksThePlanner())
                        .map(_ -> Rendering.count(read))
                : Optional.empty();
    }

    private static Statement placed(Statement statement) {
        return new Statement(
                statement.text(), statement.parameters().stream().map(Statements::placed).toList());
    }

    private static Parameter placed(Parameter parameter) {
        return parameter instanceof Text(String text)
                ? Asked.marked(text).<Parameter>map(Place::new).orElse(parameter)
                : parameter;
    }

    /// Whether there is a mark that did not stand by itself.
    boolean holdMarks() {
        return Stream.of(Optional.of(main), estimate, rows)
                .flatMap(Optional::stream)
                .flatMap(statement -> statement.parameters().stream())
                .anyMatch(
                        parameter ->
                                parameter instanceof Text(String text) && Asked.holdsMark(text));
    }
}
