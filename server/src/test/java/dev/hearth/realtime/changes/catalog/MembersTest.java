package dev.hearth.realtime.changes.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.database.Work;
import dev.hearth.realtime.changes.sql.ChangeDatabase;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/// Rows of the log that were written before the catalog became what it is.
class MembersTest {

    private TestDatabase database;
    private Members members;

    @BeforeEach
    void start() throws SQLException {
        database = TestPostgres.cluster().createDatabase();
        database.execute(
                "create table things (id int primary key, a text, b text)",
                "create publication p for table things");
        members = new Members(new Owner(database), "p", (_, _) -> {});
        members.reload();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private int[] placesOf(String... logged) throws SQLException {
        return members.places(
                members.reload().named("public", "things").getFirst(), List.of(logged));
    }

    @Test
    void haveTheValueOfAColumnThatWasRenamedSince() throws SQLException {
        database.execute("alter table things rename a to headline");

        assertThat(placesOf("id", "a", "b")).containsExactly(0, 1, 2);
    }

    @Test
    void keepTheirColumnsApartWhenTwoHaveChangedNamesSince() throws SQLException {
        database.execute(
                "alter table things rename a to c",
                "alter table things rename b to a",
                "alter table things rename c to b");

        assertThat(placesOf("id", "a", "b")).containsExactly(0, 1, 2);
        assertThat(placesOf("id", "b", "a")).containsExactly(0, 1, 2);
    }

    @Test
    void lackAColumnThatIsYounger() throws SQLException {
        database.execute("alter table things drop a, add a text");

        assertThat(placesOf("id", "a", "b")).containsExactly(0, 2, -1);
    }

    @Test
    void areReadByNameWhereTheirShapeWasNeverSeen() throws SQLException {
        assertThat(placesOf("b", "id")).containsExactly(1, -1, 0);
    }

    /// The catalog as the superuser reads it.
    private record Owner(TestDatabase database) implements ChangeDatabase {

        @Override
        public <T> T catalog(Work<T> work) throws SQLException {
            try (Connection connection = authenticator()) {
                return work.run(connection);
            }
        }

        @Override
        public Connection authenticator() throws SQLException {
            return DriverManager.getConnection(
                    database.jdbcUrl(), TestPostgres.SUPERUSER, TestPostgres.PASSWORD);
        }
    }
}
