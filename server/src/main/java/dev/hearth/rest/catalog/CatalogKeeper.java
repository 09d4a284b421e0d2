package dev.hearth.rest.catalog;

import dev.hearth.database.Database;
import dev.hearth.database.Pauses;
import dev.hearth.observe.Observer;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Keeps the snapshot that requests are planned against, and makes a new one when the schema has
/// changed. A reload builds beside the one in use and then takes its place; one that fails leaves
/// it there and is tried again, after 250 milliseconds and then ever later, up to 32 seconds.
///
/// Learns of changes by a notification (payload empty or `reload schema`), which event triggers
/// send where there are such, and else by looking every five seconds. However many ask at once,
/// there is one reload at once, and one 100 milliseconds later for those who asked meanwhile.
///
/// Two threads: one reads catalogs and calls the listeners, the other waits for changes. Safe for
/// any thread.
///
/// Mirrors PostgREST v14 `src/PostgREST/Listener.hs` and `src/PostgREST/AppState.hs`, but for what
/// a failure does: there the old snapshot is dropped.
public final class CatalogKeeper implements AutoCloseable {

    /// Where reloads can be asked for.
    ///
    /// @param name `PGRST_DB_CHANNEL`
    /// @param enabled `PGRST_DB_CHANNEL_ENABLED`; changes are looked for in either case
    public record Channel(String name, boolean enabled) {

        /// What holds where nothing is set.
        public static final Channel DEFAULT = new Channel("pgrst", true);
    }

    /// Between attempts, as upstream's.
    static final Pauses PAUSES = new Pauses(Duration.ofMillis(250), Duration.ofSeconds(32));

    private static final Duration AT_MOST_EVERY = Duration.ofMillis(100);
    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final Database database;
    private final Supplier<CatalogSettings> settings;
    private final Observer observer;
    private final CatalogReader reader = new CatalogReader();
    private final CatalogWatch watch;
    private final Thread thread = Thread.ofVirtual().name("catalog-keeper").unstarted(this::keep);
    private final List<Consumer<Catalog>> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<Catalog> current = Optional.empty();

    // Of the thread alone.
    private int failures;

    // Guarded by the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean wanted;
    private boolean closed;

    private CatalogKeeper(
            Database database,
            Supplier<CatalogSettings> settings,
            Channel channel,
            Consumer<CatalogKeeper> configChanged,
            Observer observer) {
        this.database = database;
        this.settings = settings;
        this.observer = observer;
        this.watch =
                new CatalogWatch(
                        database,
                        channel,
                        new CatalogWatch.Listener() {
                            @Override
                            public void schemaChanged() {
                                reload();
                            }

                            @Override
                            public void configChanged() {
                                configChanged.accept(CatalogKeeper.this);
                            }
                        },
                        observer);
    }

    /// Begins to keep, and returns at once: a database that is down is waited for.
    ///
    /// @param settings asked for at each reload
    /// @param configChanged told that `reload config` was notified; asks for a reload itself where
    ///   the new settings need one. Called on the thread that waits for changes
    public static CatalogKeeper start(
            Database database,
            Supplier<CatalogSettings> settings,
            Channel channel,
            Consumer<CatalogKeeper> configChanged,
            Observer observer) {
        var keeper = new CatalogKeeper(database, settings, channel, configChanged, observer);
        keeper.thread.start();
        keeper.watch.start();
        return keeper;
    }

    /// The snapshot to plan against; empty until the first could be read (PGRST002).
    public Optional<Catalog> current() {
        return current;
    }

    /// Calls the listener with every later snapshot, once it is the current one, on the thread that
    /// reads them; it must be quick and must not throw.
    public void listen(Consumer<Catalog> listener) {
        listeners.add(listener);
    }

    /// Asks for a new snapshot, and returns at once.
    public void reload() {
        lock.lock();
        try {
            wanted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void keep() {
        Optional<Duration> retry = Optional.empty();
        try {
            while (awaitWish(retry)) {
                retry = load();
                Thread.sleep(AT_MOST_EVERY);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until somebody asks, or for so long; whether to go on.
    private boolean awaitWish(Optional<Duration> atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.map(Duration::toNanos).orElse(Long.MAX_VALUE);
            while (!wanted && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            wanted = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// After which pause to try again, if it is to be.
    private Optional<Duration> load() {
        long began = System.nanoTime();
        Catalog catalog;
        try {
            catalog = database.asSystem(connection -> reader.read(connection, settings.get()));
        } catch (SQLException | RuntimeException e) {
            failures++;
            Duration pause = PAUSES.after(failures);
            if (!Thread.currentThread().isInterrupted()) {
                observer.tell(
                        new CatalogEvent.CatalogNotLoaded(current.isPresent(), reason(e), pause));
            }
            return Optional.of(pause);
        }
        failures = 0;
        current = Optional.of(catalog);
        listeners.forEach(listener -> listener.accept(catalog));
        observer.tell(
                new CatalogEvent.CatalogLoaded(
                        catalog.relations().size(),
                        catalog.relationships().values().stream().mapToInt(List::size).sum(),
                        catalog.routines().size(),
                        Duration.ofNanos(System.nanoTime() - began)));
        return Optional.empty();
    }

    /// The code of an error of the database, else what kind of error it is: messages may hold what
    /// users wrote.
    static String reason(Exception failure) {
        return failure instanceof SQLException refused && refused.getSQLState() != null
                ? refused.getSQLState()
                : failure.getClass().getSimpleName();
    }

    /// Ends both threads; the last snapshot stays.
    @Override
    public void close() {
        watch.close();
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        try {
            var _ = thread.join(STOPPING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
