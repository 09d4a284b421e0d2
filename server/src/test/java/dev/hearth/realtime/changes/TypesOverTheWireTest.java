package dev.hearth.realtime.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.NodeScripts;
import dev.hearth.testing.RunningServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// Every type that a column can have, from a commit to the real client.
class TypesOverTheWireTest {

    @TempDir private Path folder;

    @Test
    void everyTypeReachesTheClientAsToJsonbHasIt() throws Exception {
        NodeScripts scripts = NodeScripts.clients();
        try (var server = RunningServer.start(folder.resolve("data"), Map.of());
                var connection = connect(server);
                var statement = connection.createStatement()) {
            statement.execute(TypeSamples.USERS_TYPES);
            var types = TypeSamples.types(query -> ask(statement, query));
            statement.execute(TypeSamples.table(types));
            Path inserts = folder.resolve("inserts.json");
            Heard.JSON.writeValue(inserts.toFile(), TypeSamples.inserts(types));

            var result =
                    scripts.run(
                            "every-type.mjs",
                            server.url(),
                            server.config().token().secretKeys().getFirst().value(),
                            server.server().databaseUrl(),
                            inserts.toString(),
                            TypeSamples.WRITER_SETTINGS,
                            TypeSamples.READER_SETTINGS);

            assertThat(result.status()).as(result.output()).isZero();
            assertThat(result.output()).contains("ok " + types.size());
        }
    }

    private static Connection connect(RunningServer server) throws SQLException {
        URI url = URI.create(server.server().databaseUrl());
        String[] user = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d%s".formatted(url.getHost(), url.getPort(), url.getPath()),
                user[0],
                user[1]);
    }

    private static String ask(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
