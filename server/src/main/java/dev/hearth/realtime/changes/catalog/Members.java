package dev.hearth.realtime.changes.catalog;

import dev.hearth.realtime.changes.sql.ChangeDatabase;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/// The publication as it was last read. Safe for any thread.
public final class Members {

    private final ChangeDatabase database;
    private final String publication;
    private final BiConsumer<Publication, Publication> listener;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Publication current = Publication.NONE;

    /// @param listener hears of each reading, former and new, before anybody sees the new one's
    ///   changes
    public Members(
            ChangeDatabase database,
            String publication,
            BiConsumer<Publication, Publication> listener) {
        this.database = database;
        this.publication = publication;
        this.listener = listener;
    }

    /// As it was last read.
    public Publication current() {
        return current;
    }

    /// Reads it again. Blocks.
    public Publication reload() throws SQLException {
        reading.lock();
        try {
            Publication former = current;
            Publication now =
                    database.catalog(
                            connection -> PublicationCatalog.read(connection, publication));
            current = now;
            listener.accept(former, now);
            return now;
        } finally {
            reading.unlock();
        }
    }
}
