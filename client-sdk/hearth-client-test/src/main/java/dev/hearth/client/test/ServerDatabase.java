package dev.hearth.client.test;

import org.postgresql.PGConnection;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// Runs SQL in the server's database.
final class ServerDatabase {

    private final URI url;

    /// @param url such as `postgresql://postgres:postgres@127.0.0.1:54322/postgres`
    ServerDatabase(String url) {
        this.url = URI.create(url);
    }

    /// Runs a text of one or more statements, in one transaction unless it says otherwise.
    ///
    /// @param name what to call it in an error
    /// @return whether it changed the schema, so that the server reads its catalog anew
    /// @throws TestServerException when PostgreSQL refuses
    boolean run(String name, String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            // Event triggers tell the server on this channel.
            statement.execute("listen pgrst");
            statement.execute(sql);
            var heard = connection.unwrap(PGConnection.class).getNotifications();
            return heard != null && heard.length > 0;
        } catch (SQLException e) {
            throw failure(name, e);
        }
    }

    /// Runs one statement with values for its places.
    ///
    /// @throws TestServerException when PostgreSQL refuses
    void update(String sql, Object... values) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw failure("the statement", e);
        }
    }

    private static TestServerException failure(String name, SQLException e) {
        return new TestServerException(
                name + " failed: " + e.getMessage() + " (" + e.getSQLState() + ")", e);
    }

    private Connection connect() throws SQLException {
        String[] login = url.getUserInfo().split(":", 2);
        var properties = new Properties();
        properties.setProperty("user", login[0]);
        properties.setProperty("password", login[1]);
        properties.setProperty("ApplicationName", "hearth-client-test");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(),
                properties);
    }
}
