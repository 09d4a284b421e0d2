package dev.hearth.database;

import dev.hearth.config.RestConfig;
import dev.hearth.config.RestConfig.FunctionName;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The settings of the data API that stand in the database, for [RestConfig#with]. A later one of
/// this list wins over an earlier one:
///
/// 1. what a function sets (`set_config('pgrst.db_schemas', 'api', true)`),
/// 2. `alter role authenticator set pgrst.db_schemas = 'api'`,
/// 3. `alter role authenticator in database app set pgrst.db_schemas = 'api'`.
///
/// What is set for the whole database has no effect. Mirrors
/// `PostgREST/postgrest:src/PostgREST/Config/Database.hs`.
public final class InDatabaseSettings {

    private static final String OF_THE_ROLE =
            """
            select split_part(item, '=', 1), substr(item, strpos(item, '=') + 1)
            from pg_catalog.pg_db_role_setting setting
            cross join lateral unnest(setting.setconfig) item
            where setting.setrole = (select oid from pg_catalog.pg_roles where rolname = current_user)
              and setting.setdatabase in
                  (0, (select oid from pg_catalog.pg_database where datname = current_database()))
              and split_part(item, '=', 1) = any (?)
            order by setting.setdatabase
            """;

    /// A session that is older than a setting still has what stood there when it began.
    private static final String FORGET =
            "select pg_catalog.set_config(name, '', true) from pg_catalog.unnest(?) name";

    private static final String OF_THE_FUNCTION =
            """
            select name, pg_catalog.current_setting(name, true)
            from pg_catalog.unnest(?) name
            where pg_catalog.current_setting(name, true) <> ''
            """;

    private InDatabaseSettings() {}

    /// Reads them in a transaction that is rolled back.
    ///
    /// @param connection of the login role, in auto-commit mode
    /// @param function makes settings; it may not write
    /// @return names such as `pgrst.db_schemas`, and their texts
    /// @throws SQLException also when the function fails
    public static Map<String, String> read(Connection connection, Optional<FunctionName> function)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute(connection, "set transaction read only");
            var settings = new LinkedHashMap<String, String>();
            if (function.isPresent()) {
                forget(connection);
                execute(connection, "select " + name(function.get()) + "()");
                collect(connection, OF_THE_FUNCTION, settings);
            }
            collect(connection, OF_THE_ROLE, settings);
            return settings;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static String name(FunctionName function) {
        return function.schema()
                .map(schema -> Sql.identifier(schema, function.name()))
                .orElseGet(() -> Sql.identifier(function.name()));
    }

    private static void forget(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            bindNames(connection, statement);
            statement.execute();
        }
    }

    private static void collect(Connection connection, String query, Map<String, String> settings)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            bindNames(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    settings.put(rows.getString(1), rows.getString(2));
                }
            }
        }
    }

    private static void bindNames(Connection connection, PreparedStatement statement)
            throws SQLException {
        Object[] names = RestConfig.namesInDatabase().toArray();
        statement.setArray(1, connection.createArrayOf("text", names));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
