package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.Body;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.http.UrlEncoding;
import dev.hearth.client.internal.json.Json;

import java.util.Map;

/// Sends broadcasts by HTTP. Mirrors `httpSend` of realtime-js 2.119, which leaves the parameters
/// of its socket on the address.
record HttpBroadcast(Backend backend, RealtimeOptions options) {

    void send(String topic, String event, Object payload, boolean isPrivate) {
        HttpRequest request =
                HttpRequest.of(
                                "POST",
                                "/realtime/v1/api/broadcast/"
                                        + UrlEncoding.component(topic)
                                        + "/events/"
                                        + UrlEncoding.component(event))
                        .query("apikey", backend.key());
        for (Map.Entry<String, String> param : options.params().entrySet()) {
            request = request.query(param.getKey(), param.getValue());
        }
        request = request.query("vsn", options.vsn());
        if (isPrivate) {
            request = request.query("private", "true");
        }
        Body body =
                payload instanceof byte[] bytes
                        ? Body.of("application/octet-stream", bytes)
                        : Body.json(backend.json().write(payload));
        HttpAnswer answer = backend.send(request.body(body).timeout(options.timeout()));
        if (answer.status() != 202) {
            throw refused(topic, answer);
        }
    }

    private static RealtimeException refused(String topic, HttpAnswer answer) {
        String reason =
                answer.status() == 404
                        ? "the server knows no broadcast by HTTP; it needs realtime 2.97.0 or newer"
                        : answer.status() + " " + reason(answer);
        return new RealtimeException(
                "the broadcast was refused: " + reason,
                "BroadcastRefused",
                topic,
                answer.status(),
                answer.request(),
                null);
    }

    private static String reason(HttpAnswer answer) {
        try {
            JsonNode body = Json.parse(answer.text());
            String error = body.path("error").asText("");
            return error.isEmpty() ? body.path("message").asText("") : error;
        } catch (JsonMappingException noJson) {
            return "";
        }
    }
}
