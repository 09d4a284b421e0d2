package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

@Tag("all-postgres")
class DatabaseTest {

    @Test
    void letsWhatIsUnderWayEndWhenThePoolsClose() {
        try (var database = TestPostgres.cluster().createPlatformDatabase()) {
            var closing = TappedPools.open(database, database.url("authenticator"), 1);
            var running = CompletableFuture.supplyAsync(() -> sleep(closing));
            await().until(() -> sleeps(database));
            closing.close();

            assertThat(running.join()).isEqualTo("1");
        }
    }

    private static String sleep(Database pools) {
        try {
            return pools.asSystem(DatabaseTest::value);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String value(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select 1 from pg_sleep(0.5)")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static boolean sleeps(TestDatabase database) {
        return !database.ask(
                        "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and"
                                + " datname = current_database()")
                .equals("0");
    }
}
