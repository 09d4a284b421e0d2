package dev.hearth.database;

import dev.hearth.config.Config;
import dev.hearth.problem.Refusal;

import java.sql.SQLException;

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

    /// Drops the server's replication slot: one that nobody reads keeps the log for ever. Says so
    /// when there is none.
    ///
    /// @throws Refusal when a server still reads it, or the owner may not drop it
    public static void removeSlot(Config config, StartProgress progress) {
        var owner = config.database().owner().orElseThrow();
        OwnerConnections.await(owner, false, progress);
        try (var connection = OwnerConnections.as(owner).getConnection();
                var statement =
                        connection.prepareStatement(
                                """
                                select slot_name, pg_drop_replication_slot(slot_name)
                                from pg_replication_slots
                                where slot_name = coalesce(?, (select 'hearth_' || oid
                                    from pg_database where datname = current_database()))\
                                """)) {
            statement.setString(1, config.changes().slot().orElse(null));
            try (var dropped = statement.executeQuery()) {
                progress.step(
                        dropped.next()
                                ? "dropped the replication slot " + dropped.getString(1)
                                : "there is no replication slot of Hearth in " + owner);
            }
        } catch (SQLException e) {
            throw new Refusal(
                    new GivenDatabaseProblem.SlotKept(
                            owner.toString(), String.valueOf(e.getMessage())));
        }
    }
}
