package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.internal.json.Json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a channel joins; made when somebody subscribes.
///
/// @param topic with `realtime:`
/// @param name without
/// @param config JSON
/// @param bindings JSON of each binding that is asked for
/// @param patience for the answer
record Plan(String topic, String name, String config, List<String> bindings, Duration patience) {

    String payload(String token) {
        return "{\"config\":" + config + ",\"access_token\":" + Json.quote(token) + "}";
    }

    /// What the server made of the bindings.
    ///
    /// @param ids by binding; empty where the server told none
    record Match(List<Long> ids, Optional<RealtimeException> mismatch) {}

    /// Compares by position and content.
    Match match(JsonNode response) {
        JsonNode answered = response.path("postgres_changes");
        if (bindings.isEmpty() || !answered.isArray()) {
            return new Match(List.of(), Optional.empty());
        }
        var ids = new ArrayList<Long>();
        for (int i = 0; i < bindings.size(); i++) {
            if (!ChangeFilter.same(Json.parse(bindings.get(i)), answered.path(i))) {
                return new Match(List.of(), Optional.of(mismatch(answered)));
            }
            ids.add(answered.path(i).path("id").asLong());
        }
        return new Match(List.copyOf(ids), Optional.empty());
    }

    private RealtimeException mismatch(JsonNode answered) {
        return new RealtimeException(
                "mismatch between server and client bindings for postgres changes: asked for ["
                        + String.join(",", bindings)
                        + "], the server took "
                        + answered,
                "BindingMismatch",
                name);
    }
}
