package dev.hearth.realtime.changes.verdict;

import dev.hearth.realtime.changes.catalog.Logged;
import dev.hearth.realtime.changes.catalog.Table;
import dev.hearth.realtime.changes.filter.RemoteFilter;
import dev.hearth.realtime.changes.sql.Bound;
import dev.hearth.realtime.changes.sql.Snapshot;
import dev.hearth.replication.Cell;
import dev.hearth.token.Caller;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Questions as one transaction in one round trip: `begin`, `reset all` (a function of an earlier
/// caller may have set something for the session), settings and snapshot, for each caller its role
/// and claims and then its questions, `commit`. All of it is sent at once, so the first error ends
/// it.
///
/// The settings that decide how values are written are those of the stream. The time zone stays the
/// database's own, since policies may ask for the date.
final class Flush {

    /// Says what the session's defaults would decide: an earlier caller may have changed them.
    private static final String BEGIN =
            "begin isolation level read committed read write;reset all;\n";

    private static final String SETTINGS =
            """
            select set_config('statement_timeout', ?, true),
                   set_config('search_path', 'public, extensions', true),
                   set_config('DateStyle', 'ISO, MDY', true),
                   set_config('IntervalStyle', 'postgres', true),
                   set_config('bytea_output', 'hex', true),
                   set_config('extra_float_digits', '1', true),
                   set_config('lc_monetary', 'C', true),
                   pg_current_snapshot()::text\
            """;

    private static final String ASSUME =
            "select set_config('role', ?, true), set_config('request.jwt.claims', ?, true)";

    /// Something to ask as a caller.
    sealed interface Unit {
        Caller caller();

        Table table();

        /// Only the role's rights.
        record OfRights(Caller caller, Table table) implements Unit {}

        /// A question, made with these rights in mind.
        record OfQuestion(Question question, Rights rights) implements Unit {
            @Override
            public Caller caller() {
                return question.caller();
            }

            @Override
            public Table table() {
                return question.change().table();
            }
        }
    }

    @FunctionalInterface
    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    private record Step(Bound sql, Reader reader) {}

    private final List<Step> steps = new ArrayList<>();
    private final Answers answers;
    private Snapshot snapshot = Snapshot.NONE;

    /// @param units in the order of their callers
    Flush(List<Unit> units, Answers answers, Duration timeout) {
        this.answers = answers;
        steps.add(
                new Step(
                        Bound.of(SETTINGS).with(String.valueOf(timeout.toMillis())),
                        row -> snapshot = Snapshot.parse(row.getString(8))));
        fingerprints(units);
        Set<Answers.RoleOnTable> asked = new HashSet<>();
        Caller assumed = null;
        for (Unit unit : units) {
            if (!unit.caller().equals(assumed)) {
                assumed = unit.caller();
                steps.add(
                        new Step(
                                Bound.of(ASSUME).with(assumed.role()).with(assumed.claims()),
                                row -> {}));
            }
            var role = new Answers.RoleOnTable(unit.caller().role(), unit.table().oid());
            if (asked.add(role)) {
                rights(role);
            }
            if (unit instanceof Unit.OfQuestion(Question question, Rights rights)) {
                question(question, rights);
            }
        }
    }

    private void fingerprints(List<Unit> units) {
        Set<Table> tables =
                units.stream()
                        .filter(unit -> unit instanceof Unit.OfQuestion)
                        .map(Unit::table)
                        .collect(Collectors.toSet());
        if (tables.isEmpty()) {
            return;
        }
        String oids =
                tables.stream()
                        .map(table -> String.valueOf(table.oid()))
                        .collect(
                                Collectors.collectingAndThen(
                                        Collectors.toCollection(TreeSet::new),
                                        all -> "{" + String.join(",", all) + "}"));
        steps.add(
                new Step(
                        Bound.of(Table.FINGERPRINTS).with(oids),
                        row -> compare(tables, row.getLong(1), row.getString(2))));
    }

    private void compare(Set<Table> tables, long oid, String fingerprint) {
        boolean same =
                tables.stream()
                        .filter(table -> table.oid() == oid)
                        .allMatch(table -> table.fingerprint().equals(fingerprint));
        if (!same) {
            answers.stale().add(oid);
        }
    }

    private void rights(Answers.RoleOnTable role) {
        steps.add(
                new Step(
                        Bound.of(Rights.QUERY).with(String.valueOf(role.table())),
                        row ->
                                answers.rights()
                                        .put(
                                                role,
                                                Rights.of(row.getBoolean(1), row.getString(2)))));
    }

    private void question(Question question, Rights rights) {
        switch (question) {
            case Question.OfRow of ->
                    steps.add(
                            new Step(
                                    VerdictSql.of(of.change(), rights),
                                    row ->
                                            answers.verdicts()
                                                    .put(
                                                            of,
                                                            Verdict.of(
                                                                    row.getInt(1),
                                                                    row.getInt(2)))));
            case Question.OfFilter(Logged change, _, int place, RemoteFilter filter) ->
                    steps.add(
                            new Step(
                                    filter.ask(text(change.filtered(place))),
                                    row ->
                                            answers.verdicts()
                                                    .put(
                                                            question,
                                                            row.getBoolean(1)
                                                                    ? Verdict.VISIBLE
                                                                    : Verdict.HIDDEN)));
        }
    }

    /// The text as a parameter; null for everything that has none.
    private static @Nullable String text(Cell cell) {
        return switch (cell) {
            case Cell.Text(String text) -> text;
            case Cell.Null _, Cell.Unchanged _ -> null;
        };
    }

    /// Sends it all and reads the answers; returns the snapshot that came first.
    ///
    /// @throws SQLException the first error; nothing of the transaction is left behind
    Snapshot run(Connection connection) throws SQLException {
        String text =
                steps.stream()
                        .map(step -> step.sql().text())
                        .collect(Collectors.joining(";\n", BEGIN, ";\ncommit"));
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            int index = 1;
            for (Step step : steps) {
                index = step.sql().bind(statement, index);
            }
            read(statement);
            return snapshot;
        } catch (SQLException e) {
            rollback(connection);
            throw e;
        }
    }

    private void read(PreparedStatement statement) throws SQLException {
        int step = 0;
        boolean isResult = statement.execute();
        while (isResult || statement.getUpdateCount() >= 0) {
            if (isResult) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        steps.get(step).reader().read(rows);
                    }
                }
                step++;
            }
            isResult = statement.getMoreResults();
        }
    }

    /// As a statement, since the connection is in auto-commit mode and knows of no transaction.
    private static void rollback(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("rollback");
        }
    }
}
