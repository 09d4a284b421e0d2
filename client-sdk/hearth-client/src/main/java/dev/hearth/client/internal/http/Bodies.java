package dev.hearth.client.internal.http;

import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

import okio.BufferedSink;
import okio.Okio;
import okio.Source;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/// Bodies as OkHttp sends them.
final class Bodies {

    private static final Set<String> NEED_ONE = Set.of("POST", "PUT", "PATCH");

    private Bodies() {}

    static @Nullable RequestBody of(HttpRequest request) {
        RequestBody body = of(request.body());
        return body == null && NEED_ONE.contains(request.method())
                ? RequestBody.create(new byte[0])
                : body;
    }

    private static @Nullable RequestBody of(Body body) {
        if (body instanceof Body.Bytes bytes) {
            return RequestBody.create(bytes.bytes(), type(bytes.contentType()));
        }
        if (body instanceof Body.Stream stream) {
            return new Streaming(stream);
        }
        if (body instanceof Body.Form form) {
            var multipart = new MultipartBody.Builder().setType(MultipartBody.FORM);
            for (Body.Part part : form.parts()) {
                RequestBody content = of(part.body());
                multipart.addFormDataPart(
                        part.name(),
                        part.fileName().isEmpty() ? null : part.fileName(),
                        content == null ? RequestBody.create(new byte[0]) : content);
            }
            return multipart.build();
        }
        return null;
    }

    private static @Nullable MediaType type(String contentType) {
        return contentType.isEmpty() ? null : MediaType.parse(contentType);
    }

    private static final class Streaming extends RequestBody {
        private final Body.Stream stream;

        Streaming(Body.Stream stream) {
            this.stream = stream;
        }

        @Override
        public @Nullable MediaType contentType() {
            return type(stream.contentType());
        }

        @Override
        public long contentLength() {
            return stream.length();
        }

        @Override
        public boolean isOneShot() {
            return !stream.repeatable();
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (Source source = Okio.source(new Told(stream.source()))) {
                sink.writeAll(source);
            }
        }
    }

    /// The program's bytes could not be read: its own trouble, not the connection's.
    static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /// Tells trouble of the program's bytes from that of the connection.
    private static final class Told extends InputStream {
        private final InputStream bytes;

        Told(Body.Source source) throws IOException {
            try {
                bytes = source.open();
            } catch (IOException e) {
                throw new Unreadable(e);
            }
        }

        @Override
        public int read() throws IOException {
            try {
                return bytes.read();
            } catch (Body.Silence e) {
                throw e;
            } catch (IOException e) {
                throw new Unreadable(e);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return bytes.read(into, offset, length);
            } catch (Body.Silence e) {
                throw e;
            } catch (IOException e) {
                throw new Unreadable(e);
            }
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
