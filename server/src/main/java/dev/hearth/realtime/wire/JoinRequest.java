package dev.hearth.realtime.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The payload of a `phx_join` (realtime.md 3.1). Parts that make no sense have their default and
/// are named in `invalid`, as upstream does (`lib/realtime_web/channels/payloads`).
///
/// @param self whether the sender receives its own broadcasts
/// @param ack whether each broadcast is answered
/// @param presenceEnabled whether `presence_state` is wanted
/// @param presenceKey empty when the server is to make one
/// @param isPrivate whether the private room of that name is meant
/// @param replay whether a replay of stored messages is asked for
/// @param changes the entries of `postgres_changes`, in order, as sent
/// @param token the channel's own token
/// @param legacy whether there is no `config` at all, as in clients from before 2022
/// @param invalid the names of the parts that could not be read
public record JoinRequest(
        boolean self,
        boolean ack,
        boolean presenceEnabled,
        Optional<String> presenceKey,
        boolean isPrivate,
        boolean replay,
        List<ObjectNode> changes,
        Optional<String> token,
        boolean legacy,
        List<String> invalid) {

    /// Copies the lists.
    public JoinRequest {
        changes = List.copyOf(changes);
        invalid = List.copyOf(invalid);
    }

    /// Reads the payload of a join, whatever it is.
    public static JoinRequest parse(JsonNode payload) {
        var reader = new Reader();
        JsonNode config = reader.object(payload, "config");
        JsonNode broadcast = reader.object(config, "broadcast");
        JsonNode presence = reader.object(config, "presence");
        return new JoinRequest(
                reader.flag(broadcast, "self"),
                reader.flag(broadcast, "ack"),
                reader.flag(presence, "enabled"),
                reader.key(presence),
                reader.flag(config, "private"),
                broadcast.hasNonNull("replay"),
                reader.changes(config),
                reader.token(payload),
                !payload.has("config"),
                reader.invalid);
    }

    /// Without the token.
    @Override
    public String toString() {
        return "JoinRequest[changes=" + changes.size() + "]";
    }

    private static final class Reader {
        private final List<String> invalid = new ArrayList<>();

        JsonNode object(JsonNode parent, String name) {
            JsonNode found = parent.path(name);
            if (!found.isObject() && !found.isMissingNode() && !found.isNull()) {
                invalid.add(name);
            }
            return found;
        }

        boolean flag(JsonNode parent, String name) {
            JsonNode found = parent.path(name);
            if (found.isBoolean()) {
                return found.booleanValue();
            }
            String text = found.isTextual() ? found.textValue().toLowerCase(Locale.ROOT) : "";
            if (!text.equals("true") && !text.equals("false") && !found.isMissingNode()) {
                invalid.add(name);
            }
            return text.equals("true");
        }

        Optional<String> key(JsonNode presence) {
            JsonNode found = presence.path("key");
            if (found.isContainerNode()) {
                invalid.add("key");
                return Optional.empty();
            }
            return Optional.of(found.asText("")).filter(key -> !key.isEmpty() && !found.isNull());
        }

        List<ObjectNode> changes(JsonNode config) {
            JsonNode found = config.path("postgres_changes");
            List<ObjectNode> entries = new ArrayList<>();
            for (JsonNode entry : found) {
                if (found.isArray() && entry instanceof ObjectNode object) {
                    entries.add(object);
                } else if (!entry.isNull()) {
                    invalid.add("postgres_changes");
                }
            }
            if (found.isValueNode() && !found.isNull()) {
                invalid.add("postgres_changes");
            }
            return entries;
        }

        Optional<String> token(JsonNode payload) {
            for (String name : List.of("user_token", "access_token")) {
                JsonNode found = payload.path(name);
                if (found.isTextual()) {
                    return Optional.of(found.textValue());
                }
            }
            return Optional.empty();
        }
    }
}
