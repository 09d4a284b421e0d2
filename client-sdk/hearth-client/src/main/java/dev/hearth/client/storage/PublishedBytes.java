package dev.hearth.client.storage;

import dev.hearth.client.internal.http.Body;
import dev.hearth.client.time.Timers;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What a publisher gives, to be read once. It is subscribed to when the request is sent, and asked
/// for no more than [#MOST_BUFFERS] that have not been read, so that it goes at the connection's
/// pace. Safe for any thread: one reads, others publish and stop.
///
/// The lock is never held while the publisher works: it may publish in the middle of being asked.
final class PublishedBytes implements Body.Source {

    /// How many buffers are asked for and not read yet, at most.
    static final int MOST_BUFFERS = 4;

    private final Flow.Publisher<? extends ByteBuffer> publisher;
    private final Timers timers;
    private final Duration silence;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Under the lock.
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable IOException broken;
    private boolean opened;
    private boolean complete;

    /// @param silence the longest time in which it may give nothing; zero for no end
    PublishedBytes(
            Flow.Publisher<? extends ByteBuffer> publisher, Timers timers, Duration silence) {
        this.publisher = publisher;
        this.timers = timers;
        this.silence = silence;
    }

    @Override
    public InputStream open() throws IOException {
        lock.lock();
        try {
            if (opened) {
                throw new IOException("a publisher is read once");
            }
            opened = true;
        } finally {
            lock.unlock();
        }
        try {
            publisher.subscribe(new Subscriber());
        } catch (RuntimeException e) {
            fail(failure(e));
        }
        return new Reader();
    }

    @Override
    public void stop() {
        fail(new IOException("nobody reads any more"));
    }

    private static IOException failure(Throwable thrown) {
        return new IOException("the publisher failed: " + thrown, thrown);
    }

    /// Nothing more is taken, and the publisher told so, unless all is over already.
    private void fail(IOException why) {
        Flow.@Nullable Subscription cancelled = null;
        lock.lock();
        try {
            if (broken == null && !complete) {
                broken = why;
                cancelled = subscription;
                waiting.clear();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (cancelled != null) {
            cancelled.cancel();
        }
    }

    private void more() {
        Flow.@Nullable Subscription asked;
        lock.lock();
        try {
            asked = complete || broken != null ? null : subscription;
        } finally {
            lock.unlock();
        }
        if (asked != null) {
            ask(asked, 1);
        }
    }

    private void ask(Flow.Subscription asked, long count) {
        try {
            asked.request(count);
        } catch (RuntimeException e) {
            fail(failure(e));
        }
    }

    /// The next buffer, or null at the end.
    private @Nullable ByteBuffer next() throws IOException {
        lock.lock();
        try {
            if (isUndecided()) {
                await();
            }
            if (broken != null) {
                throw broken;
            }
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isUndecided() {
        return waiting.isEmpty() && !complete && broken == null;
    }

    /// Under the lock, which it lets go meanwhile.
    private void await() throws IOException {
        Timers.Alarm alarm =
                silence.isZero() ? () -> {} : timers.after(silence, () -> fail(silent()));
        try {
            while (isUndecided()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the publisher gave nothing");
        } finally {
            alarm.cancel();
        }
    }

    private Body.Silence silent() {
        return new Body.Silence(
                "the publisher gave nothing to send within "
                        + silence.toMillis()
                        + " ms; does it end? Give the options a longer silence if it may pause");
    }

    private final class Subscriber implements Flow.Subscriber<ByteBuffer> {

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            boolean wanted;
            lock.lock();
            try {
                wanted = subscription == null && broken == null;
                if (wanted) {
                    subscription = begun;
                }
            } finally {
                lock.unlock();
            }
            if (wanted) {
                ask(begun, MOST_BUFFERS);
            } else {
                begun.cancel();
            }
        }

        @Override
        public void onNext(ByteBuffer buffer) {
            boolean tooMany;
            lock.lock();
            try {
                tooMany = waiting.size() >= MOST_BUFFERS;
                if (!tooMany && broken == null && !complete) {
                    // Its own position: a publisher may give the same buffer again.
                    waiting.add(buffer.duplicate());
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
            if (tooMany) {
                fail(new IOException("the publisher gives more than it was asked for"));
            }
        }

        @Override
        public void onError(Throwable thrown) {
            lock.lock();
            try {
                // It has ended by itself; there is nothing to cancel.
                subscription = null;
            } finally {
                lock.unlock();
            }
            fail(failure(thrown));
        }

        @Override
        public void onComplete() {
            lock.lock();
            try {
                complete = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// For the one thread that sends.
    private final class Reader extends InputStream {

        private @Nullable ByteBuffer current;

        @Override
        public int read() throws IOException {
            ByteBuffer buffer = filled();
            return buffer == null ? -1 : buffer.get() & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            ByteBuffer buffer = filled();
            if (buffer == null) {
                return -1;
            }
            int some = Math.min(length, buffer.remaining());
            buffer.get(into, offset, some);
            return some;
        }

        /// A buffer with something in it, or null at the end.
        private @Nullable ByteBuffer filled() throws IOException {
            ByteBuffer buffer = current;
            while (buffer == null || !buffer.hasRemaining()) {
                if (buffer != null) {
                    current = null;
                    more();
                }
                buffer = next();
                if (buffer == null) {
                    return null;
                }
                current = buffer;
            }
            return buffer;
        }

        @Override
        public void close() {
            stop();
        }
    }
}
