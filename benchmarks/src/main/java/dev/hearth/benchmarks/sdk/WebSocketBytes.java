package dev.hearth.benchmarks.sdk;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Just enough of RFC 6455 for a sender that must cost nothing.
final class WebSocketBytes {

    static final int TEXT = 1;
    static final int BINARY = 2;
    private static final int CLOSE = 8;

    private WebSocketBytes() {}

    /// A frame of a server, or one of a client, whose mask is zero.
    static byte[] frame(int opcode, byte[] payload, boolean masked) {
        var frame = ByteBuffer.allocate(payload.length + 8);
        int mask = masked ? 0x80 : 0;
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (mask | payload.length));
        } else {
            frame.put((byte) (mask | 126)).putShort((short) payload.length);
        }
        if (masked) {
            frame.putInt(0);
        }
        frame.put(payload).flip();
        var bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /// The text of the next frame, or an empty one for a frame of another kind; null when the other
    /// side closes.
    static String read(DataInputStream in) throws IOException {
        int opcode = in.readUnsignedByte() & 15;
        int second = in.readUnsignedByte();
        int length = second & 127;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] mask = second > 127 ? in.readNBytes(4) : new byte[4];
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        if (opcode == CLOSE) {
            return null;
        }
        return opcode == TEXT ? new String(payload, StandardCharsets.UTF_8) : "";
    }

    /// The head of a request or an answer.
    static String head(DataInputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }
}
