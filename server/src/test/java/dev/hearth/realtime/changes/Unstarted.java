package dev.hearth.realtime.changes;

import dev.hearth.database.Work;
import dev.hearth.observe.Observer;
import dev.hearth.token.Caller;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// Subscriptions for tests that need no database.
final class Unstarted {

    private Unstarted() {}

    static ChannelSubscription subscription(Caller caller) {
        var away =
                new ChangeDatabase() {
                    @Override
                    public <T> T catalog(Work<T> work) throws SQLException {
                        throw new SQLException("away", "08001");
                    }

                    @Override
                    public Connection authenticator() throws SQLException {
                        throw new SQLException("away", "08001");
                    }
                };
        Changes changes =
                Changes.unstarted(
                        away, ChangesSettings.defaults(), new Observer(), InstantSource.system());
        return new ChannelSubscription(changes, caller, List.of(), new Heard());
    }
}
