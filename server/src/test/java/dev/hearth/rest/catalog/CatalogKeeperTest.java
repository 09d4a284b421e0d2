package dev.hearth.rest.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.config.DatabaseUrl;
import dev.hearth.database.Database;
import dev.hearth.observe.Event;
import dev.hearth.observe.Observer;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

@Tag("all-postgres")
class CatalogKeeperTest {

    private static final CatalogSettings SETTINGS =
            new CatalogSettings(List.of("public"), List.of(), CatalogSettings.HOISTED);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestDatabase server = TestPostgres.cluster().createPlatformDatabase();
    private final Observer observer = new Observer();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Database database = open();
    private final AtomicInteger configChanges = new AtomicInteger();
    private Optional<CatalogKeeper> started = Optional.empty();

    @BeforeEach
    void observe() {
        observer.listen(events::add);
        server.execute("create table public.t (id int primary key)");
    }

    @AfterEach
    void close() {
        started.ifPresent(CatalogKeeper::close);
        database.close();
        server.close();
    }

    private Database open() {
        var login = DatabaseUrl.parse("DATABASE_URL", server.url(Fixture.READER));
        return Database.open(
                new Database.Logins(login, login, login),
                new Database.Limits(1, Duration.ofSeconds(10)),
                observer);
    }

    private CatalogKeeper start(CatalogKeeper.Channel channel) {
        var keeper =
                CatalogKeeper.start(
                        database,
                        () -> SETTINGS,
                        channel,
                        _ -> configChanges.incrementAndGet(),
                        observer);
        started = Optional.of(keeper);
        return keeper;
    }

    private CatalogKeeper start() {
        return start(CatalogKeeper.Channel.DEFAULT);
    }

    private void dropTriggers() {
        server.execute("drop event trigger pgrst_ddl_watch", "drop event trigger pgrst_drop_watch");
    }

    private static boolean has(CatalogKeeper keeper, String table) {
        return keeper.current()
                .flatMap(catalog -> catalog.relation(new QualifiedName("public", table)))
                .isPresent();
    }

    private static void awaitTable(CatalogKeeper keeper, String table) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> has(keeper, table));
    }

    private <E extends Event> void awaitEvent(Class<E> event) {
        await().atMost(PATIENCE).until(() -> events.stream().anyMatch(event::isInstance));
    }

    @Test
    void thereIsNoSnapshotUntilOneCouldBeRead() {
        server.execute("revoke select on pg_catalog.pg_rewrite from public");
        var keeper = start();
        awaitEvent(CatalogEvent.CatalogNotLoaded.class);
        assertThat(keeper.current()).isEmpty();
        server.execute("grant select on pg_catalog.pg_rewrite to public");
        awaitTable(keeper, "t");
    }

    @Test
    void aChangeIsSeenByTheEventTrigger() {
        var keeper = start();
        awaitTable(keeper, "t");
        server.execute("create table public.later (id int)");
        awaitTable(keeper, "later");
        assertThat(events).noneMatch(CatalogEvent.ChangesLookedFor.class::isInstance);
    }

    @Test
    void aChangeIsSeenByLookingWhereNothingTells() {
        dropTriggers();
        var keeper = start();
        awaitTable(keeper, "t");
        assertThat(events).anyMatch(CatalogEvent.ChangesLookedFor.class::isInstance);
        server.execute("create table public.later (id int)");
        awaitTable(keeper, "later");
    }

    @Test
    void aChangeIsSeenWithoutTheChannel() {
        var keeper = start(new CatalogKeeper.Channel("pgrst", false));
        awaitTable(keeper, "t");
        assertThat(events).noneMatch(CatalogEvent.ChannelHeard.class::isInstance);
        server.execute("create table public.later (id int)");
        awaitTable(keeper, "later");
    }

    @Test
    void aNotificationIsEnough() {
        var keeper = start(new CatalogKeeper.Channel("My Channel", true));
        awaitTable(keeper, "t");
        var before = keeper.current();
        server.execute("notify \"My Channel\"");
        await().atMost(PATIENCE).until(() -> !keeper.current().equals(before));
    }

    @Test
    void otherPayloadsAreIgnored() {
        var keeper = start();
        awaitTable(keeper, "t");
        awaitIdle();
        var before = keeper.current();
        server.execute("notify pgrst, 'nonsense'", "notify pgrst, 'reload config'");
        await().atMost(PATIENCE).until(() -> configChanges.get() == 1);
        assertThat(keeper.current()).isEqualTo(before);
    }

    /// Until nothing that was asked for before is still to come.
    private void awaitIdle() {
        int[] seen = {-1};
        await().during(Duration.ofMillis(500))
                .atMost(PATIENCE)
                .until(
                        () -> {
                            int before = seen[0];
                            seen[0] = loads();
                            return before == seen[0];
                        });
    }

    private int loads() {
        return (int) events.stream().filter(CatalogEvent.CatalogLoaded.class::isInstance).count();
    }

    @Test
    void manyNotificationsAreFewReloads() {
        var keeper = start();
        awaitTable(keeper, "t");
        for (int time = 0; time < 100; time++) {
            server.execute("notify pgrst, 'reload schema'");
        }
        server.execute("create table public.later (id int)");
        awaitTable(keeper, "later");
        assertThat(loads()).isLessThan(60);
    }

    @Test
    void listenersGetEverySnapshot() {
        var keeper = start();
        awaitTable(keeper, "t");
        var told = new CopyOnWriteArrayList<Catalog>();
        keeper.listen(told::add);
        server.execute("create table public.later (id int)");
        awaitTable(keeper, "later");
        await().atMost(PATIENCE).until(() -> keeper.current().filter(told::contains).isPresent());
    }

    @Test
    void aFailingReloadKeepsTheSnapshotAndIsTriedAgain() {
        var keeper = start();
        awaitTable(keeper, "t");
        server.execute(
                "revoke select on pg_catalog.pg_rewrite from public",
                "create table public.later (id int)");
        awaitEvent(CatalogEvent.CatalogNotLoaded.class);
        assertThat(has(keeper, "t")).isTrue();
        assertThat(has(keeper, "later")).isFalse();
        server.execute("grant select on pg_catalog.pg_rewrite to public");
        awaitTable(keeper, "later");
    }

    @Test
    void whatChangedWhileTheConnectionWasLostIsRead() {
        var keeper = start();
        awaitTable(keeper, "t");
        server.execute(
                """
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()\
                """,
                "create table public.later (id int)");
        awaitTable(keeper, "later");
        awaitEvent(CatalogEvent.WatchLost.class);
        server.execute("create table public.and_later (id int)");
        awaitTable(keeper, "and_later");
    }

    @Test
    void whatChangesDuringTheFirstLoadIsRead() throws SQLException {
        try (Connection holding = server.connect(TestPostgres.SUPERUSER);
                var statement = holding.createStatement()) {
            holding.setAutoCommit(false);
            // The load has its view of the database by then.
            statement.execute("lock table pg_catalog.pg_description in access exclusive mode");
            var keeper = start();
            await().atMost(PATIENCE).until(this::loadWaits);
            server.execute("create table public.later (id int)");
            holding.commit();
            awaitTable(keeper, "t");
            awaitTable(keeper, "later");
        }
    }

    private boolean loadWaits() {
        return server.ask(
                        """
                        select exists (select from pg_stat_activity
                            where datname = current_database() and wait_event_type = 'Lock')\
                        """)
                .equals("t");
    }

    @Test
    void closingEndsBothThreads() {
        var keeper = start();
        awaitTable(keeper, "t");
        keeper.close();
        var before = keeper.current();
        await().atMost(PATIENCE)
                .until(
                        () ->
                                server.ask(
                                                """
                                                select count(*) from pg_stat_activity
                                                where datname = current_database()
                                                    and query ilike 'listen%'\
                                                """)
                                        .equals("0"));
        keeper.reload();
        assertThat(keeper.current()).isEqualTo(before);
    }
}
