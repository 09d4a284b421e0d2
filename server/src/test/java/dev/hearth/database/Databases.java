package dev.hearth.database;

import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.postgresql.ds.PGSimpleDataSource;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

/// What the live tests of the migrations share.
final class Databases {

    private Databases() {}

    static DataSource source(TestDatabase database, String role) {
        var source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(role);
        source.setPassword(TestPostgres.PASSWORD);
        return source;
    }

    /// As the embedded server runs them: the superuser lays the platform, `postgres` is the
    /// developer.
    static Migrations migrations(TestDatabase database, MigrationProgress progress) {
        return new Migrations(
                source(database, TestPostgres.SUPERUSER), source(database, "postgres"), progress);
    }

    static TestDatabase withPlatform(boolean exposeNewTables) {
        var database = TestPostgres.cluster().createDatabase();
        try {
            migrations(database, MigrationProgress.silent()).platform(Map.of(), exposeNewTables);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database;
    }

    /// The first value that a role is answered, as text; empty for null or no row.
    static Optional<String> ask(TestDatabase database, String role, String query)
            throws SQLException {
        try (var connection = database.connect(role);
                var statement = connection.createStatement()) {
            boolean more = statement.execute(query);
            while (!more && statement.getUpdateCount() >= 0) {
                more = statement.getMoreResults();
            }
            if (!more) {
                return Optional.empty();
            }
            try (var rows = statement.getResultSet()) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
        }
    }
}
