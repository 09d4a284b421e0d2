package dev.hearth.database;

import dev.hearth.config.Config;
import dev.hearth.problem.Refusal;

import java.sql.SQLException;

/// Takes a server's replication slot out of a given database, for `hearth migrate --remove-slot`: a
/// slot that nobody reads keeps the log for ever.
public final class SlotRemoval {
    private SlotRemoval() {}

    /// Drops the slot `hearth_<oid of the database>`; says so when there is none.
    ///
    /// @throws Refusal when a server still reads it, or the owner may not drop it
    public static void run(Config config, StartProgress progress) {
        var owner = config.database().owner().orElseThrow();
        OwnerConnections.await(owner, false, progress);
        try (var connection = OwnerConnections.as(owner).getConnection();
                var statement = connection.createStatement();
                var dropped =
                        statement.executeQuery(
                                """
                                select slot_name, pg_drop_replication_slot(slot_name)
                                from pg_replication_slots
                                where slot_name = (select 'hearth_' || oid from pg_database
                                    where datname = current_database())\
                                """)) {
            progress.step(
                    dropped.next()
                            ? "dropped the replication slot " + dropped.getString(1)
                            : "there is no replication slot of Hearth in " + owner);
        } catch (SQLException e) {
            throw new Refusal(new ReadyProblem.NotMigrated(String.valueOf(e.getMessage())));
        }
    }
}
