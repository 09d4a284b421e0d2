package dev.hearth.client.realtime;

import dev.hearth.client.internal.http.Socket;
import dev.hearth.client.realtime.JsonText.MalformedException;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Version 1.0.0.
final class WireOne extends Wire {

    @Override
    Incoming.Text read(String text) {
        var fields = new JsonText.Fields(text, 0);
        @Nullable String topic = null;
        @Nullable String event = null;
        @Nullable String ref = null;
        int from = -1;
        int to = -1;
        while (fields.next()) {
            if (fields.is("topic")) {
                requireString(text, fields.from, "topic");
                topic = topic(text, fields.from, fields.to);
            } else if (fields.is("event")) {
                requireString(text, fields.from, "event");
                event = event(text, fields.from, fields.to);
            } else if (fields.is("ref")) {
                ref = ref(text, fields.from, fields.to);
            } else if (fields.is("payload")) {
                from = fields.from;
                to = fields.to;
            }
        }
        if (topic == null || event == null || from < 0) {
            throw new MalformedException("topic, event or payload is missing");
        }
        // The server of this version never tells the join that a frame belongs to.
        return new Incoming.Text(null, ref, topic, event, text, from, to);
    }

    @Override
    Incoming.Binary read(ByteBuffer bytes) {
        throw new MalformedException("protocol 1.0.0 knows no binary frames");
    }

    @Override
    boolean write(Outgoing frame, Socket socket) {
        if (frame instanceof Outgoing.Message message) {
            return socket.send(
                    object(
                            message.topic(),
                            message.event(),
                            message.payload(),
                            message.ref(),
                            message.joinRef()));
        }
        var broadcast = (Outgoing.Broadcast) frame;
        String payload = "{\"type\":\"broadcast\",\"event\":" + quoted(broadcast.event());
        payload +=
                switch (broadcast.content().kind()) {
                    case NONE -> "}";
                    case JSON ->
                            ",\"payload\":"
                                    + new String(
                                            broadcast.content().bytes(), StandardCharsets.UTF_8)
                                    + "}";
                    case BYTES -> throw new IllegalArgumentException("bytes need protocol 2.0.0");
                };
        return socket.send(
                object(
                        broadcast.topic(),
                        "broadcast",
                        payload,
                        broadcast.ref(),
                        broadcast.joinRef()));
    }

    private static String object(
            String topic, String event, String payload, String ref, @Nullable String joinRef) {
        return "{\"topic\":"
                + quoted(topic)
                + ",\"event\":"
                + quoted(event)
                + ",\"payload\":"
                + payload
                + ",\"ref\":"
                + quoted(ref)
                + (joinRef == null ? "" : ",\"join_ref\":" + quoted(joinRef))
                + "}";
    }
}
