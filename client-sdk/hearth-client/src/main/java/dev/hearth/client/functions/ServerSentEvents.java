package dev.hearth.client.functions;

import dev.hearth.client.error.FunctionsException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.internal.http.HttpStream;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The events that a function sends, as they come. Read by one thread, once; closed by any.
///
/// ```java
/// try (ServerSentEvents events = functions.stream("chat", question)) {
///     for (ServerSentEvent event : events) {
///         System.out.print(event.data());
///     }
/// }
/// ```
///
/// To ask for the next event waits for it. When the way to the function breaks, or nothing comes
/// for too long, that throws a [FunctionsException]; once this is closed there is no next event.
/// Nothing is asked for again by itself.
public final class ServerSentEvents implements Iterable<ServerSentEvent>, AutoCloseable {

    private static final int CHUNK = 8 * 1024;

    private final HttpStream answer;
    private final EventParser parser;
    private final Function<IOException, SupabaseException> broken;
    private final Function<EventParser.TooLarge, SupabaseException> tooLarge;
    private final Iterator<ServerSentEvent> iterator = new Reading();
    // Held while bytes are read, so that the body is closed by nobody else meanwhile.
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean closed;

    ServerSentEvents(
            HttpStream answer,
            int maxEventBytes,
            Function<IOException, SupabaseException> broken,
            Function<EventParser.TooLarge, SupabaseException> tooLarge) {
        this.answer = answer;
        this.parser = new EventParser(maxEventBytes);
        this.broken = broken;
        this.tooLarge = tooLarge;
    }

    /// The events, from where they were left: there is one iterator only.
    @Override
    public Iterator<ServerSentEvent> iterator() {
        return iterator;
    }

    /// The same as a stream, which closes this when it is closed.
    public Stream<ServerSentEvent> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                iterator, Spliterator.ORDERED | Spliterator.NONNULL),
                        false)
                .onClose(this::close);
    }

    /// Ends the transfer. Whoever waits for an event finds that there is none.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        answer.stop().run();
        reading.lock();
        try {
            answer.close();
        } catch (IOException overAnyway) {
            return;
        } finally {
            reading.unlock();
        }
    }

    private final class Reading implements Iterator<ServerSentEvent> {
        private final byte[] chunk = new byte[CHUNK];
        private final Queue<ServerSentEvent> read = new ArrayDeque<>();

        @Override
        public boolean hasNext() {
            while (read.isEmpty() && !closed) {
                if (!more()) {
                    close();
                }
            }
            return !closed || !read.isEmpty();
        }

        private boolean more() {
            reading.lock();
            try {
                int count = closed ? -1 : answer.body().read(chunk);
                if (count > 0) {
                    parser.feed(chunk, 0, count, read::add);
                }
                return count >= 0;
            } catch (IOException e) {
                if (closed) {
                    return false;
                }
                close();
                throw broken.apply(e);
            } catch (EventParser.TooLarge e) {
                close();
                throw tooLarge.apply(e);
            } finally {
                reading.unlock();
            }
        }

        @Override
        public ServerSentEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the stream of events is over");
            }
            return read.remove();
        }
    }
}
