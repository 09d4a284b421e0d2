package dev.hearth.client.internal.http;

import dev.hearth.client.error.SupabaseException;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/// A body that arrives. Its trouble is told in the SDK's words, with the exception as the cause.
final class Arriving extends FilterInputStream {

    private final Function<IOException, SupabaseException> words;

    Arriving(InputStream bytes, Function<IOException, SupabaseException> words) {
        super(bytes);
        this.words = words;
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            throw told(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return in.read(into, offset, length);
        } catch (IOException e) {
            throw told(e);
        }
    }

    private IOException told(IOException e) {
        SupabaseException named = words.apply(e);
        return new IOException(named.getMessage(), named);
    }
}
