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

/// The statements of a plan, with a place where a mark was.
///
/// @param main answers the request
/// @param estimate explains how all rows would be counted
/// @param rows the rows of the answer one by one, for those that are too large for one value
record Statements(Statement main, Optional<Statement> estimate, Optional<Statement> rows) {

    /// Of a request whose values are in it.
    ///
    /// @param answerLimit the most bytes of an answer that cannot be sent row by row
    static Statements of(Plan.Statement plan, long answerLimit) {
        return new Statements(
                Rendering.of(plan, answerLimit), estimate(plan), Rendering.oneByOne(plan));
    }

    /// Of a request that has marks in place of values: a place instead of each mark.
    static Statements ofMarked(Plan.Statement plan, long answerLimit) {
        Statements marked = of(plan, answerLimit);
        return new Statements(
                placed(marked.main()),
                marked.estimate().map(Statements::placed),
                marked.rows().map(Statements::placed));
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

    /// Whether every mark stood by itself, so that it has a place.
    boolean areComplete() {
        return Stream.of(Optional.of(main), estimate, rows)
                .flatMap(Optional::stream)
                .flatMap(statement -> statement.parameters().stream())
                .noneMatch(
                        parameter ->
                                parameter instanceof Text(String text) && Asked.holdsMark(text));
    }
}
