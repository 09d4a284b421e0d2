package dev.hearth.client.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The body of an answer as it comes. What breaks it is told as the SDK's exception, which is the
/// cause of the `IOException`; its end gives the connection back, and so does closing.
final class AnswerBody extends FilterInputStream {

    private final Attempt attempt;

    AnswerBody(InputStream body, Attempt attempt) {
        super(body);
        this.attempt = attempt;
    }

    @Override
    public int read() throws IOException {
        try {
            return counted(super.read());
        } catch (IOException e) {
            throw told(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return counted(super.read(into, offset, length));
        } catch (IOException e) {
            throw told(e);
        }
    }

    @Override
    public long skip(long count) throws IOException {
        try {
            return super.skip(count);
        } catch (IOException e) {
            throw told(e);
        }
    }

    @Override
    public void close() throws IOException {
        attempt.over();
        super.close();
    }

    private int counted(int read) {
        if (read < 0) {
            attempt.over();
        }
        return read;
    }

    private IOException told(IOException cause) {
        var failure = attempt.failure(cause);
        attempt.over();
        return new IOException(failure.getMessage(), failure);
    }
}
