package dev.hearth.client.test;

import com.fasterxml.jackson.databind.JsonNode;

import java.net.HttpURLConnection;
import java.util.Map;
import java.util.UUID;

/// Makes users of the server, and signs them in.
///
/// They come by the door for anonymous ones, which needs no letter to be read; then the database is
/// told their address, as if they had confirmed it, and the session is refreshed, so that the
/// server itself says who they are.
///
/// @param database of the server
/// @param anonKey of the server
record Accounts(Door door, ServerDatabase database, String anonKey) {

    private static final String KNOWN =
            """
            update auth.users
            set email = ?, email_confirmed_at = now(), is_anonymous = false,
                raw_app_meta_data = '{"provider": "email", "providers": ["email"]}'
            where id = ?
            """;

    private static final String IDENTITY =
            """
            insert into auth.identities
                (provider_id, user_id, identity_data, provider,
                 last_sign_in_at, created_at, updated_at)
            select id::text, id, jsonb_build_object('sub', id, 'email', email), 'email',
                   now(), now(), now()
            from auth.users where id = ?
            """;

    /// A user with a session.
    record Account(UUID id, String email, String accessToken, String refreshToken) {}

    /// @throws TestServerException when the server does not sign them up
    Account create(String name) {
        JsonNode anonymous = session(name, "/auth/v1/signup", Map.of("data", Map.of("name", name)));
        UUID id = UUID.fromString(anonymous.path("user").path("id").asText());
        String email = name + "-" + id + "@example.test";
        database.update(KNOWN, email, id);
        database.update(IDENTITY, id);
        JsonNode known =
                session(
                        name,
                        "/auth/v1/token?grant_type=refresh_token",
                        Map.of("refresh_token", anonymous.path("refresh_token").asText()));
        return new Account(
                id,
                email,
                known.path("access_token").asText(),
                known.path("refresh_token").asText());
    }

    private JsonNode session(String name, String path, Map<String, ?> body) {
        Door.Reply reply = door.post(path, anonKey, body);
        if (reply.status() != HttpURLConnection.HTTP_OK) {
            throw new TestServerException(
                    "the user "
                            + name
                            + " could not be signed in: status "
                            + reply.status()
                            + " "
                            + reply.body().path("error_code").asText()
                            + "; TestServer.log() has the server's last words");
        }
        return reply.body();
    }
}
