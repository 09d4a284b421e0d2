package dev.hearth.client.realtime;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.realtime.JsonText.MalformedException;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.function.Supplier;

/// Frames to the channels they are for; what is no frame, or for nobody, is reported. Used in turns
/// only.
final class Router {

    /// The socket's own topic.
    private static final String SOCKET = "phoenix";

    /// Hears the answers to heartbeats.
    interface Heartbeats {
        void answered(@Nullable String ref, boolean ok);
    }

    private final Map<String, Line> lines;
    private final Notices notices;
    private final Heartbeats heartbeats;

    Router(Map<String, Line> lines, Notices notices, Heartbeats heartbeats) {
        this.lines = lines;
        this.notices = notices;
        this.heartbeats = heartbeats;
    }

    /// @param size in characters or bytes
    void route(Supplier<Incoming> read, int size) {
        try {
            route(read.get());
        } catch (MalformedException e) {
            notices.protocolError(
                    "a frame of " + size + " characters is malformed: " + e.getMessage());
        } catch (StringIndexOutOfBoundsException e) {
            notices.protocolError("a frame of " + size + " characters ends too soon");
        } catch (JsonMappingException e) {
            notices.protocolError("a frame of " + size + " characters holds no JSON");
        }
    }

    private void route(Incoming frame) {
        @Nullable Line line = lines.get(frame.topic());
        if (line != null) {
            line.frame(frame);
        } else if (frame.topic().equals(SOCKET) && frame instanceof Incoming.Text answer) {
            heartbeats.answered(
                    answer.ref(),
                    Json.parse(answer.payload()).path("status").asText().equals("ok"));
        } else if (!isLate(frame)) {
            notices.protocolError("topic " + frame.topic() + " is none of this client's channels");
        }
    }

    /// What was on its way when a channel was left.
    private static boolean isLate(Incoming frame) {
        return frame instanceof Incoming.Text text
                && (text.event().equals("phx_close") || text.event().equals("phx_reply"));
    }
}
