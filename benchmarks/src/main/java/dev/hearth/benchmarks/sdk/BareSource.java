package dev.hearth.benchmarks.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.benchmarks.receiver.Receiver;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server that lets everybody in, and writes frames that were made before as fast as the socket
/// takes them: no server is the bottleneck of what it measures. Speaks version 2.0.0, the default
/// of both SDKs.
final class BareSource implements Source {

    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: *(\\S+)");
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, OutputStream> members = new ConcurrentHashMap<>();

    BareSource() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public String key() {
        return "sb_publishable_0123456789012345678901_12345678";
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            OutputStream out = socket.getOutputStream();
            String head = WebSocketBytes.head(in);
            Matcher key = KEY.matcher(head);
            if (!head.contains("vsn=2.0.0") || !key.find()) {
                throw new IllegalStateException("not what this server speaks: " + head);
            }
            out.write(
                    ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                                    + accepted(key.group(1))
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            for (String text = WebSocketBytes.read(in);
                    text != null;
                    text = WebSocketBytes.read(in)) {
                if (!text.isEmpty()) {
                    answer(json.readTree(text), out);
                }
            }
        } catch (IOException _) {
            // The client has gone.
        }
    }

    private static String accepted(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-1")
                                    .digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(JsonNode message, OutputStream out) throws IOException {
        String topic = message.get(2).asText();
        boolean join = message.get(3).asText().equals("phx_join");
        text(
                out,
                "[%s,%s,\"%s\",\"phx_reply\",{\"status\":\"ok\",\"response\":{%s}}]"
                        .formatted(
                                message.get(0),
                                message.get(1),
                                topic,
                                join ? "\"postgres_changes\":[]" : ""));
        if (join) {
            // What supabase-kt waits for.
            text(
                    out,
                    "[%s,null,\"%s\",\"system\",{\"status\":\"ok\",\"extension\":\"system\",\"message\":\"joined\",\"channel\":\"\"}]"
                            .formatted(message.get(0), topic));
            members.put(topic, out);
        }
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(
                WebSocketBytes.frame(
                        WebSocketBytes.TEXT, text.getBytes(StandardCharsets.UTF_8), false));
    }

    @Override
    public Sender sender(String topics, int channels) {
        OutputStream out = members.get("realtime:" + topics + "0");
        return new Sender() {
            @Override
            public byte[] frame(int channel, byte[] note) {
                byte[] topic = ("realtime:" + topics + channel).getBytes(StandardCharsets.UTF_8);
                byte[] event = Receiver.EVENT.getBytes(StandardCharsets.UTF_8);
                byte[] payload =
                        ByteBuffer.allocate(5 + topic.length + event.length + note.length)
                                .put((byte) 4)
                                .put((byte) topic.length)
                                .put((byte) event.length)
                                .put((byte) 0)
                                .put((byte) 1)
                                .put(topic)
                                .put(event)
                                .put(note)
                                .array();
                return WebSocketBytes.frame(WebSocketBytes.BINARY, payload, false);
            }

            @Override
            public void send(byte[] frames) throws IOException {
                out.write(frames);
            }

            @Override
            public void close() {
                // The socket is the receiver's.
            }
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
