package dev.hearth.database;

import dev.hearth.config.Config;
import dev.hearth.config.DatabaseConfig;
import dev.hearth.config.DatabaseUrl;
import dev.hearth.config.Secret;
import dev.hearth.problem.Refusal;

import org.flywaydb.core.api.FlywayException;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lays what a configuration asks for into its database: platform, parts of `HEARTH_WITH`, the
/// project's migrations, the passwords of the roles.
///
/// | role | password |
/// |---|---|
/// | `authenticator`, `supabase_auth_admin`, `supabase_replication_admin` | `POSTGRES_PASSWORD`, or one made and kept in the data folder; untouched where the role's own address is set |
/// | `postgres` of the embedded database | the well-known one in development, else as above |
///
/// @param credentials of the data folder
record Installation(Config config, Credentials credentials, StartProgress progress) {

    private static final String DEVELOPER = "postgres";
    private static final List<String> PARTS = List.of("support-chat");

    /// Checks what can be checked before the database is asked.
    ///
    /// @throws Refusal with [GivenDatabaseProblem.UnknownPart]
    static Installation of(Config config, Credentials credentials, StartProgress progress) {
        for (String part : config.with()) {
            if (!PARTS.contains(part)) {
                throw new Refusal(new GivenDatabaseProblem.UnknownPart(part, PARTS));
            }
        }
        return new Installation(config, credentials, progress);
    }

    /// @param owner lays the platform
    /// @param developer owns the objects of users
    /// @return the migrations, for what has to be done again while the server runs
    /// @throws Refusal with [GivenDatabaseProblem.NotMigrated] or a [MigrationProblem]
    Migrations lay(DatabaseUrl owner, DatabaseUrl developer) {
        var migrations =
                new Migrations(
                        OwnerConnections.as(owner),
                        OwnerConnections.as(developer),
                        new Lines(progress));
        try {
            migrations.platform(passwords(), config.database().exposeNewTables());
            if (config.database().embedded()) {
                migrations.environment(config.development());
            }
            config.with().forEach(migrations::with);
            if (config.project().isPresent()) {
                migrations.project(
                        config.project().get(), config.database().skipMissingExtensions());
            }
            migrations.messagePartitions();
            return migrations;
        } catch (FlywayException | SQLException e) {
            throw new Refusal(new GivenDatabaseProblem.NotMigrated(String.valueOf(e.getMessage())));
        }
    }

    /// The address of a role under the password that it was given.
    DatabaseUrl login(DatabaseUrl owner, String role) {
        return owner.as(role, password(role));
    }

    /// The password that a role is given.
    Secret password(String role) {
        DatabaseConfig database = config.database();
        if (role.equals(DEVELOPER)
                && config.development()
                && database.servicePassword().isEmpty()) {
            return new Secret(DEVELOPER);
        }
        return database.servicePassword()
                .orElseGet(() -> new Secret(credentials.findOrCreate(role)));
    }

    private Map<String, Secret> passwords() {
        DatabaseConfig database = config.database();
        var own =
                Map.of(
                        "authenticator", database.authenticator(),
                        "supabase_auth_admin", database.auth(),
                        "supabase_replication_admin", database.replication());
        var passwords = new LinkedHashMap<String, Secret>();
        own.forEach(
                (String role, Optional<DatabaseUrl> address) -> {
                    if (address.isEmpty()) {
                        passwords.put(role, password(role));
                    }
                });
        if (database.embedded()) {
            passwords.put(DEVELOPER, password(DEVELOPER));
        }
        return passwords;
    }

    /// Says file by file what is applied.
    private record Lines(StartProgress progress) implements MigrationProgress {
        @Override
        public void applying(String file) {
            progress.step("applying " + file);
        }

        @Override
        public void warning(String text) {
            progress.step("warning: " + text);
        }
    }
}
