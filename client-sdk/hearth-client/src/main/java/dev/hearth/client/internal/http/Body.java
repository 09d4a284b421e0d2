package dev.hearth.client.internal.http;

import java.io.IOException;
import java.io.InputStream;

/// What a request carries.
public sealed interface Body {

    /// Nothing.
    Body NONE = new None();

    /// Nothing.
    record None() implements Body {}

    /// Bytes that are there, so that they can be sent again.
    final class Bytes implements Body {
        /// Empty for none.
        private final String contentType;

        private final byte[] bytes;

        Bytes(String contentType, byte[] bytes) {
            this.contentType = contentType;
            this.bytes = bytes;
        }

        String contentType() {
            return contentType;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /// Bytes that are read while they are sent.
    ///
    /// @param contentType empty for none
    /// @param length in bytes, -1 when nobody knows
    /// @param source opens them; a second time only when `repeatable`
    record Stream(String contentType, long length, Source source, boolean repeatable)
            implements Body {}

    /// A form of several parts, as `multipart/form-data`.
    record Form(java.util.List<Part> parts) implements Body {
        public Form {
            parts = java.util.List.copyOf(parts);
        }
    }

    /// One part of a form.
    ///
    /// @param fileName empty for a plain field
    record Part(String name, String fileName, Body body) {}

    /// Opens bytes.
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /// JSON.
    static Body json(byte[] bytes) {
        return new Bytes("application/json", bytes);
    }

    /// Bytes of some type.
    static Body of(String contentType, byte[] bytes) {
        return new Bytes(contentType, bytes);
    }
}
