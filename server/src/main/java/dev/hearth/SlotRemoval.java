package dev.hearth;

import dev.hearth.config.Config;
import dev.hearth.config.DatabaseUrl;
import dev.hearth.database.GivenDatabase;
import dev.hearth.database.GivenDatabaseProblem;
import dev.hearth.database.StartProgress;
import dev.hearth.problem.Refusal;
import dev.hearth.replication.Replication;
import dev.hearth.replication.Replication.Removal;

import java.sql.SQLException;

/// What `hearth migrate --remove-slot` does: drops the server's replication slot, since one that
/// nobody reads keeps the log for ever.
final class SlotRemoval {
    private static final String INSTALLATION = "migrate";

    private SlotRemoval() {}

    /// Says so when there is none.
    ///
    /// @throws Refusal when a server still reads it, when it is not Hearth's, or when the owner may
    ///   not drop it
    static void run(Config config, StartProgress progress) {
        DatabaseUrl owner = config.database().owner().orElseThrow();
        try {
            progress.step(
                    switch (Replication.removeSlot(
                            Connections.replicationSettings(config.changes(), INSTALLATION),
                            properties -> GivenDatabase.connect(owner, properties))) {
                        case Removal.Removed(String slot) -> "dropped the replication slot " + slot;
                        case Removal.Absent(String slot) ->
                                "there is no replication slot " + slot + " in " + owner;
                        case Removal.Refused(var problem) ->
                                throw kept(owner, problem.message() + "; " + problem.remedy());
                    });
        } catch (SQLException e) {
            throw kept(owner, String.valueOf(e.getMessage()));
        }
    }

    private static Refusal kept(DatabaseUrl owner, String reason) {
        return new Refusal(new GivenDatabaseProblem.SlotKept(owner.toString(), reason));
    }
}
