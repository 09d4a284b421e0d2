package dev.hearth.gateway;

import dev.hearth.config.SocketConfig;
import dev.hearth.exchange.Socket;
import dev.hearth.exchange.SocketFrames;
import dev.hearth.exchange.SocketListener;

import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Function;

/// One socket: assembles what comes, counts what waits to go. One object a connection, with few
/// fields, since there are many.
///
/// Reading is done by one thread of the web server at a time; the next frame is asked for when the
/// last one was handled. Writing is done by any thread: the bytes that wait are counted up here and
/// down again when the web server has written them.
final class SocketSession implements FrameHandler, Socket {

    private static final VarHandle WAITING;
    private static final VarHandle CLOSING;
    private static final VarHandle FAREWELL;

    static {
        try {
            var lookup = MethodHandles.lookup();
            WAITING = lookup.findVarHandle(SocketSession.class, "waiting", int.class);
            CLOSING = lookup.findVarHandle(SocketSession.class, "closing", boolean.class);
            FAREWELL = lookup.findVarHandle(SocketSession.class, "farewell", CloseStatus.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SocketServer server;
    private final Function<Socket, SocketListener> opened;

    // Set by onOpen, before any frame is read.
    private @Nullable CoreSession core;
    private @Nullable SocketListener listener;

    // The reading thread's: a message of which the last part is still to come.
    private @Nullable ByteArrayOutputStream partial;
    private boolean partialIsText;

    // Any thread's.
    private volatile int waiting;
    private volatile boolean closing;
    private volatile @Nullable CloseStatus farewell;
    private volatile long heardNanos = System.nanoTime();

    SocketSession(SocketServer server, Function<Socket, SocketListener> opened) {
        this.server = server;
        this.opened = opened;
    }

    @Override
    public void onOpen(CoreSession session, Callback callback) {
        core = session;
        listener = opened.apply(this);
        server.opened(this);
        callback.succeeded();
        session.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        heardNanos = System.nanoTime();
        boolean more = true;
        try {
            switch (frame.getOpCode()) {
                case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> more = data(frame);
                case OpCode.PING -> pong(frame);
                case OpCode.CLOSE -> more = false;
                default -> {
                    // A pong, which needs no answer.
                }
            }
        } catch (RuntimeException | Error e) {
            server.observer().tell(SocketEvent.SocketFault.of(e));
            close(CloseStatus.SERVER_ERROR, "Internal error");
        }
        callback.succeeded();
        if (more && core != null) {
            core.demand();
        }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        closing = true;
        server.closed(this);
        callback.succeeded();
        SocketListener reader = listener;
        if (reader != null) {
            // Not on this thread: it may be one that was writing to this socket and holds locks.
            Thread.startVirtualThread(reader::closed);
        }
    }

    @Override
    public void send(SocketFrames frames) {
        CoreSession session = core;
        if (closing || session == null) {
            return;
        }
        int size = frames.size();
        int before = (int) WAITING.getAndAdd(this, size);
        if (before > 0 && before + size > config().outboxBytes()) {
            left(size);
            tooSlow();
            return;
        }
        SocketFrame frame = new SocketFrame(frames, this);
        session.sendFrame(frame, frame, false);
    }

    @Override
    public void close(int code, String reason) {
        if (CLOSING.compareAndSet(this, false, true)) {
            // The web server drops what waits as soon as it sees a close, so that comes last.
            CloseStatus status = new CloseStatus(code, reason);
            farewell = status;
            if (waiting == 0) {
                sayFarewell();
            }
            server.later(this::endAnyway);
        }
    }

    /// Bytes of the outbox were written, or given up.
    void left(int size) {
        int before = (int) WAITING.getAndAdd(this, -size);
        if (before == size && farewell != null) {
            sayFarewell();
        }
    }

    private void sayFarewell() {
        CoreSession session = core;
        CloseStatus status = (CloseStatus) FAREWELL.getAndSet(this, null);
        if (session != null && status != null) {
            session.close(status, Callback.NOOP);
        }
    }

    /// A peer that neither reads nor answers would keep the connection for ever.
    private void endAnyway() {
        sayFarewell();
        CoreSession session = core;
        if (session != null) {
            session.abort();
        }
    }

    /// Closes when nothing came for too long.
    void closeIfSilent(long nowNanos) {
        if (nowNanos - heardNanos > config().idle().toNanos()) {
            close(
                    CloseStatus.SHUTDOWN,
                    "Nothing received for %d seconds".formatted(config().idle().toSeconds()));
        }
    }

    /// Does not wait until the outbox is written: that is what it cannot do.
    private void tooSlow() {
        if (!closing) {
            server.observer().tell(new SocketEvent.SlowReceiverClosed(waiting));
            close(
                    CloseStatus.TRY_AGAIN_LATER,
                    "SlowReceiver: more than %d bytes waiting".formatted(config().outboxBytes()));
            sayFarewell();
        }
    }

    /// @return whether more is to be read
    private boolean data(Frame frame) {
        boolean continued = frame.getOpCode() == OpCode.CONTINUATION;
        if (frame.isFin() && !continued) {
            return message(
                    frame.getOpCode() == OpCode.TEXT, BufferUtil.toArray(frame.getPayload()));
        }
        ByteArrayOutputStream parts = partial;
        if (parts == null) {
            parts = new ByteArrayOutputStream(2 * frame.getPayloadLength());
            partial = parts;
            partialIsText = frame.getOpCode() == OpCode.TEXT;
        }
        if (parts.size() + frame.getPayloadLength() > config().maxFrameBytes()) {
            partial = null;
            close(
                    CloseStatus.MESSAGE_TOO_LARGE,
                    "Message larger than %d bytes".formatted(config().maxFrameBytes()));
            return false;
        }
        parts.writeBytes(BufferUtil.toArray(frame.getPayload()));
        if (!frame.isFin()) {
            return true;
        }
        partial = null;
        return message(partialIsText, parts.toByteArray());
    }

    private boolean message(boolean text, byte[] bytes) {
        SocketListener reader = listener;
        if (reader == null || closing) {
            return true;
        }
        if (!text) {
            reader.binary(bytes);
        } else if (SocketText.isWellFormed(bytes)) {
            reader.text(bytes);
        } else {
            close(CloseStatus.BAD_PAYLOAD, "Text is not UTF-8");
            return false;
        }
        return true;
    }

    private void pong(Frame ping) {
        CoreSession session = core;
        if (session != null && !closing) {
            var pong = new Frame(OpCode.PONG, BufferUtil.copy(ping.getPayload()));
            session.sendFrame(pong, Callback.NOOP, false);
        }
    }

    private SocketConfig config() {
        return server.config();
    }
}
