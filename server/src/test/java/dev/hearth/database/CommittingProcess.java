package dev.hearth.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A process that commits one row after the other, and prints the id of each once the commit has
/// been confirmed, until it is killed.
final class CommittingProcess {
    private CommittingProcess() {}

    public static void main(String[] arguments) throws SQLException {
        var postgres = TestFolders.start(Path.of(arguments[0]), Path.of(arguments[1]));
        try (var connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute("create table if not exists committed (id bigint)");
            for (long id = 1; ; id++) {
                statement.execute("insert into committed values (" + id + ")");
                System.out.println("committed " + id);
            }
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl("postgres"),
                EmbeddedPostgres.SUPERUSER,
                postgres.folder().credentials().find(EmbeddedPostgres.SUPERUSER).orElseThrow());
    }
}
