package dev.hearth.rest.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/// A catalog that was read from a database with one of the files of `resources/catalog`, whose
/// schema `api` is exposed.
final class Fixture {

    static final CatalogSettings SETTINGS =
            new CatalogSettings(List.of("api"), List.of("extra"), CatalogSettings.HOISTED);

    /// The login that reads catalogs.
    static final String READER = "supabase_replication_admin";

    private Fixture() {}

    static Catalog read(String file) {
        try (var database = TestPostgres.cluster().createPlatformDatabase()) {
            database.execute(text(file));
            return read(database);
        }
    }

    static Catalog read(TestDatabase database) {
        try (Connection connection = database.connect(READER)) {
            connection.setAutoCommit(false);
            return new CatalogReader().read(connection, SETTINGS);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static QualifiedName api(String name) {
        return new QualifiedName("api", name);
    }

    private static String text(String file) {
        try (var stream =
                Objects.requireNonNull(
                        Fixture.class.getResourceAsStream("/catalog/" + file + ".sql"))) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
