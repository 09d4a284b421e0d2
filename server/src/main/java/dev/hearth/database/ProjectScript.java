package dev.hearth.database;

import dev.hearth.problem.Refusal;

import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One file of a project on its way through the database.
///
/// @param file its name, for messages
record ProjectScript(
        String file,
        List<SqlStatement> statements,
        MigrationProgress progress,
        boolean skipMissingExtensions) {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /// What PostgreSQL says where no `create extension` of ours could be seen, as in a DO block.
    private static final Pattern NOT_AVAILABLE =
            Pattern.compile("extension \"([^\"]+)\" is not available");

    /// Written into newer dumps around their text; they guard psql, not the server.
    private static final Pattern DUMP_GUARD = Pattern.compile("\\\\(un)?restrict\\b.*");

    ProjectScript {
        statements =
                statements.stream()
                        .filter(statement -> !DUMP_GUARD.matcher(statement.code()).matches())
                        .toList();
    }

    /// What is written beside the file, in its transaction.
    @FunctionalInterface
    interface Note {
        void write() throws SQLException;
    }

    /// The statements, for the record.
    List<String> texts() {
        return statements.stream().map(SqlStatement::text).toList();
    }

    /// Runs the statements and the note; nothing of it stays when one fails, unless the file holds
    /// a statement that refuses a transaction.
    ///
    /// @param connection a new one, closed by the caller
    void run(Connection connection, Note note) throws SQLException {
        for (SqlStatement statement : statements) {
            if (statement.isCopy() || statement.isMetaCommand()) {
                throw new Refusal(
                        new MigrationProblem.NotSql(
                                file, statement.lineAt(0), statement.firstLine()));
            }
        }
        boolean whole = statements.stream().noneMatch(SqlStatement::runsOutsideTransaction);
        connection.setAutoCommit(!whole);
        try {
            for (SqlStatement statement : statements) {
                run(connection, statement, whole);
            }
            note.write();
            if (whole) {
                connection.commit();
            }
        } finally {
            if (whole) {
                connection.rollback();
            }
        }
    }

    private void run(Connection connection, SqlStatement statement, boolean whole)
            throws SQLException {
        try {
            Optional<ExtensionStatement> extension = ExtensionStatement.parse(statement.code());
            if (extension.isPresent()) {
                extension(connection, statement, extension.get(), whole);
            } else {
                execute(connection, statement.text());
            }
        } catch (PSQLException e) {
            throw new Refusal(problem(e, statement, whole));
        }
    }

    private void extension(
            Connection connection,
            SqlStatement statement,
            ExtensionStatement extension,
            boolean whole)
            throws SQLException {
        if (!available(connection, extension.name())) {
            var missing =
                    new MigrationProblem.ExtensionMissing(
                            file, statement.lineAt(0), extension.name());
            if (!skipMissingExtensions) {
                throw new Refusal(missing);
            }
            progress.warning(missing.message() + " Skipped.");
        } else if (extension.creates() && whole) {
            create(connection, statement, extension);
        } else {
            execute(connection, statement.text());
        }
    }

    /// Some extensions need a superuser; the platform lends out those that hosted projects have.
    private static void create(
            Connection connection, SqlStatement statement, ExtensionStatement extension)
            throws SQLException {
        var before = connection.setSavepoint();
        try {
            execute(connection, statement.text());
        } catch (PSQLException refused) {
            if (!INSUFFICIENT_PRIVILEGE.equals(refused.getSQLState())) {
                throw refused;
            }
            connection.rollback(before);
            if (!lendsExtensions(connection)) {
                throw refused;
            }
            try (var lend =
                    connection.prepareStatement(
                            "select hearth.create_extension(?, coalesce(?, current_schema()))")) {
                lend.setString(1, extension.name());
                lend.setString(2, extension.schema().orElse(null));
                lend.execute();
            }
        }
    }

    private static boolean lendsExtensions(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select exists (
                                    select from pg_proc p
                                        join pg_namespace n on n.oid = p.pronamespace
                                    where n.nspname = 'hearth' and p.proname = 'create_extension')\
                                """)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static boolean available(Connection connection, String extension) throws SQLException {
        try (var statement =
                connection.prepareStatement("select from pg_available_extensions where name = ?")) {
            statement.setString(1, extension);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            // Braces are JSON here, not JDBC's escapes.
            statement.setEscapeProcessing(false);
            statement.execute(text);
        }
    }

    private MigrationProblem problem(PSQLException e, SqlStatement statement, boolean whole) {
        var told = Optional.ofNullable(e.getServerErrorMessage());
        int position = told.map(ServerErrorMessage::getPosition).orElse(0);
        int line = statement.lineAt(position);
        String reason =
                told.map(
                                server ->
                                        Stream.of(
                                                        server.getMessage(),
                                                        server.getDetail(),
                                                        server.getHint())
                                                .flatMap(Stream::ofNullable)
                                                .collect(Collectors.joining(" ")))
                        .orElseGet(() -> String.valueOf(e.getMessage()));
        var missing = NOT_AVAILABLE.matcher(reason);
        if (missing.find()) {
            return new MigrationProblem.ExtensionMissing(file, line, missing.group(1));
        }
        return new MigrationProblem.StatementFailed(
                file,
                line,
                Optional.ofNullable(e.getSQLState()).orElse("?????"),
                reason,
                statement.firstLine(),
                !whole);
    }
}
