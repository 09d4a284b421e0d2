package dev.hearth.benchmarks.sdk;

import dev.hearth.Server;
import dev.hearth.benchmarks.FreePort;
import dev.hearth.benchmarks.receiver.Receiver;
import dev.hearth.config.Config;
import dev.hearth.config.Settings;
import dev.hearth.database.StartProgress;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The whole server with its embedded database; what is sent comes from another client of it.
final class HearthSource implements Source {

    private final Server server;
    private final String key;

    HearthSource() throws IOException {
        Path data = Files.createTempDirectory("hearth-sdk");
        Config config =
                Config.from(
                        Settings.of(
                                List.of(
                                        Map.of(
                                                "HEARTH_DATA", data.toString(),
                                                "HEARTH_DB_PORT", "0",
                                                "HEARTH_PORT", String.valueOf(FreePort.find()),
                                                "MAX_EVENTS_PER_SECOND", "10000000",
                                                "MAX_JOINS_PER_SECOND", "100000",
                                                "MAX_CHANNELS_PER_CLIENT", "2000"))));
        server = Server.start(config, StartProgress.silent());
        key = config.token().publishableKeys().getFirst().value();
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public Sender sender(String topics, int channels) throws IOException {
        return new Client(topics, channels);
    }

    @Override
    public void close() {
        server.close();
    }

    /// A client that only sends.
    private final class Client implements Sender {
        private final String topics;
        private final Socket socket;

        Client(String topics, int channels) throws IOException {
            this.topics = topics;
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setTcpNoDelay(true);
            socket.getOutputStream()
                    .write(
                            """
                            GET /realtime/v1/websocket?vsn=2.0.0&apikey=%s HTTP/1.1\r
                            Host: 127.0.0.1\r
                            Upgrade: websocket\r
                            Connection: Upgrade\r
                            Sec-WebSocket-Version: 13\r
                            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                            \r
                            """
                                    .formatted(key)
                                    .getBytes(StandardCharsets.US_ASCII));
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            var _ = WebSocketBytes.head(in);
            for (int i = 0; i < channels; i++) {
                join(in, i);
            }
            Thread.ofVirtual().start(() -> drain(in));
        }

        private void join(DataInputStream in, int channel) throws IOException {
            String join =
                    "[\"1\",\"%d\",\"realtime:%s%d\",\"phx_join\",{\"config\":{}}]"
                            .formatted(channel, topics, channel);
            socket.getOutputStream()
                    .write(
                            WebSocketBytes.frame(
                                    WebSocketBytes.TEXT,
                                    join.getBytes(StandardCharsets.UTF_8),
                                    true));
            String answer = WebSocketBytes.read(in);
            while (answer != null && !answer.contains("phx_reply")) {
                answer = WebSocketBytes.read(in);
            }
        }

        private void drain(DataInputStream in) {
            try {
                while (WebSocketBytes.read(in) != null) {
                    // Nothing that comes is wanted; a full socket would stop the server's writes.
                }
            } catch (IOException _) {
                // Closed.
            }
        }

        @Override
        public byte[] frame(int channel, byte[] note) {
            byte[] topic = ("realtime:" + topics + channel).getBytes(StandardCharsets.UTF_8);
            byte[] event = Receiver.EVENT.getBytes(StandardCharsets.UTF_8);
            byte[] payload =
                    ByteBuffer.allocate(9 + topic.length + event.length + note.length)
                            .put((byte) 3)
                            .put((byte) 1)
                            .put((byte) 1)
                            .put((byte) topic.length)
                            .put((byte) event.length)
                            .put((byte) 0)
                            .put((byte) 1)
                            .put((byte) '1')
                            .put((byte) '2')
                            .put(topic)
                            .put(event)
                            .put(note)
                            .array();
            return WebSocketBytes.frame(WebSocketBytes.BINARY, payload, true);
        }

        @Override
        public void send(byte[] frames) throws IOException {
            socket.getOutputStream().write(frames);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
