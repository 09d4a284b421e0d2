package dev.hearth.client.functions;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Bytes to events, after the HTML standard, 9.2.6: lines end with CR, LF or both; a byte order
/// mark at the start counts for nothing; a blank line sends off what was gathered, if there was any
/// data; what the end of the stream cuts off is dropped. For one thread.
///
/// ```text
/// : a comment
/// id: 7
/// event: token
/// data: Hel
/// data: lo
///
/// ```
final class EventParser {

    /// A line, or an event's data, has too many bytes.
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final int MAX_RETRY_DIGITS = 12;

    private final int maxBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean afterReturn;
    private boolean begun;

    private String event = "";
    private @Nullable StringBuilder data;
    private long dataBytes;
    private String lastId = "";
    private Optional<Duration> retry = Optional.empty();

    /// @param maxBytes of a line, and of the data of an event
    EventParser(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// Takes what came next, cut anywhere.
    ///
    /// @throws TooLarge beyond the limit; the parser is of no use then
    void feed(byte[] bytes, int offset, int length, Consumer<ServerSentEvent> events) {
        int from = offset;
        for (int at = offset; at < offset + length; at++) {
            boolean feedAfterReturn = afterReturn && bytes[at] == '\n';
            afterReturn = bytes[at] == '\r';
            if (feedAfterReturn) {
                from = at + 1;
            } else if (bytes[at] == '\n' || bytes[at] == '\r') {
                gather(bytes, from, at - from);
                from = at + 1;
                ended(events);
            }
        }
        gather(bytes, from, offset + length - from);
    }

    private void gather(byte[] bytes, int from, int count) {
        if (line.size() + count > maxBytes) {
            throw new TooLarge();
        }
        line.write(bytes, from, count);
    }

    private void ended(Consumer<ServerSentEvent> events) {
        int size = line.size();
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (!begun && text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        begun = true;
        if (text.isEmpty()) {
            dispatch(events);
            return;
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            field(text, "", size);
        } else if (colon > 0) {
            int value = colon + (text.startsWith(" ", colon + 1) ? 2 : 1);
            field(text.substring(0, colon), text.substring(value), size);
        }
    }

    private void field(String name, String value, int bytes) {
        switch (name) {
            case "data" -> data(value, bytes);
            case "event" -> event = value;
            case "id" -> lastId = value.indexOf('\0') < 0 ? value : lastId;
            case "retry" -> {
                if (value.matches("[0-9]{1," + MAX_RETRY_DIGITS + "}")) {
                    retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
                }
            }
            default -> {
                // The standard passes over fields that it does not know.
            }
        }
    }

    private void data(String value, int bytes) {
        dataBytes += bytes;
        if (dataBytes > maxBytes) {
            throw new TooLarge();
        }
        if (data == null) {
            data = new StringBuilder(value);
        } else {
            data.append('\n').append(value);
        }
    }

    private void dispatch(Consumer<ServerSentEvent> events) {
        String type = event.isEmpty() ? "message" : event;
        StringBuilder gathered = data;
        event = "";
        data = null;
        dataBytes = 0;
        if (gathered != null) {
            events.accept(new ServerSentEvent(type, gathered.toString(), lastId, retry));
        }
    }
}
