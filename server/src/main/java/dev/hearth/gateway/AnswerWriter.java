package dev.hearth.gateway;

import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Body;
import dev.hearth.exchange.Bytes;

import io.javalin.http.Context;

import jakarta.servlet.http.HttpServletResponse;

import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeSet;

/// Writes an [Answer] to the connection. Bytes go out as they are: not copied, and not compressed,
/// which is left to a proxy.
final class AnswerWriter {

    private static final String CONTENT_TYPE = "Content-Type";

    private AnswerWriter() {}

    /// Closes the body in the end, whatever happens. When writing fails after the first byte, the
    /// connection is cut.
    ///
    /// @throws IOException when the client has gone
    static void write(Context context, Answer answer) throws IOException {
        HttpServletResponse response = context.res();
        try {
            response.setStatus(answer.status());
            put(context, answer.fields());
            if (context.req().getMethod().equals("HEAD")) {
                // Committed before the end, so that the server does not state a length of 0.
                response.flushBuffer();
            } else if (mayHaveBody(answer.status())) {
                write(context, answer.body());
            }
        } catch (Throwable e) {
            if (response.isCommitted()) {
                cut(context, e);
            }
            throw e;
        } finally {
            answer.body().close();
        }
    }

    /// A field replaces what was there before, and joins others of its name in the same answer.
    private static void put(Context context, List<Answer.Field> fields) {
        HttpServletResponse response = context.res();
        var seen = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        for (Answer.Field field : fields) {
            if (field.name().equalsIgnoreCase(CONTENT_TYPE)) {
                putContentType(context, field.value());
            } else if (seen.add(field.name())) {
                response.setHeader(field.name(), field.value());
            } else {
                response.addHeader(field.name(), field.value());
            }
        }
    }

    /// Past the servlet's door, which takes a media type apart and writes it in its own way.
    private static void putContentType(Context context, String value) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getServletContextResponse()
                .getWrapped()
                .getHeaders()
                .put(HttpHeader.CONTENT_TYPE, value);
    }

    private static boolean mayHaveBody(int status) {
        return status >= 200 && status != 204 && status != 304;
    }

    private static void write(Context context, Body body) throws IOException {
        HttpServletResponse response = context.res();
        OutputStream out = response.getOutputStream();
        if (!(body instanceof Bytes bytes)) {
            if (context.protocol().equals("HTTP/1.1")) {
                // Also where the connection ends with the answer: a cut one must not look whole.
                response.setHeader("Transfer-Encoding", "chunked");
            }
            body.writeTo(out);
            return;
        }
        response.setContentLength(bytes.length());
        if (bytes.length() > 0 && out instanceof HttpOutput output) {
            // The last write of the answer: head and body leave together.
            output.sendContent(ByteBuffer.wrap(bytes.array()));
        } else {
            bytes.writeTo(out);
        }
    }

    /// Ends the connection without the last chunk, so that the client sees a broken answer.
    private static void cut(Context context, Throwable cause) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getServletChannel()
                .abort(cause);
    }
}
