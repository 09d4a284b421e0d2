package dev.hearth.replication;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A way to a server that can begin to swallow everything without closing a connection, as a cable
/// that is pulled does.
final class BreakablePath implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final List<Closeable> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger life = new AtomicInteger();
    private volatile boolean swallowing;

    BreakablePath(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /// From now on nothing passes on any connection that is open or comes.
    void swallow() {
        swallowing = true;
        life.incrementAndGet();
    }

    /// New connections pass again; those of before stay mute.
    void mend() {
        swallowing = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                open.add(client);
                if (!swallowing) {
                    var server = new Socket(InetAddress.getLoopbackAddress(), target);
                    open.add(server);
                    int mine = life.get();
                    Thread.ofVirtual().start(() -> pass(client, server, mine));
                    Thread.ofVirtual().start(() -> pass(server, client, mine));
                }
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void pass(Socket from, Socket to, int mine) {
        var buffer = new byte[8_192];
        try {
            int read = from.getInputStream().read(buffer);
            while (read >= 0) {
                if (life.get() == mine) {
                    to.getOutputStream().write(buffer, 0, read);
                }
                read = from.getInputStream().read(buffer);
            }
            if (life.get() == mine) {
                to.close();
            }
        } catch (IOException _) {
            // One of the two has gone.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Closeable socket : open) {
            socket.close();
        }
    }
}
