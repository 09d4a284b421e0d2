package dev.hearth.client.internal.http;

import java.io.IOException;
import java.io.InputStream;

/// What a request carries.
public sealed interface Body {

    /// Nothing.
    Body NONE = new None();

    /// The call has ended early, so whoever waits for bytes to send shall wait no more. From any
    /// thread.
    default void stop() {}

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
            implements Body {
        @Override
        public void stop() {
            source.stop();
        }
    }

    /// A form of several parts, as `multipart/form-data`.
    record Form(java.util.List<Part> parts) implements Body {
        public Form {
            parts = java.util.List.copyOf(parts);
        }

        @Override
        public void stop() {
            parts.forEach(part -> part.body().stop());
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

        /// Whoever reads gets an exception at once, where that can be done. From any thread.
        default void stop() {}
    }

    /// Nothing to send has come for as long as the request allows silence.
    final class Silence extends IOException {
        private static final long serialVersionUID = 1L;

        /// @param message what came to nothing, and what to do
        public Silence(String message) {
            super(message);
        }
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
