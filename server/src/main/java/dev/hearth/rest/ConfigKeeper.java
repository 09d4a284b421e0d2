package dev.hearth.rest;

import dev.hearth.config.RestConfig;
import dev.hearth.config.RestSettingEvent;
import dev.hearth.config.SettingProblem;
import dev.hearth.database.Database;
import dev.hearth.database.InDatabaseSettings;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.catalog.CatalogSettings;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Keeps the settings in force: those of the environment, with those of the database over them, and
/// of the schemas only those that are there. Safe for any thread.
final class ConfigKeeper {

    private static final String SCHEMAS = "select nspname from pg_catalog.pg_namespace";

    private final RestConfig given;
    private final Database database;
    private final Observer observer;
    private volatile RestConfig current;

    /// @param given by the environment
    ConfigKeeper(RestConfig given, Database database, Observer observer) {
        this.given = given;
        this.database = database;
        this.observer = observer;
        this.current = given;
    }

    RestConfig current() {
        return current;
    }

    /// Reads the database's part again. Where that fails, what was in force stays so. Blocks.
    ///
    /// @return what the catalog is read with
    CatalogSettings refreshed() {
        try {
            current = exposing(overlaid());
        } catch (SQLException e) {
            observer.tell(new RestEvent.SettingsUnread(e.getSQLState()));
        } catch (Refusal refusal) {
            observer.tell(new RestEvent.NothingServed(refusal.problem().message()));
        }
        return new CatalogSettings(
                current.schemas(), current.extraSearchPath(), current.hoistedSettings());
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
        if (!exposed.leftOut().isEmpty() && !exposed.config().equals(current)) {
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
