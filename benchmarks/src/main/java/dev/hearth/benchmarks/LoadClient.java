package dev.hearth.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Many sockets that only count what comes, cheaply: one thread, one buffer, no WebSocket library.
/// The first of them also measures how old each message is.
final class LoadClient implements AutoCloseable {

    private final int port;
    private final boolean joins;
    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final AtomicLong messages = new AtomicLong();
    private final List<Long> agesNanos = new ArrayList<>();
    private volatile boolean closed;

    /// @param joins whether a socket sends a join; a server without channels would pass it on
    LoadClient(int port, boolean joins) throws IOException {
        this.port = port;
        this.joins = joins;
    }

    /// Opens sockets and joins the topic.
    void open(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = connect();
            channels.add(channel);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Frames(channels.size() == 1));
        }
    }

    /// A socket of its own, blocking, joined.
    SocketChannel connect() throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        String handshake =
                "GET /realtime/v1/websocket?vsn=2.0.0&apikey="
                        + BenchmarkServer.KEY
                        + " HTTP/1.1\r\n"
                        + "Host: 127.0.0.1\r\n"
                        + "Upgrade: websocket\r\n"
                        + "Connection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        write(channel, handshake.getBytes(StandardCharsets.UTF_8));
        ByteBuffer one = ByteBuffer.allocate(1);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            channel.read(one.clear());
            head.append((char) one.get(0));
        }
        if (joins) {
            send(channel, "[\"1\",\"1\",\"realtime:load\",\"phx_join\",{\"config\":{}}]");
        }
        return channel;
    }

    /// Sends a masked text frame, the mask being zero.
    static void send(SocketChannel channel, String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) 0x81);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload).flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /// Starts counting, on a thread of its own.
    void start() {
        Thread.ofPlatform().daemon().name("load").start(this::run);
    }

    /// How many messages came so far, over all sockets.
    long messages() {
        return messages.get();
    }

    /// The ages of the messages of the first socket since the last call, sorted, in nanoseconds.
    long[] takeAges() {
        synchronized (agesNanos) {
            long[] sorted = agesNanos.stream().mapToLong(Long::longValue).sorted().toArray();
            agesNanos.clear();
            return sorted;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try {
            while (!closed) {
                selector.select(
                        key -> {
                            try {
                                buffer.clear();
                                if (((SocketChannel) key.channel()).read(buffer) < 0) {
                                    key.cancel();
                                }
                                ((Frames) key.attachment()).read(buffer.flip());
                            } catch (IOException e) {
                                key.cancel();
                            }
                        });
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /// Counts the frames of one socket, wherever the reads cut them.
    private final class Frames {
        private final boolean measures;
        private final ByteBuffer head = ByteBuffer.allocate(10);
        private final StringBuilder text = new StringBuilder();
        private long remaining;

        Frames(boolean measures) {
            this.measures = measures;
        }

        void read(ByteBuffer in) {
            int count = 0;
            while (in.hasRemaining()) {
                if (remaining == 0) {
                    head.put(in.get());
                    remaining = length();
                    if (remaining == 0) {
                        continue;
                    }
                    head.clear();
                    count++;
                }
                int step = (int) Math.min(remaining, in.remaining());
                if (measures) {
                    text.append(StandardCharsets.US_ASCII.decode(in.slice(in.position(), step)));
                }
                in.position(in.position() + step);
                remaining -= step;
                if (remaining == 0 && measures) {
                    measure();
                }
            }
            messages.addAndGet(count);
        }

        private long length() {
            if (head.position() < 2) {
                return 0;
            }
            int first = head.get(1) & 127;
            if (first < 126) {
                return first;
            }
            if (first == 126) {
                return head.position() < 4 ? 0 : head.getShort(2) & 0xFFFF;
            }
            return head.position() < 10 ? 0 : head.getLong(2);
        }

        private void measure() {
            int start = text.indexOf("\"t\":");
            if (start >= 0) {
                int end = text.indexOf(",", start);
                long sent = Long.parseLong(text.substring(start + 4, end));
                synchronized (agesNanos) {
                    agesNanos.add(System.nanoTime() - sent);
                }
            }
            text.setLength(0);
        }
    }
}
