package dev.hearth;

import dev.hearth.auth.AuthDatabase;
import dev.hearth.config.ChangesConfig;
import dev.hearth.database.Database;
import dev.hearth.database.Work;
import dev.hearth.realtime.changes.sql.ChangeDatabase;
import dev.hearth.replication.LagLimits;
import dev.hearth.replication.ReplicationConnections;
import dev.hearth.replication.ReplicationSettings;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// The database as each room asks for it, each under the login that its work needs.
///
/// @param database the pools
record Connections(Database database)
        implements AuthDatabase, ChangeDatabase, ReplicationConnections {

    /// The users' tables, as `supabase_auth_admin`.
    @Override
    public <T> T inTransaction(Work<T> work) throws SQLException {
        return database.asAuth(work);
    }

    /// Catalogs, as `supabase_replication_admin`.
    @Override
    public <T> T catalog(Work<T> work) throws SQLException {
        return database.asSystem(work);
    }

    /// Verdicts, as `authenticator`.
    @Override
    public Connection authenticator() throws SQLException {
        return database.authenticator();
    }

    /// The log, as `supabase_replication_admin`.
    @Override
    public Connection open(Map<String, String> driverProperties) throws SQLException {
        return database.openReplicationLogin(driverProperties);
    }

    static ReplicationSettings replicationSettings(ChangesConfig config, String installation) {
        ReplicationSettings settings =
                ReplicationSettings.of(installation)
                        .withLag(LagLimits.usual().withMost(config.maxSlotLag()));
        return config.slot().map(settings::withSlot).orElse(settings);
    }
}
