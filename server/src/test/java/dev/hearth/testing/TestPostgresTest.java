package dev.hearth.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("all-postgres")
class TestPostgresTest {
    @Test
    void runsTheVersionThatWasAskedFor() {
        try (var database = TestPostgres.cluster().createDatabase()) {
            assertThat(database.ask("show server_version")).startsWith(TestPostgres.major() + ".");
        }
    }

    @Test
    void keepsDatabasesApart() {
        try (var one = TestPostgres.cluster().createDatabase();
                var other = TestPostgres.cluster().createDatabase()) {
            one.execute("create table only_here (id int)");
            assertThat(other.ask("select count(*) from pg_class where relname = 'only_here'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void dropsADatabaseThatHasASlotInUse() throws Exception {
        var database = TestPostgres.cluster().createDatabase();
        database.execute("select pg_create_logical_replication_slot('left_behind', 'pgoutput')");

        database.close();

        try (var other = TestPostgres.cluster().createDatabase()) {
            assertThat(other.ask("select count(*) from pg_replication_slots")).isEqualTo("0");
        }
    }

    @Test
    void givesACopyOfThePlatformItsOwnerAndItsSearchPath() {
        try (var database = TestPostgres.cluster().createPlatformDatabase()) {
            assertThat(database.ask("show search_path")).isEqualTo("\"$user\", public, extensions");
            assertThat(
                            database.ask(
                                    "select datdba::regrole from pg_database"
                                            + " where datname = current_database()"))
                    .isEqualTo("postgres");
        }
    }

    @Test
    void sortsByCodePoint() {
        try (var database = TestPostgres.cluster().createDatabase()) {
            var sorted =
                    "select string_agg(word, ' ' order by word) from unnest(array['b', 'A', 'a',"
                            + " 'Z', 'ä']) word";
            assertThat(database.ask(sorted)).isEqualTo("A Z a b ä");
        }
    }

    @Test
    void knowsTheLettersOfUnicode() {
        try (var database = TestPostgres.cluster().createDatabase()) {
            assertThat(database.ask("select upper('straße äé')")).isEqualTo("STRAßE ÄÉ");
        }
    }
}
