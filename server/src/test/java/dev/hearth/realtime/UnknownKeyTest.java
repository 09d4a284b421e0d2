package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/// A token that names a key which this project does not have, at every door: realtime.md 1.2, 3.6,
/// 5.2 and 7.2, auth.md 2.2.
class UnknownKeyTest {

    @TempDir private static Path data;

    @AutoClose private static LiveRealtime live;
    private static String token;
    private static String problem;

    @BeforeAll
    static void start() {
        live = LiveRealtime.start(data);
        token = live.foreignToken("authenticated", "00000000-0000-0000-0000-00000000000a");
        problem =
                "Failed to generate JWT signer for key ID (kid) \\\"%s\\\", check your JWT secret or"
                                .formatted(keyId())
                        + " JWKS configuration";
    }

    private static String keyId() {
        return JWT.decode(token).getKeyId();
    }

    @Test
    void isNamedByTheHandshake() throws Exception {
        int port = URI.create(live.url()).getPort();
        try (var raw = new RawHandshake(port, "/realtime/v1/websocket?vsn=2.0.0&apikey=" + token)) {
            HttpResponse<String> answer = raw.response();

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("{\"error\":\"" + problem + "\"}");
        }
    }

    @Test
    void isCutWhereItsNameIsTooLong() throws Exception {
        String header = "{\"alg\":\"ES256\",\"kid\":\"%s\"}".formatted("k".repeat(65));
        int port = URI.create(live.url()).getPort();
        try (var raw =
                new RawHandshake(
                        port,
                        "/realtime/v1/websocket?vsn=2.0.0&apikey="
                                + RawHandshake.unsigned(header))) {
            assertThat(raw.response().body())
                    .contains("(kid) \\\"%s\\\",".formatted("k".repeat(64)));
        }
    }

    @Test
    void isNamedByAJoin() {
        try (var client = live.socket()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{},'access_token':'%s'}]"
                            .formatted(token));

            client.expect(
                    "['1','1','realtime:a','phx_reply',{'status':'error','response':{'reason':'JwtSignerError: %s'}}]"
                            .formatted(problem));
        }
    }

    @Test
    void endsAChannelThatGetsIt() {
        try (var client = live.socket()) {
            client.join("realtime:a", "");

            client.send(
                    "['1','2','realtime:a','access_token',{'access_token':'%s'}]".formatted(token));

            client.expect(
                    "['1',null,'realtime:a','system',{'extension':'system','status':'error','message':'%s','channel':'a'}]"
                            .formatted(problem));
            client.expect("['1','1','realtime:a','phx_close',{}]");
        }
    }

    @Test
    void mayNotBroadcastOverHttp() throws Exception {
        HttpResponse<String> answer =
                ask(
                        request("/realtime/v1/api/broadcast")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    }

    @Test
    void isNamedByTheUserEndpoint() throws Exception {
        HttpResponse<String> answer = ask(request("/auth/v1/user").GET());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains(
                        "invalid JWT: unable to parse or verify signature, token is unverifiable:"
                                + " error while executing keyfunc: unrecognized JWT kid %s for"
                                        .formatted(keyId())
                                + " algorithm ES256");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(live.url() + path))
                .header("apikey", live.publishableKey())
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + token);
    }

    private static HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
