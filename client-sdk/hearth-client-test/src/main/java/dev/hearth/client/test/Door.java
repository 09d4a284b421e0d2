package dev.hearth.client.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// The server's HTTP side, for what the kit asks itself: without the client that is being tested.
///
/// @param url of the server
record Door(String url) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(30).toMillis();

    /// An answer.
    record Reply(int status, JsonNode body) {}

    Reply get(String path, String key) {
        return ask("GET", path, key, "");
    }

    Reply post(String path, String key, Map<String, ?> body) {
        return ask("POST", path, key, JSON.valueToTree(body).toString());
    }

    private Reply ask(String method, String path, String key, String body) {
        try {
            var connection = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestMethod(method);
            connection.setRequestProperty("apikey", key);
            connection.setRequestProperty("Authorization", "Bearer " + key);
            if (!body.isEmpty()) {
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                try (var out = connection.getOutputStream()) {
                    out.write(body.getBytes(StandardCharsets.UTF_8));
                }
            }
            int status = connection.getResponseCode();
            try (InputStream in =
                    status < HttpURLConnection.HTTP_BAD_REQUEST
                            ? connection.getInputStream()
                            : connection.getErrorStream()) {
                return new Reply(
                        status, in == null ? JSON.missingNode() : JSON.readTree(in.readAllBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
