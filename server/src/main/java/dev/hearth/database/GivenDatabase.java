package dev.hearth.database;

import dev.hearth.config.Config;
import dev.hearth.config.DatabaseUrl;
import dev.hearth.problem.Refusal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/// What `hearth migrate` does to the database of `HEARTH_DATABASE_URL`. It does not wait for one
/// that is down, and does not hold the data folder: passwords are read and kept there, and a server
/// may run on it meanwhile.
///
/// Several servers on one database must share `POSTGRES_PASSWORD`, since whoever lays the platform
/// sets the passwords of the service roles. A role whose address is set
/// (`HEARTH_AUTHENTICATOR_URL`, `HEARTH_AUTH_URL`, `HEARTH_REPLICATION_URL`) keeps its own.
public final class GivenDatabase {
    private GivenDatabase() {}

    /// Lays or completes the platform, the parts of `HEARTH_WITH` and the project's migrations.
    ///
    /// @throws Refusal with a [GivenDatabaseProblem] or a [MigrationProblem]
    public static void migrate(Config config, StartProgress progress) {
        var owner = config.database().owner().orElseThrow();
        OwnerConnections.await(owner, false, progress);
        Installation.of(config, Credentials.in(config.data()), progress).lay(owner, owner);
    }

    /// A new connection as the owner, for what else is to be done there; the caller closes it.
    ///
    /// @param driverProperties properties of the driver, laid over those of the address
    /// @throws Refusal with [GivenDatabaseProblem.LoginRefused] or
    ///   [GivenDatabaseProblem.Unreachable]
    public static Connection connect(DatabaseUrl owner, Map<String, String> driverProperties)
            throws SQLException {
        OwnerConnections.await(owner, false, StartProgress.silent());
        Properties properties = owner.properties();
        properties.putAll(driverProperties);
        return DriverManager.getConnection(owner.jdbcUrl(), properties);
    }
}
