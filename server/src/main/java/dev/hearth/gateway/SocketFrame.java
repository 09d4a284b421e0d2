package dev.hearth.gateway;

import dev.hearth.exchange.SocketFrames;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/// Shared messages on their way through one socket's queue; it is its own callback, to save an
/// object a delivery.
///
/// The payload length is that of the first message, and the payload also holds all following
/// frames, encoded. Jetty writes the header of the first and the whole buffer behind it in one
/// write; order, partial writes and the closing handshake stay Jetty's. This holds as long as no
/// extension is negotiated and the first message is not larger than the largest frame, above which
/// Jetty would cut it.
final class SocketFrame extends Frame implements Callback {

    private final int firstLength;
    private final int size;
    private final SocketSession session;

    SocketFrame(SocketFrames frames, SocketSession session) {
        super(frames.isText() ? OpCode.TEXT : OpCode.BINARY, frames.buffer());
        this.firstLength = frames.firstLength();
        this.size = frames.size();
        this.session = session;
    }

    @Override
    public int getPayloadLength() {
        return firstLength;
    }

    @Override
    public void succeeded() {
        session.left(size);
    }

    @Override
    public void failed(Throwable cause) {
        session.left(size);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
