package dev.hearth;

import dev.hearth.database.Database;
import dev.hearth.realtime.Realtime;
import dev.hearth.replication.Replication;

import java.util.Optional;

/// How the database side is doing.
///
/// @param database the pools
/// @param replication the stream
record Health(Database database, Replication replication) implements Realtime.Health {

    @Override
    public boolean databaseConnected() {
        return database.reachable();
    }

    @Override
    public boolean replicationConnected() {
        return replication.interruption().isEmpty();
    }

    /// Why no changes come; empty while they do.
    Optional<String> interruption() {
        return replication.interruption();
    }
}
