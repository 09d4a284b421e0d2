package dev.hearth.client.storage;

import dev.hearth.client.internal.http.Body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The bytes of a file to be sent. Always as the body itself, as storage-js sends what is no Blob:
/// storage takes that and forms alike, and only a form would have to be parsed on its way.
interface Content {

    /// As a body of some content type.
    Body body(String type);

    /// Lets go of what was to be read.
    default void done() {}

    static Content of(byte[] bytes) {
        return type -> Body.of(type, bytes);
    }

    static Content of(Path file) {
        return type -> {
            try {
                long length = Files.size(file);
                Body.Source source = () -> Files.newInputStream(file);
                return new Body.Stream(type, length, new Opened(source, Optional.of(length)), true);
            } catch (IOException e) {
                throw new IllegalArgumentException("there is no file " + file + " to send", e);
            }
        };
    }

    static Content of(InputStream stream, Optional<Long> length) {
        return new Content() {
            @Override
            public Body body(String type) {
                return new Body.Stream(
                        type, length.orElse(-1L), new Opened(() -> stream, length), false);
            }

            @Override
            public void done() {
                try {
                    stream.close();
                } catch (IOException nobodyReadsItAnyMore) {
                    return;
                }
            }
        };
    }

    static Content of(PublishedBytes published, Optional<Long> length) {
        return new Content() {
            @Override
            public Body body(String type) {
                return new Body.Stream(
                        type, length.orElse(-1L), new Opened(published, length), false);
            }

            @Override
            public void done() {
                published.stop();
            }
        };
    }

    /// Bytes of a length that may be known.
    record Opened(Body.Source source, Optional<Long> length) implements Body.Source {
        @Override
        public InputStream open() throws IOException {
            return length.isPresent() ? new Sized(source.open(), length.get()) : source.open();
        }

        @Override
        public void stop() {
            source.stop();
        }
    }

    /// Tells when there are more or fewer bytes than the head of the request said.
    final class Sized extends FilterInputStream {
        private final long length;
        private long gone;

        Sized(InputStream bytes, long length) {
            super(bytes);
            this.length = length;
        }

        @Override
        public int read() throws IOException {
            int unit = in.read();
            count(unit < 0 ? -1 : 1);
            return unit;
        }

        @Override
        public int read(byte[] into, int offset, int size) throws IOException {
            int count = in.read(into, offset, size);
            count(count);
            return count;
        }

        private void count(int count) throws IOException {
            if (count > 0) {
                gone += count;
            }
            if (gone > length || (count < 0 && gone < length)) {
                throw new IOException(
                        "it was said to have "
                                + length
                                + " bytes and has "
                                + (gone > length ? "more" : gone));
            }
        }
    }
}
