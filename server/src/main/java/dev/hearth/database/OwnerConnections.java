package dev.hearth.database;

import dev.hearth.config.DatabaseUrl;
import dev.hearth.problem.Refusal;

import org.postgresql.ds.PGSimpleDataSource;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

/// New connections of the roles that lay the database; never pooled, since migrations change
/// settings of their session.
final class OwnerConnections {
    private static final String CONNECTION_FAILURE = "08";
    private static final String CANNOT_CONNECT_NOW = "57P03";

    private OwnerConnections() {}

    static DataSource as(DatabaseUrl url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url.jdbcUrl());
        url.properties().forEach((name, value) -> setProperty(source, name, value));
        source.setApplicationName("hearth");
        return source;
    }

    private static void setProperty(PGSimpleDataSource source, Object name, Object value) {
        try {
            source.setProperty(name.toString(), value.toString());
        } catch (SQLException e) {
            throw new IllegalArgumentException("unknown connection parameter " + name, e);
        }
    }

    /// Returns when the database takes connections.
    ///
    /// @param patient whether to wait for one that is not up yet, and say so
    /// @throws Refusal with [GivenDatabaseProblem.LoginRefused], or
    ///   [GivenDatabaseProblem.Unreachable] without patience
    static void await(DatabaseUrl url, boolean patient, StartProgress progress) {
        var source = as(url);
        for (var attempt = 1; ; attempt++) {
            try (var connection = source.getConnection()) {
                if (connection.isValid(0)) {
                    return;
                }
            } catch (SQLException e) {
                refuse(url, patient, e);
                if (attempt == 1) {
                    progress.step("waiting for the database " + url);
                }
            }
            pause(url);
        }
    }

    private static void refuse(DatabaseUrl url, boolean patient, SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        var reason = String.valueOf(failure.getMessage());
        if (!state.startsWith(CONNECTION_FAILURE) && !state.equals(CANNOT_CONNECT_NOW)) {
            throw new Refusal(new GivenDatabaseProblem.LoginRefused(url.toString(), reason));
        }
        if (!patient) {
            throw new Refusal(new GivenDatabaseProblem.Unreachable(url.toString(), reason));
        }
    }

    private static void pause(DatabaseUrl url) {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Refusal(new GivenDatabaseProblem.Unreachable(url.toString(), "interrupted"));
        }
    }
}
