package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.token.Caller;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Tokens of channels: realtime.md 3.6 and 5.
class RealtimeTokenTest {

    private final NoChanges changes = new NoChanges();

    @Test
    void refusesATokenThatIsNone() throws Exception {
        refuses(
                "realtime:a",
                "{'access_token':'x'}",
                "MalformedJWT: The token provided is not a valid JWT");
    }

    @Test
    void refusesATokenThatHasRunOut() throws Exception {
        try (var server = TestRealtime.start()) {
            refuses(
                    server,
                    "{'access_token':'%s'}".formatted(server.token("anon", Duration.ofSeconds(-7))),
                    "InvalidJWTToken: Token has expired 7 seconds ago");
        }
    }

    @Test
    void refusesATokenWithoutItsClaims() throws Exception {
        try (var server = TestRealtime.start()) {
            refuses(
                    server,
                    "{'access_token':'%s'}"
                            .formatted(server.tokens.sign(RawHandshake.claims("{\"sub\":\"x\"}"))),
                    "InvalidJWTToken: Fields `role` and `exp` are required in JWT");
        }
    }

    @Test
    void refusesAForgedToken() throws Exception {
        try (var server = TestRealtime.start()) {
            String[] parts = server.token("anon", Duration.ofHours(1)).split("\\.", -1);
            refuses(
                    server,
                    "{'access_token':'%s.%s.%s'}".formatted(parts[0], parts[1], "A".repeat(43)),
                    "JwtSignatureError: Failed to validate JWT signature");
        }
    }

    @Test
    void refusesATokenWithoutASigner() throws Exception {
        refuses(
                "realtime:a",
                "{'access_token':'%s'}".formatted(RawHandshake.unsigned("{\"alg\":\"none\"}")),
                "JwtSignerError: Failed to generate JWT signer, check your JWT secret or JWKS"
                        + " configuration");
    }

    @Test
    void takesTheKeyOfTheSocketForATokenThatIsAKey() throws Exception {
        try (var server = TestRealtime.start(changes);
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{%s},'access_token':'sb_publishable_x'}]"
                            .formatted(NoChanges.BINDINGS));
            client.text();

            assertThat(changes.all.getFirst().caller()).isEqualTo(Caller.ofRole("anon"));
        }
    }

    @Test
    void changesTheCallerWithANewToken() throws Exception {
        try (var server = TestRealtime.start(changes);
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{%s}}]"
                            .formatted(NoChanges.BINDINGS));
            client.text();
            client.text();
            String token = server.token("authenticated", Duration.ofHours(1));
            String message =
                    "['1','2','realtime:a','access_token',{'access_token':'%s'}]".formatted(token);

            client.send(message).send(message);

            assertThat(client.text().at("/4/message").asText())
                    .isEqualTo("Subscribed to PostgreSQL");
            client.expectNothingElse();
            assertThat(changes.all.getFirst().changed())
                    .extracting(Caller::role)
                    .containsExactly("authenticated");
        }
    }

    @Test
    void ignoresATokenThatIsNoneOrAKey() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "");

            client.send("['1','2','realtime:a','access_token',{'access_token':null}]");
            client.send("[null,'2','realtime:a','access_token',{'access_token':'sb_x'}]");

            client.expectNothingElse();
        }
    }

    @Test
    void endsTheChannelOnABadToken() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.join("realtime:a", "");

            client.send("['1','2','realtime:a','access_token',{'access_token':'x'}]");

            expectShutdown(client, "The token provided is not a valid JWT");
        }
    }

    @Test
    void endsTheChannelNotTheSocketWhenItsTokenRunsOut() throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.send(
                    "['1','1','realtime:a','phx_join',{'config':{},'access_token':'%s'}]"
                            .formatted(server.token("authenticated", Duration.ofSeconds(5))));
            client.text();

            server.clock.forward(Duration.ofSeconds(6));

            expectShutdown(client, "Token has expired 1 seconds ago");
            client.expectNothingElse();
        }
    }

    private static void expectShutdown(SocketClient client, String message) {
        client.expect(
                "['1',null,'realtime:a','system',{'extension':'system','status':'error','message':'%s','channel':'a'}]"
                        .formatted(message));
        client.expect("['1','1','realtime:a','phx_close',{}]");
    }

    private static void refuses(String topic, String payload, String reason) throws Exception {
        try (var server = TestRealtime.start();
                var client = server.two()) {
            client.send("['1','1','%s','phx_join',%s]".formatted(topic, payload));

            client.expect(
                    "['1','1','%s','phx_reply',{'status':'error','response':{'reason':'%s'}}]"
                            .formatted(topic, reason));
            client.expectNothingElse();
        }
    }

    private static void refuses(TestRealtime server, String payload, String reason) {
        try (var client = server.two()) {
            client.send("['1','1','realtime:a','phx_join',%s]".formatted(payload));

            client.expect(
                    "['1','1','realtime:a','phx_reply',{'status':'error','response':{'reason':'%s'}}]"
                            .formatted(reason));
        }
    }
}
