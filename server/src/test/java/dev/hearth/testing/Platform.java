package dev.hearth.testing;

import dev.hearth.config.Secret;
import dev.hearth.database.MigrationProgress;
import dev.hearth.database.Migrations;

import org.postgresql.ds.PGSimpleDataSource;

import java.sql.SQLException;
import java.util.Map;

/// The platform's SQL in a test database, laid as the server lays it.
final class Platform {
    private Platform() {}

    static void install(TestDatabase database) throws SQLException {
        var password = new Secret(TestPostgres.PASSWORD);
        var migrations =
                new Migrations(
                        as(database, TestPostgres.SUPERUSER),
                        as(database, "postgres"),
                        MigrationProgress.silent());
        migrations.platform(
                Map.of(
                        "postgres", password,
                        "authenticator", password,
                        "supabase_auth_admin", password,
                        "supabase_replication_admin", password),
                true);
        migrations.messagePartitions();
    }

    private static PGSimpleDataSource as(TestDatabase database, String role) {
        var source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(role);
        source.setPassword(TestPostgres.PASSWORD);
        return source;
    }
}
