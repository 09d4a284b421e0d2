package dev.hearth.realtime.changes.value;

import dev.hearth.exchange.Bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON as it grows, in UTF-8. For one thread.
public final class JsonBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    /// @param capacity bytes to begin with
    public JsonBuffer(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    /// How many bytes so far.
    public int length() {
        return length;
    }

    /// One character of JSON's own, in ASCII.
    public JsonBuffer put(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /// Text that is JSON already.
    public JsonBuffer raw(String json) {
        encode(json);
        return this;
    }

    /// Bytes that are JSON already.
    public JsonBuffer raw(Bytes json) {
        return raw(json.array());
    }

    /// `null`.
    public JsonBuffer nothing() {
        return raw(NULL);
    }

    /// A JSON string. Control characters, quotes and backslashes are escaped, and halves of a
    /// surrogate pair, which UTF-8 cannot hold; the rest stands as it is.
    public JsonBuffer string(String text) {
        room(text.length() + 2);
        bytes[length++] = '"';
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || (Character.isSurrogate(c) && isLone(text, i))) {
                encode(text.substring(from, i));
                escape(c);
                from = i + 1;
            } else if (Character.isHighSurrogate(c)) {
                i++;
            }
        }
        encode(from == 0 ? text : text.substring(from));
        return put('"');
    }

    /// What was written.
    public Bytes toBytes() {
        return new Bytes(Arrays.copyOf(bytes, length));
    }

    /// What was written, as text.
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static boolean isLone(String text, int at) {
        return !(Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1)));
    }

    private void escape(char c) {
        room(6);
        bytes[length++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[length++] = (byte) c;
            case '\b' -> bytes[length++] = 'b';
            case '\f' -> bytes[length++] = 'f';
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            default -> {
                bytes[length++] = 'u';
                for (int shift = 12; shift >= 0; shift -= 4) {
                    bytes[length++] = HEX[c >> shift & 15];
                }
            }
        }
    }

    private void encode(String text) {
        raw(text.getBytes(StandardCharsets.UTF_8));
    }

    private JsonBuffer raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
