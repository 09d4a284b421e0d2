package dev.hearth.client.internal.http;

import okio.ByteString;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that says exactly what a test wants, HTTP or not.
public final class RawServer implements AutoCloseable {

    /// What it does with a connection; the connection is closed behind it.
    @FunctionalInterface
    public interface Script {
        void play(Talk talk) throws IOException;
    }

    /// One connection.
    public static final class Talk {
        private final Socket socket;
        private final BufferedReader in;

        Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /// Reads a request's head.
        public List<String> head() throws IOException {
            var lines = new ArrayList<String>();
            for (String line = in.readLine();
                    line != null && !line.isEmpty();
                    line = in.readLine()) {
                lines.add(line);
            }
            return lines;
        }

        public void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        /// Answers the head of a request for a socket.
        public void upgrade(List<String> head) throws IOException {
            String key =
                    head.stream()
                            .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
                            .map(line -> line.substring("Sec-WebSocket-Key: ".length()))
                            .findFirst()
                            .orElseThrow();
            String accept =
                    ByteString.encodeUtf8(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .sha1()
                            .base64();
            say(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                            + accept
                            + "\r\n\r\n");
        }

        /// Waits until the other side has gone.
        public void untilLeft() throws IOException {
            while (in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    private final ServerSocket listening;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    public RawServer(Script script) throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var thread = new Thread(() -> accept(script), "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(Script script) {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                connections.add(socket);
                var thread = new Thread(() -> play(script, socket), "raw-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void play(Script script, Socket socket) {
        try (socket) {
            script.play(new Talk(socket));
        } catch (IOException gone) {
            // The client has hung up, which is what some tests want.
        }
    }

    public String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    public String authority() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /// How many connections were ever taken.
    public int connections() {
        return connections.size();
    }

    /// How many of them the other side has not left.
    public long openConnections() {
        return connections.stream().filter(socket -> !socket.isClosed()).count();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
