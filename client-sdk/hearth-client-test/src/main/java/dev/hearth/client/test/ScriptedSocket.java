package dev.hearth.client.test;

import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

import okio.ByteString;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// The server's side of a WebSocket: says what a test tells it, right or wrong, and keeps what it
/// heard. Safe for any thread.
///
/// ```java
/// ScriptedSocket socket = server.takeSocket(ofSeconds(5));
/// String join = socket.takeText(ofSeconds(5));
/// socket.send("{\"event\":");        // half a frame's text
/// socket.cut();                       // and no goodbye
/// ```
public final class ScriptedSocket {

    private static final String CLOSED = "closed ";

    private final Socket connection;
    private final Consumer<ScriptedSocket> opened;
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> binaries = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private volatile @Nullable WebSocket socket;

    ScriptedSocket(Socket connection, Consumer<ScriptedSocket> opened) {
        this.connection = connection;
        this.opened = opened;
    }

    WebSocketListener listener() {
        return new Ear();
    }

    /// Sends a text frame, whatever is in it.
    public void send(String text) {
        open().send(text);
    }

    /// Sends a binary frame, whatever is in it.
    public void send(byte[] bytes) {
        open().send(ByteString.of(bytes));
    }

    /// Sends bytes as they are, below the frames: half a frame, one of a kind that does not exist.
    /// What is sent afterwards is read as the rest of it.
    public void sendRaw(byte[] bytes) {
        try {
            connection.getOutputStream().write(bytes);
            connection.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the connection is gone", e);
        }
    }

    /// The next text frame that came.
    ///
    /// @throws AssertionError when none comes in time
    public String takeText(Duration patience) {
        return Waits.take(texts, patience, "no text frame came");
    }

    /// The next binary frame that came.
    ///
    /// @throws AssertionError when none comes in time
    public byte[] takeBytes(Duration patience) {
        return Waits.take(binaries, patience, "no binary frame came");
    }

    /// Waits until the other side has left: `closed 1000 …` with its code and reason, or the words
    /// of the failure when it left without a goodbye.
    ///
    /// @throws AssertionError when it stays
    public String takeEnd(Duration patience) {
        return Waits.take(ends, patience, "the other side did not leave");
    }

    /// Says goodbye.
    ///
    /// @param code such as 1000, or 1011 for a fault of the server
    public void close(int code, String reason) {
        open().close(code, reason);
    }

    /// Cuts the connection without a goodbye.
    public void cut() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WebSocket open() {
        return Objects.requireNonNull(socket);
    }

    private final class Ear extends WebSocketListener {

        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            socket = webSocket;
            opened.accept(ScriptedSocket.this);
        }

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            texts.add(text);
        }

        @Override
        public void onMessage(WebSocket webSocket, ByteString bytes) {
            binaries.add(bytes.toByteArray());
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            webSocket.close(code, reason);
            ends.add(CLOSED + code + " " + reason);
        }

        @Override
        public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
            ends.add(String.valueOf(failure.getMessage()));
        }
    }
}
