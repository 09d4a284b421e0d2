package dev.hearth.exchange;

import java.nio.ByteBuffer;
import java.util.List;

/// One or more whole WebSocket messages, encoded once and shared by every receiver. Immutable, safe
/// for any thread. Compared by identity: the same object is the same messages.
///
/// In the buffer stands the payload of the first message, and behind it the other messages as
/// complete unmasked frames of RFC 6455 (header and payload). A writer who puts the header of the
/// first message in front therefore sends all of them in one write.
public final class SocketFrames {

    private static final int FINAL = 0x80;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;

    private final boolean text;
    private final int firstLength;
    private final byte[] bytes;

    private SocketFrames(boolean text, int firstLength, byte[] bytes) {
        this.text = text;
        this.firstLength = firstLength;
        this.bytes = bytes;
    }

    /// A text message.
    ///
    /// @param utf8 taken over, not copied
    public static SocketFrames text(byte[] utf8) {
        return new SocketFrames(true, utf8.length, utf8);
    }

    /// A binary message.
    ///
    /// @param payload taken over, not copied
    public static SocketFrames binary(byte[] payload) {
        return new SocketFrames(false, payload.length, payload);
    }

    /// The same messages, in order, in one buffer.
    ///
    /// @param parts at least one
    public static SocketFrames joined(List<SocketFrames> parts) {
        SocketFrames first = parts.getFirst();
        if (parts.size() == 1) {
            return first;
        }
        int size = first.bytes.length;
        for (SocketFrames part : parts.subList(1, parts.size())) {
            size += headerLength(part.firstLength) + part.bytes.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        buffer.put(first.bytes);
        for (SocketFrames part : parts.subList(1, parts.size())) {
            header(buffer, part);
            buffer.put(part.bytes);
        }
        return new SocketFrames(first.text, first.firstLength, buffer.array());
    }

    /// Whether the first message is text.
    public boolean isText() {
        return text;
    }

    /// The length of the first message's payload in bytes.
    public int firstLength() {
        return firstLength;
    }

    /// The length of the buffer in bytes.
    public int size() {
        return bytes.length;
    }

    /// A new view of the shared bytes, ready to be read; they must not be changed.
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes);
    }

    private static int headerLength(int payload) {
        if (payload < 126) {
            return 2;
        }
        return payload <= 0xFFFF ? 4 : 10;
    }

    private static void header(ByteBuffer buffer, SocketFrames part) {
        buffer.put((byte) (FINAL | (part.text ? TEXT : BINARY)));
        int length = part.firstLength;
        switch (headerLength(length)) {
            case 2 -> buffer.put((byte) length);
            case 4 -> buffer.put((byte) 126).putShort((short) length);
            default -> buffer.put((byte) 127).putLong(length);
        }
    }

    /// The size only: contents may be personal.
    @Override
    public String toString() {
        return "SocketFrames[" + bytes.length + "]";
    }
}
