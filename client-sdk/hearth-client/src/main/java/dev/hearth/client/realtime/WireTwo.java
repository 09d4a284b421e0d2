package dev.hearth.client.realtime;

import dev.hearth.client.internal.http.Socket;
import dev.hearth.client.realtime.JsonText.MalformedException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Version 2.0.0.
final class WireTwo extends Wire {

    private static final int USER_BROADCAST_PUSH = 3;
    private static final int USER_BROADCAST = 4;
    private static final int HEADER = 5;

    private byte[] lastTopicBytes = {};
    private String lastBinaryTopic = "";

    @Override
    Incoming.Text read(String text) {
        int open = JsonText.skipBlank(text, 0);
        if (text.charAt(open) != '[') {
            throw new MalformedException("it is no array");
        }
        int joinFrom = JsonText.skipBlank(text, open + 1);
        int joinTo = JsonText.end(text, joinFrom);
        int refFrom = element(text, joinTo);
        int refTo = JsonText.end(text, refFrom);
        int topicFrom = element(text, refTo);
        requireString(text, topicFrom, "topic");
        int topicTo = JsonText.end(text, topicFrom);
        int eventFrom = element(text, topicTo);
        requireString(text, eventFrom, "event");
        int eventTo = JsonText.end(text, eventFrom);
        int from = element(text, eventTo);
        // The payload is the last element: its end need not be looked for.
        int last = text.length();
        while (text.charAt(last - 1) <= ' ') {
            last--;
        }
        if (text.charAt(last - 1) != ']' || last - 1 <= from) {
            throw new MalformedException("it ends too soon");
        }
        return new Incoming.Text(
                ref(text, joinFrom, joinTo),
                ref(text, refFrom, refTo),
                topic(text, topicFrom, topicTo),
                event(text, eventFrom, eventTo),
                text,
                from,
                last - 1);
    }

    private static int element(String text, int behind) {
        int comma = JsonText.skipBlank(text, behind);
        if (text.charAt(comma) != ',') {
            throw new MalformedException("an element is missing");
        }
        return JsonText.skipBlank(text, comma + 1);
    }

    @Override
    Incoming.Binary read(ByteBuffer bytes) {
        var frame = new byte[bytes.remaining()];
        bytes.get(frame);
        if (frame.length < HEADER) {
            throw new MalformedException("a binary frame has no head");
        }
        if (frame[0] != USER_BROADCAST) {
            throw new MalformedException("binary frames of kind " + frame[0] + " are unknown");
        }
        int eventFrom = HEADER + (frame[1] & 0xff);
        int metaFrom = eventFrom + (frame[2] & 0xff);
        int from = metaFrom + (frame[3] & 0xff);
        if (from > frame.length) {
            throw new MalformedException("a binary frame ends too soon");
        }
        return new Incoming.Binary(
                binaryTopic(frame, eventFrom),
                text(frame, eventFrom, metaFrom),
                text(frame, metaFrom, from),
                frame,
                from,
                frame[4] == 1);
    }

    private String binaryTopic(byte[] frame, int to) {
        if (!Arrays.equals(frame, HEADER, to, lastTopicBytes, 0, lastTopicBytes.length)) {
            lastTopicBytes = Arrays.copyOfRange(frame, HEADER, to);
            lastBinaryTopic = text(frame, HEADER, to);
        }
        return lastBinaryTopic;
    }

    private static String text(byte[] frame, int from, int to) {
        return new String(frame, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    boolean write(Outgoing frame, Socket socket) {
        if (frame instanceof Outgoing.Message message) {
            return socket.send(
                    "["
                            + quoted(message.joinRef())
                            + ","
                            + quoted(message.ref())
                            + ","
                            + quoted(message.topic())
                            + ","
                            + quoted(message.event())
                            + ","
                            + message.payload()
                            + "]");
        }
        return socket.send(push((Outgoing.Broadcast) frame));
    }

    private static ByteBuffer push(Outgoing.Broadcast broadcast) {
        byte[] joinRef = utf8(broadcast.joinRef());
        byte[] ref = utf8(broadcast.ref());
        byte[] topic = utf8(broadcast.topic());
        byte[] event = utf8(broadcast.event());
        Outgoing.Content content = broadcast.content();
        byte[] payload =
                content.kind() == Outgoing.Content.Kind.NONE ? utf8("{}") : content.bytes();
        var frame =
                ByteBuffer.allocate(
                        7
                                + joinRef.length
                                + ref.length
                                + topic.length
                                + event.length
                                + payload.length);
        frame.put((byte) USER_BROADCAST_PUSH)
                .put((byte) joinRef.length)
                .put((byte) ref.length)
                .put((byte) topic.length)
                .put((byte) event.length)
                .put((byte) 0)
                .put((byte) (content.kind() == Outgoing.Content.Kind.BYTES ? 0 : 1));
        frame.put(joinRef).put(ref).put(topic).put(event).put(payload);
        return frame.flip();
    }
}
