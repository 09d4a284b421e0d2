package dev.hearth.replication;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// Bytes as a value: equal when their content is.
final class Bytes {

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    static Bytes of(byte... content) {
        return new Bytes(content.clone());
    }

    /// Takes `length` bytes from the buffer.
    static Bytes read(ByteBuffer from, int length) {
        var content = new byte[length];
        from.get(content);
        return new Bytes(content);
    }

    byte[] toArray() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(content);
    }
}
