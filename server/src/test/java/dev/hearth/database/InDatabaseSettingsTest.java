package dev.hearth.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.RestConfig.FunctionName;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

@Tag("all-postgres")
class InDatabaseSettingsTest {

    private static final Optional<FunctionName> FUNCTION =
            Optional.of(new FunctionName(Optional.of("public"), "Settings"));

    private TestDatabase database;

    @BeforeEach
    void open() throws SQLException {
        database = Databases.withPlatform(true);
        sql(
                """
                create function public."Settings"() returns void language plpgsql as $$
                begin
                    perform set_config('pgrst.db_max_rows', '1', true),
                            set_config('pgrst.db_schemas', 'of_function', true),
                            set_config('pgrst.db_anon_role', 'of_function', true);
                end $$;
                grant execute on function public."Settings"() to authenticator;
                """);
    }

    @AfterEach
    void close() throws SQLException {
        sql("alter role authenticator reset pgrst.db_schemas");
        database.close();
    }

    @Test
    void whatIsSetForTheRoleInTheDatabaseWinsOverTheRoleAndThatOverTheFunction()
            throws SQLException {
        sql("alter role authenticator set pgrst.db_schemas = 'of_role'");
        sql(in("alter role authenticator in database %s set pgrst.db_max_rows = '3'"));

        assertThat(read(FUNCTION))
                .containsEntry("pgrst.db_anon_role", "of_function")
                .containsEntry("pgrst.db_schemas", "of_role")
                .containsEntry("pgrst.db_max_rows", "3");
    }

    @Test
    void theRoleInTheDatabaseWinsOverTheRole() throws SQLException {
        sql("alter role authenticator set pgrst.db_schemas = 'of_role'");
        sql(in("alter role authenticator in database %s set pgrst.db_schemas = 'a=b, c'"));

        assertThat(read(Optional.empty())).containsEntry("pgrst.db_schemas", "a=b, c");
    }

    @Test
    void whatIsSetForTheDatabaseHasNoEffect() throws SQLException {
        sql(in("alter database %s set pgrst.db_max_rows = '4'"));

        assertThat(read(Optional.empty())).doesNotContainKey("pgrst.db_max_rows");
    }

    @Test
    void otherSettingsOfTheRoleAreNotRead() throws SQLException {
        assertThat(read(Optional.empty())).doesNotContainKey("statement_timeout");
    }

    @Test
    void whatASessionBeganWithIsForgotten() throws SQLException {
        sql(in("alter role authenticator in database %s set pgrst.jwt_aud = 'old'"));
        try (Connection connection = database.connect("authenticator")) {
            sql(in("alter role authenticator in database %s reset pgrst.jwt_aud"));

            assertThat(InDatabaseSettings.read(connection, FUNCTION))
                    .doesNotContainKey("pgrst.jwt_aud");
        }
    }

    @Test
    void leavesTheConnectionAsItWas() throws SQLException {
        try (Connection connection = database.connect("authenticator")) {
            var _ = InDatabaseSettings.read(connection, FUNCTION);

            assertThat(connection.getAutoCommit()).isTrue();
            try (var statement = connection.createStatement();
                    var rows =
                            statement.executeQuery(
                                    "select current_setting('pgrst.db_max_rows', true),"
                                            + " current_setting('transaction_read_only')")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isNullOrEmpty();
                assertThat(rows.getString(2)).isEqualTo("off");
            }
        }
    }

    @Test
    void aFunctionThatIsMissingIsTold() throws SQLException {
        var missing = Optional.of(new FunctionName(Optional.empty(), "no\"such"));
        try (Connection connection = database.connect("authenticator")) {
            assertThatThrownBy(() -> InDatabaseSettings.read(connection, missing))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("42883"));
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    private Map<String, String> read(Optional<FunctionName> function) throws SQLException {
        try (Connection connection = database.connect("authenticator")) {
            return InDatabaseSettings.read(connection, function);
        }
    }

    private String in(String sql) {
        return sql.formatted(Sql.identifier(database.name()));
    }

    private void sql(String sql) throws SQLException {
        var _ = Databases.ask(database, TestPostgres.SUPERUSER, sql);
    }
}
