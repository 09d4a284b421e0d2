package dev.hearth.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between a driver and PostgreSQL and counts what the driver says: each [Said#SYNC] is a
/// round trip, each [Said#PARSE] a statement that the server had to read.
public final class WireTap implements AutoCloseable {

    /// Messages of a client that are counted.
    public enum Said {
        PARSE('P'),
        EXECUTE('E'),
        DESCRIBE('D'),
        SYNC('S'),
        SIMPLE('Q');

        private final char type;

        Said(char type) {
            this.type = type;
        }
    }

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private ServerSocket listener;
    private final TestDatabase database;
    private final Map<Said, AtomicInteger> counts = new EnumMap<>(Said.class);
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /// Listens on a free port.
    public WireTap(TestDatabase database) throws IOException {
        this.database = database;
        for (Said each : Said.values()) {
            counts.put(each, new AtomicInteger());
        }
        listener = listen(0);
    }

    private ServerSocket listen(int port) throws IOException {
        var opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(() -> accept(opened));
        return opened;
    }

    /// Listens again where it did before it was closed.
    public void reopen() throws IOException {
        listener = listen(listener.getLocalPort());
    }

    /// The address of the database through this tap.
    public String url(String role) {
        return database.url(role)
                .replace(":" + database.port() + "/", ":" + listener.getLocalPort() + "/");
    }

    /// How often it was said since the last [#reset].
    public int count(Said said) {
        return counter(said).get();
    }

    private AtomicInteger counter(Said said) {
        return Objects.requireNonNull(counts.get(said));
    }

    /// Counts from 0 again.
    public void reset() {
        counts.values().forEach(count -> count.set(0));
    }

    /// Cuts all connections, as a network that fails.
    public void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept(ServerSocket opened) {
        try {
            while (true) {
                Socket client = opened.accept();
                Socket server = new Socket(database.host(), database.port());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.addAll(List.of(client, server));
                Thread.ofVirtual().start(() -> forward(client, server));
                Thread.ofVirtual().start(() -> back(server, client));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void forward(Socket client, Socket server) {
        try (client;
                server) {
            var in = new DataInputStream(client.getInputStream());
            var out = new DataOutputStream(server.getOutputStream());
            greet(in, out);
            while (true) {
                int type = in.readUnsignedByte();
                byte[] rest = in.readNBytes(in.readInt() - 4);
                count(type);
                out.writeByte(type);
                out.writeInt(rest.length + 4);
                out.write(rest);
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    /// The first message has no type; those that ask for encryption come before it.
    private static void greet(DataInputStream in, DataOutputStream out) throws IOException {
        int code;
        do {
            int length = in.readInt();
            code = in.readInt();
            out.writeInt(length);
            out.writeInt(code);
            out.write(in.readNBytes(length - 8));
        } while (code == SSL_REQUEST || code == GSS_REQUEST);
    }

    private void count(int type) {
        for (Said said : Said.values()) {
            if (said.type == type) {
                counter(said).incrementAndGet();
            }
        }
    }

    private static void back(Socket server, Socket client) {
        try (client;
                server) {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            in.transferTo(out);
        } catch (IOException _) {
            // Closed.
        }
    }
}
