package dev.hearth.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Bytes as a value: equal when their contents are equal. The array is shared, not copied: whoever
/// hands one over must not change it afterwards.
public final class Bytes implements Body {

    /// No bytes.
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    /// @param array taken over, not copied
    public Bytes(byte[] array) {
        this.array = array;
    }

    /// The shared array; read only.
    public byte[] array() {
        return array;
    }

    /// How many bytes.
    public int length() {
        return array.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(array);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /// The length only: contents may be secret.
    @Override
    public String toString() {
        return "Bytes[" + array.length + "]";
    }
}
