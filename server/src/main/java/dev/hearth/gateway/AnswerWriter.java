package dev.hearth.gateway;

import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Body;
import dev.hearth.exchange.Bytes;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/// Writes an [Answer] to the connection. Bytes go out as they are: not copied, and not compressed,
/// which is left to a proxy.
final class AnswerWriter {

    private AnswerWriter() {}

    /// Writes an answer and tells the callback when it has left. Bytes are not waited for; any
    /// other body is written here and now. Closes the body in the end, whatever happens.
    ///
    /// @throws IOException what the body throws, or when the client has gone: the callback was not
    ///   told then
    static void write(Call call, Answer answer) throws IOException {
        try {
            if (answer.body() instanceof Bytes bytes) {
                write(call, answer.fields(), answer.status(), bytes.array());
            } else {
                stream(call, answer);
            }
        } finally {
            answer.body().close();
        }
    }

    /// Writes an answer of bytes and tells the callback when it has left, or cannot.
    static void write(Call call, List<Answer.Field> fields, int status, byte[] body) {
        start(call, fields, status);
        if (isHead(call)) {
            commitHead(call);
        } else if (mayHaveBody(status)) {
            call.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            // The last write of the answer: head and body leave together.
            call.response().write(true, ByteBuffer.wrap(body), call.callback());
        } else {
            call.callback().succeeded();
        }
    }

    private static void stream(Call call, Answer answer) throws IOException {
        start(call, answer.fields(), answer.status());
        if (isHead(call)) {
            commitHead(call);
            return;
        }
        if (mayHaveBody(answer.status())) {
            write(call, answer.body());
        }
        call.callback().succeeded();
    }

    private static void write(Call call, Body body) throws IOException {
        if (call.request().getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1) {
            // Also where the connection ends with the answer: a cut one must not look whole.
            call.response().getHeaders().put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED);
        }
        OutputStream out = Response.asBufferedOutputStream(call.request(), call.response());
        body.writeTo(out);
        // Not in a finally: the end of a broken body must not look like its end.
        out.close();
    }

    /// Committed before the end, so that the server does not state a length of 0.
    private static void commitHead(Call call) {
        call.response().write(false, BufferUtil.EMPTY_BUFFER, call.callback());
    }

    private static boolean isHead(Call call) {
        return call.method().equals("HEAD");
    }

    private static boolean mayHaveBody(int status) {
        return status >= 200 && status != 204 && status != 304;
    }

    private static void start(Call call, List<Answer.Field> fields, int status) {
        call.response().setStatus(status);
        HttpFields.Mutable headers = call.response().getHeaders();
        for (int index = 0; index < fields.size(); index++) {
            put(headers, fields, index);
        }
        if (!call.request().consumeAvailable()) {
            // What is left of a body that nobody read stands where the next request would begin. A
            // client that is not told sends that nevertheless, and finds the connection closed.
            headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
    }

    /// A field replaces what was there before, and joins others of its name in the same answer.
    private static void put(HttpFields.Mutable headers, List<Answer.Field> fields, int index) {
        Answer.Field field = fields.get(index);
        for (int before = 0; before < index; before++) {
            if (fields.get(before).name().equalsIgnoreCase(field.name())) {
                headers.add(field.name(), field.value());
                return;
            }
        }
        headers.put(field.name(), field.value());
    }
}
