package dev.hearth.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.Config;
import dev.hearth.config.Settings;
import dev.hearth.testing.RunningServer;
import dev.hearth.testing.TestDatabase;
import dev.hearth.testing.TestPostgres;
import dev.hearth.token.NewKeys;
import dev.hearth.token.Tokens;

import org.assertj.core.api.Assertions;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The whole product in front of a database of the test cluster: what happens between a commit and
/// a socket.
final class LiveRealtime implements AutoCloseable {

    final TestDatabase database;
    private final RunningServer running;

    private LiveRealtime(TestDatabase database, RunningServer running) {
        this.database = database;
        this.running = running;
    }

    /// @param data the data folder
    /// @param statements run as superuser before the server starts
    static LiveRealtime start(Path data, String... statements) {
        TestDatabase database = TestPostgres.cluster().createPlatformDatabase();
        database.execute(statements);
        return new LiveRealtime(database, RunningServer.start(data, settings(database)));
    }

    /// What a server needs to be told to stand in front of this database.
    static Map<String, String> settings(TestDatabase database) {
        var settings = new HashMap<>(NewKeys.make(Instant.now()));
        settings.put("HEARTH_DATABASE_URL", database.url(TestPostgres.SUPERUSER));
        return settings;
    }

    void execute(String... statements) {
        database.execute(statements);
    }

    /// A socket of version 2.0.0 with the publishable key.
    SocketClient socket() {
        return socket(running.url(), running.publishableKey());
    }

    static SocketClient socket(String url, String key) {
        return SocketClient.connect(
                URI.create(
                        "%s/realtime/v1/websocket?apikey=%s&vsn=2.0.0"
                                .formatted(url.replaceFirst("^http", "ws"), key)));
    }

    /// A token of a role, for an hour.
    String token(String role, String subject) {
        return token(running.config(), role, subject);
    }

    /// The same of another project: signed with a key whose name nobody here knows.
    String foreignToken(String role, String subject) {
        var settings =
                Settings.of(
                        List.of(
                                Map.of("HEARTH_DATABASE_URL", "postgresql://a@b/c"),
                                NewKeys.make(Instant.now())));
        return token(Config.from(settings), role, subject);
    }

    String url() {
        return running.url();
    }

    String publishableKey() {
        return running.publishableKey();
    }

    static String token(Config config, String role, String subject) {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("role", role);
        claims.put("sub", subject);
        claims.put("exp", Instant.now().plus(Duration.ofHours(1)).getEpochSecond());
        return new Tokens(config.token(), Clock.systemUTC()).sign(claims);
    }

    /// A socket that has joined `realtime:<topic>` as the service role with one binding, in force.
    SocketClient following(String topic, String binding) {
        SocketClient client = socket();
        follow(client, topic, token("service_role", "nobody"), binding);
        return client;
    }

    /// Joins with one binding and waits until it is in force.
    static void follow(SocketClient client, String topic, String token, String binding) {
        client.send(
                "['1','1','realtime:%s','phx_join',{'config':{'postgres_changes':[%s]},'access_token':'%s'}]"
                        .formatted(topic, binding, token));
        JsonNode reply = client.text();
        Assertions.assertThat(reply.at("/4/status").asText()).as(reply.toString()).isEqualTo("ok");
        JsonNode note = client.text();
        Assertions.assertThat(note.at("/4/message").asText())
                .as(note.toString())
                .isEqualTo("Subscribed to PostgreSQL");
    }

    /// The `data` of the next change, past what is said meanwhile.
    static JsonNode change(SocketClient client) {
        return await(client, message -> message.get(3).asText().equals("postgres_changes"))
                .at("/4/data");
    }

    /// The `message` of the next `system` message of that status, past everything else.
    static String note(SocketClient client, String status) {
        return await(
                        client,
                        message ->
                                message.get(3).asText().equals("system")
                                        && message.at("/4/status").asText().equals(status))
                .at("/4/message")
                .asText();
    }

    static JsonNode await(SocketClient client, Predicate<JsonNode> wanted) {
        JsonNode message = client.text();
        while (!wanted.test(message)) {
            message = client.text();
        }
        return message;
    }

    @Override
    public void close() {
        running.close();
        database.close();
    }
}
