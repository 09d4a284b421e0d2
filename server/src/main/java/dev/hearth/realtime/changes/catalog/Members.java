package dev.hearth.realtime.changes.catalog;

import dev.hearth.realtime.changes.sql.ChangeDatabase;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// The publication as it was last read. Safe for any thread.
public final class Members {

    /// Earlier shapes that are remembered of a table.
    private static final int MOST_SHAPES = 8;

    private final ChangeDatabase database;
    private final String publication;
    private final BiConsumer<Publication, Publication> listener;
    private final ReentrantLock reading = new ReentrantLock();
    private final Map<Long, List<Table>> earlier = new ConcurrentHashMap<>();
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

    /// For each column of a table its place in a row of the log, or -1. The catalog may have moved
    /// on since the row was written: when its columns now are not those of the row, an earlier
    /// shape tells which column had which name, so that a value is never taken for another
    /// column's.
    ///
    /// @param names the row's columns, in the order of the log
    public int[] places(Table table, List<String> names) {
        if (table.carried().equals(names)) {
            return table.placesIn(names);
        }
        return earlier.getOrDefault(table.oid(), List.of()).stream()
                .filter(shape -> shape.carried().equals(names))
                .findFirst()
                .map(shape -> table.placesIn(names, shape))
                .orElseGet(() -> table.placesIn(names));
    }

    /// Reads it again. Blocks.
    public Publication reload() throws SQLException {
        reading.lock();
        try {
            Publication former = current;
            Publication now =
                    database.catalog(
                            connection -> PublicationCatalog.read(connection, publication));
            keepEarlierShapes(former, now);
            current = now;
            listener.accept(former, now);
            return now;
        } finally {
            reading.unlock();
        }
    }

    private void keepEarlierShapes(Publication former, Publication now) {
        for (Table table : former.tables()) {
            if (now.table(table.oid()).filter(table::hasColumnsOf).isEmpty()) {
                earlier.merge(
                        table.oid(),
                        List.of(table),
                        (known, latest) ->
                                Stream.concat(latest.stream(), known.stream())
                                        .limit(MOST_SHAPES)
                                        .toList());
            }
        }
    }
}
