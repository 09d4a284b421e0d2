package dev.hearth.database;

import dev.hearth.config.DatabaseUrl;
import dev.hearth.observe.Observer;
import dev.hearth.testing.TestDatabase;

import java.time.Duration;

/// Pools whose callers come another way.
public final class TappedPools {

    private TappedPools() {}

    /// @param callers the address for callers
    /// @param size the most connections of callers
    public static Database open(TestDatabase database, String callers, int size) {
        Database.Logins direct = database.logins();
        return Database.open(
                new Database.Logins(
                        DatabaseUrl.parse("TEST", callers), direct.auth(), direct.replication()),
                new Database.Limits(size, Duration.ZERO),
                new Observer());
    }
}
