package dev.hearth.rest;

import dev.hearth.config.RestConfig;
import dev.hearth.config.RestSettingEvent;
import dev.hearth.config.SettingProblem;
import dev.hearth.database.Database;
import dev.hearth.database.InDatabaseSettings;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.caller.Callers;
import dev.hearth.rest.catalog.CatalogSettings;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Keeps the settings in force: those of the environment, with those of the database over them, and
/// of the schemas only those that are there. Safe for any thread.
final class ConfigKeeper {

    private static final String SCHEMAS = "select nspname from pg_catalog.pg_namespace";

    private final RestConfig given;
    private final Function<RestConfig, Callers> callersOf;
    private final Database database;
    private final Observer observer;
    private volatile InForce current;

    /// What is in force.
    ///
    /// @param callers say who asks, by these settings
    record InForce(RestConfig config, Callers callers) {}

    /// @param given by the environment
    /// @param callersOf makes those who say who asks
    ConfigKeeper(
            RestConfig given,
            Function<RestConfig, Callers> callersOf,
            Database database,
            Observer observer) {
        this.given = given;
        this.callersOf = callersOf;
        this.database = database;
        this.observer = observer;
        this.current = new InForce(given, callersOf.apply(given));
    }

    InForce current() {
        return current;
    }

    /// Reads the database's part again. Where that fails, what was in force stays so. Blocks.
    ///
    /// @return what the catalog is read with
    CatalogSettings refreshed() {
        try {
            RestConfig config = exposing(overlaid());
            if (!config.equals(current.config())) {
                current = new InForce(config, callersOf.apply(config));
            }
        } catch (SQLException e) {
            observer.tell(new RestEvent.SettingsUnread(String.valueOf(e.getSQLState())));
        } catch (Refusal refusal) {
            observer.tell(new RestEvent.SettingsRefused(refusal.problem().message()));
        }
        RestConfig config = current.config();
        return new CatalogSettings(
                config.schemas(), config.extraSearchPath(), config.hoistedSettings());
    }

    private RestConfig overlaid() throws SQLException {
        if (!given.reload().inDatabase()) {
            return given;
        }
        try (Connection connection = database.authenticator()) {
            Map<String, String> inDatabase =
                    InDatabaseSettings.read(connection, given.reload().preConfig());
            RestConfig.Overlaid overlaid = given.with(inDatabase);
            for (SettingProblem problem : overlaid.ignored()) {
                observer.tell(new RestSettingEvent.Ignored(problem));
            }
            return overlaid.config();
        }
    }

    private RestConfig exposing(RestConfig config) throws SQLException {
        RestConfig.Exposed exposed = config.exposing(database.asSystem(ConfigKeeper::schemas));
        if (!exposed.leftOut().isEmpty() && !exposed.config().equals(current.config())) {
            observer.tell(new RestSettingEvent.SchemasLeftOut(exposed.leftOut()));
        }
        return exposed.config();
    }

    private static Set<String> schemas(Connection connection) throws SQLException {
        var names = new HashSet<String>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SCHEMAS)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
