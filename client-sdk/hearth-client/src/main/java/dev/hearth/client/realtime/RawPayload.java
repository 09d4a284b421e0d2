package dev.hearth.client.realtime;

import java.nio.charset.StandardCharsets;

/// What a broadcast carries, as it came: JSON, or the sender's own bytes. Immutable.
public final class RawPayload {

    private final byte[] bytes;
    private final boolean json;

    RawPayload(byte[] bytes, boolean json) {
        this.bytes = bytes;
        this.json = json;
    }

    /// Whether it is JSON.
    public boolean isJson() {
        return json;
    }

    /// The JSON.
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// The bytes, a copy of them.
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return (json ? "JSON of " : "") + bytes.length + " bytes";
    }
}
