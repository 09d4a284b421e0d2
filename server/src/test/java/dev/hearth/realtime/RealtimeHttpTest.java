package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.RequestLine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/// Broadcasts over HTTP, and what is told there: realtime.md 7.2, 7.3 and 11.
class RealtimeHttpTest {

    private static final String SINGLE = "/realtime/v1/api/broadcast/{topic}/events/{event}";

    @Test
    void comesAsABatchOverHttp() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "");

            Answer answer =
                    server.batch(
                            "{'messages':[{'topic':'a','event':'e','payload':{'n':1.50}},{'topic':'a','event':'f','payload':{},'id':'i'}]}");

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.content()).isEmpty();
            client.expect(
                    "[null,null,'realtime:a','broadcast',{'event':'e','payload':{'n':1.50},'type':'broadcast'}]");
            client.expect(
                    "[null,null,'realtime:a','broadcast',{'event':'f','payload':{},'type':'broadcast','meta':{'id':'i'}}]");
        }
    }

    @Test
    void dropsPrivateMessagesOfABatch() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "");

            Answer answer =
                    server.batch(
                            "{'messages':[{'topic':'a','event':'e','payload':{},'private':true}]}");

            assertThat(answer.status()).isEqualTo(202);
            client.expectNothingElse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}|{'errors':{'messages':['can't be blank']}}",
                "{'messages':[]}|{'errors':{'messages':['can't be blank']}}",
                "{'messages':5}|{'errors':{'messages':['is invalid']}}",
                "{'messages':[{'topic':'a','event':'e'},{'topic':'a','event':'e','payload':{}}]}|{'errors':{'messages':[{'payload':['can't"
                    + " be blank']},{}]}}",
                "{'messages':[{'topic':5,'payload':'x'}]}|{'errors':{'messages':[{'topic':['is"
                        + " invalid'],'event':['can't be blank'],'payload':['is invalid']}]}}",
            })
    void refusesABadBatch(String body, String errors) throws Exception {
        try (var server = TestRealtime.start()) {
            Answer answer = server.batch(body);

            assertThat(answer.status()).isEqualTo(422);
            assertThat(text(answer).replace('"', '\'')).isEqualTo(errors);
        }
    }

    @Test
    void refusesABatchOverThePayloadLimit() throws Exception {
        try (var server = TestRealtime.start("MAX_PAYLOAD_SIZE_IN_KB", "1")) {
            Answer answer =
                    server.batch(
                            "{'messages':[{'topic':'a','event':'e','payload':{'a':'%s'}}]}"
                                    .formatted("x".repeat(1_500)));

            assertThat(answer.status()).isEqualTo(422);
            assertThat(text(answer))
                    .isEqualTo(
                            "{\"errors\":{\"messages\":[{\"payload\":[\"Payload size exceeds tenant"
                                    + " limit\"]}]}}");
        }
    }

    @Test
    void refusesABatchThatIsNoJson() throws Exception {
        try (var server = TestRealtime.start()) {
            assertThat(server.batch("{").status()).isEqualTo(400);
        }
    }

    @Test
    void refusesMoreMessagesThanAllowedOverHttp() throws Exception {
        try (var server = TestRealtime.start("MAX_EVENTS_PER_SECOND", "1")) {
            String two =
                    "{'messages':[{'topic':'a','event':'e','payload':{}},{'topic':'a','event':'e','payload':{}}]}";
            Answer answer = server.batch(two);
            for (int i = 0; i < 20 && answer.status() == 202; i++) {
                answer = server.batch(two);
            }

            assertThat(answer.status()).isEqualTo(429);
            assertThat(text(answer))
                    .isEqualTo(
                            "{\"message\":\"Too many messages to broadcast, please reduce the batch"
                                    + " size\"}");
            assertThat(answer.header("x-rate-limit")).contains("1");
        }
    }

    @Test
    void refusesMoreSinglesThanAllowedOverHttp() throws Exception {
        try (var server = TestRealtime.start("MAX_EVENTS_PER_SECOND", "1")) {
            Answer answer = single(server, "application/json", "{}");
            for (int i = 0; i < 50 && answer.status() == 202; i++) {
                answer = single(server, "application/json", "{}");
            }

            assertThat(answer.status()).isEqualTo(429);
            assertThat(text(answer))
                    .isEqualTo("{\"message\":\"You have exceeded your rate limit\"}");
        }
    }

    @Test
    void comesAsASingleJsonOverHttp() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:room:1", "");

            Answer answer = single(server, "application/json; charset=utf-8", "{\"a\":1}");

            assertThat(answer.status()).isEqualTo(202);
            assertThat(HexFormat.of().formatHex(client.binary()))
                    .isEqualTo(
                            "040f040001" + hex("realtime:room:1") + hex("ev x") + hex("{\"a\":1}"));
        }
    }

    @Test
    void comesAsSingleBytesOverHttp() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:room:1", "");

            single(server, "application/octet-stream", "xyz");

            assertThat(HexFormat.of().formatHex(client.binary()))
                    .isEqualTo("040f040000" + hex("realtime:room:1") + hex("ev x") + hex("xyz"));
        }
    }

    @Test
    void refusesASinglePrivateBroadcast() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:room:1", "");

            Answer answer = single(server, "application/json", "{}", "private=true");

            assertThat(answer.status()).isEqualTo(403);
            assertThat(text(answer)).isEqualTo("{\"message\":\"Unauthorized\"}");
            client.expectNothingElse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "text/plain|x|415|{'error':'Unsupported Media Type. Use application/json or"
                        + " application/octet-stream'}",
                "application/json|{|400|{'message':'The body is not valid JSON'}",
            })
    void refusesABadSingleBroadcast(String type, String body, int status, String error)
            throws Exception {
        try (var server = TestRealtime.start()) {
            Answer answer = single(server, type, body);

            assertThat(answer.status()).isEqualTo(status);
            assertThat(text(answer).replace('"', '\'')).isEqualTo(error);
        }
    }

    @Test
    void refusesASingleBroadcastOverThePayloadLimit() throws Exception {
        try (var server = TestRealtime.start("MAX_PAYLOAD_SIZE_IN_KB", "1")) {
            assertThat(single(server, "application/octet-stream", "x".repeat(1_501)).status())
                    .isEqualTo(422);
        }
    }

    @Test
    void refusesABroadcastWithABadToken() throws Exception {
        try (var server = TestRealtime.start()) {
            var route =
                    server.realtime.routes().stream()
                            .filter(r -> r.path().equals("/api/broadcast"))
                            .findFirst()
                            .orElseThrow();

            Answer answer =
                    route.handler()
                            .handle(
                                    new Request(
                                            RequestLine.of(Method.POST, ""),
                                            Map.of(),
                                            Headers.NONE,
                                            new Credential.Bearer("x"),
                                            InetAddress.getLoopbackAddress(),
                                            "id",
                                            new TestRealtime.Body(new byte[0])));

            assertThat(answer.status()).isEqualTo(401);
            assertThat(text(answer)).isEqualTo("{\"message\":\"Unauthorized\"}");
        }
    }

    @Test
    void tellsHowItIs() throws Exception {
        try (var server = TestRealtime.start()) {
            server.databaseConnected = false;

            assertThat(text(get(server, "/realtime/v1/healthcheck"))).isEqualTo("ok");
            assertThat(text(get(server, "/realtime/v1/api/ping")))
                    .isEqualTo("{\"message\":\"Success\"}");
            assertThat(text(get(server, "/api/tenants/{id}/health")))
                    .isEqualTo(
                            "{\"data\":{\"healthy\":false,\"db_connected\":false,\"replication_connected\":true,\"connected_cluster\":0,\"region\":null,\"node\":\"hearth\"}}");
        }
    }

    private static Answer get(TestRealtime server, String path) throws Exception {
        return server.ask(Method.GET, path, Map.of(), "", new byte[0]);
    }

    private static Answer single(TestRealtime server, String type, String body, String... query)
            throws Exception {
        return server.ask(
                Method.POST,
                SINGLE,
                Map.of("topic", "room:1", "event", "ev x"),
                type,
                body.getBytes(StandardCharsets.UTF_8),
                query);
    }

    private static String text(Answer answer) {
        return new String(answer.content(), StandardCharsets.UTF_8);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
