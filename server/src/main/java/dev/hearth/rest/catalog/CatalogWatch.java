package dev.hearth.rest.catalog;

import dev.hearth.database.Database;
import dev.hearth.database.Sql;
import dev.hearth.observe.Observer;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Learns that the schema has changed: by `LISTEN` on a connection of its own, and by comparing
/// [Fingerprint]s on it where no event trigger notifies. One thread.
///
/// Whenever the connection is there anew, a reload is asked for after `LISTEN` has taken effect, so
/// that nothing is missed in between.
final class CatalogWatch implements AutoCloseable {

    /// What is done with what is learnt; on the thread of the watch.
    interface Listener {
        /// The schema may have changed.
        void schemaChanged();

        /// The configuration shall be read again.
        void configChanged();
    }

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration STOPPING = Duration.ofSeconds(5);
    private static final String ANSWER_SECONDS = "30";

    private final Database database;
    private final CatalogKeeper.Channel channel;
    private final Listener listener;
    private final Observer observer;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("catalog-watch").unstarted(this::watch);
    private int failures;
    private boolean comparisonTold;

    CatalogWatch(
            Database database,
            CatalogKeeper.Channel channel,
            Listener listener,
            Observer observer) {
        this.database = database;
        this.channel = channel;
        this.listener = listener;
        this.observer = observer;
    }

    void start() {
        thread.start();
    }

    private void watch() {
        boolean asked = false;
        while (!isClosed()) {
            long began = System.nanoTime();
            try {
                follow();
            } catch (SQLException | RuntimeException e) {
                if (isClosed()) {
                    return;
                }
                if (System.nanoTime() - began > CatalogKeeper.PAUSES.longest().toNanos()) {
                    failures = 0;
                }
                lost(e);
                if (!asked) {
                    // Requests can be served though the channel cannot be listened to.
                    listener.schemaChanged();
                    asked = true;
                }
            }
        }
    }

    private void lost(Exception failure) {
        failures++;
        Duration pause = CatalogKeeper.PAUSES.after(failures);
        observer.tell(new CatalogEvent.WatchLost(CatalogKeeper.reason(failure), pause));
        try {
            var _ = closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() throws SQLException {
        try (Connection connection =
                database.openReplicationLogin(Map.of("socketTimeout", ANSWER_SECONDS))) {
            if (channel.enabled()) {
                listen(connection);
            }
            if (channel.enabled() && Fingerprint.unneeded(connection, channel.name())) {
                hear(connection);
            } else {
                compare(connection);
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + Sql.identifier(channel.name()));
        }
        observer.tell(new CatalogEvent.ChannelHeard(channel.name()));
    }

    private void hear(Connection connection) throws SQLException {
        listener.schemaChanged();
        while (!isClosed()) {
            if (heard(connection)) {
                listener.schemaChanged();
            } else if (!connection.isValid((int) INTERVAL.toSeconds())) {
                throw new SQLException("The connection is gone.", "08006");
            }
        }
    }

    private void compare(Connection connection) throws SQLException {
        if (!comparisonTold) {
            comparisonTold = true;
            observer.tell(new CatalogEvent.ChangesLookedFor(INTERVAL));
        }
        String last = "";
        while (!isClosed()) {
            // Before the reload, which then sees at least as much.
            String now = Fingerprint.read(connection);
            if (!now.equals(last)) {
                last = now;
                listener.schemaChanged();
            }
            if (heard(connection)) {
                last = "";
            }
        }
    }

    /// Waits for notifications, for a while; whether one asks to read the schema.
    private boolean heard(Connection connection) throws SQLException {
        PGNotification[] notifications =
                connection.unwrap(PGConnection.class).getNotifications((int) INTERVAL.toMillis());
        boolean schema = false;
        if (notifications != null) {
            for (PGNotification notification : notifications) {
                switch (notification.getParameter()) {
                    case "", "reload schema" -> schema = true;
                    case "reload config" -> listener.configChanged();
                    default -> {}
                }
            }
        }
        return schema;
    }

    private boolean isClosed() {
        return closed.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    @Override
    public void close() {
        closed.countDown();
        // Ends what it waits for on its connection.
        thread.interrupt();
        try {
            var _ = thread.join(STOPPING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
