package dev.hearth.clients.sdk;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A bad network: passes on what a client and a server on loopback send each other, until it is
/// told to do worse.
final class Relay implements AutoCloseable {

    /// What happens to the connections that there are.
    enum Fault {
        /// They are cut.
        CUT,
        /// What the server sends next ends in its middle, and the connection with it.
        TRUNCATE,
        /// The first byte of what the server sends next comes twice.
        DUPLICATE,
        /// Nothing comes through any more, and nobody is told.
        HALF_OPEN,
        /// All comes later.
        DELAY
    }

    private static final Duration LATE = Duration.ofMillis(20);

    private final ServerSocket door;
    private final int target;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

    /// Leads to a port of this machine.
    Relay(int target) throws IOException {
        this.target = target;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    /// The connections of clients that are open.
    int connections() {
        return lines.size();
    }

    /// Has something happen to all connections that there are now.
    void strike(Fault fault) {
        lines.forEach(line -> line.strike(fault));
    }

    /// Whether new connections are taken and left without an answer.
    void refuse(boolean silently) {
        refusing = silently;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var line = new Line(door.accept());
                lines.add(line);
                Thread.ofVirtual().start(line::open);
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.forEach(Line::end);
    }

    /// One connection.
    private final class Line {
        private final Socket client;
        private final Socket server = new Socket();
        private volatile @Nullable Fault fault;

        Line(Socket client) {
            this.client = client;
        }

        void strike(Fault now) {
            fault = now;
            if (now == Fault.CUT) {
                end();
            }
        }

        void open() {
            try {
                client.setTcpNoDelay(true);
                if (!refusing) {
                    server.setTcpNoDelay(true);
                    server.connect(
                            new java.net.InetSocketAddress(
                                    InetAddress.getLoopbackAddress(), target));
                    Thread.ofVirtual().start(() -> pump(server, client, true));
                }
                pump(client, server, false);
            } catch (IOException unreachable) {
                end();
            }
        }

        private void pump(Socket from, Socket to, boolean answers) {
            var buffer = new byte[8192];
            try {
                InputStream in = from.getInputStream();
                OutputStream out =
                        refusing ? OutputStream.nullOutputStream() : to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    pass(out, buffer, read, answers);
                }
            } catch (IOException cut) {
                // Ended below.
            }
            end();
        }

        private void pass(OutputStream out, byte[] buffer, int read, boolean answers)
                throws IOException {
            @Nullable Fault now = fault;
            if (now == Fault.HALF_OPEN) {
                return;
            }
            if (now == Fault.DELAY) {
                LockSupport.parkNanos(LATE.toNanos());
            }
            if (now == Fault.TRUNCATE && answers) {
                out.write(buffer, 0, read / 2);
                out.flush();
                throw new IOException("truncated");
            }
            if (now == Fault.DUPLICATE && answers) {
                fault = null;
                out.write(buffer, 0, 1);
            }
            out.write(buffer, 0, read);
            out.flush();
        }

        private void end() {
            lines.remove(this);
            close(client);
            close(server);
        }

        private void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException alreadyGone) {
                // It is to be gone.
            }
        }
    }
}
