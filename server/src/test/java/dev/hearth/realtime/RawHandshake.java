package dev.hearth.realtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import javax.net.ssl.SSLSession;

/// A handshake written by hand, to read how it is refused; or to hold the connection without ever
/// reading from it.
final class RawHandshake implements AutoCloseable {

    private final Socket socket;

    RawHandshake(int port, String target) throws Exception {
        socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(
                        """
                        GET %s HTTP/1.1
                        Host: 127.0.0.1
                        Upgrade: websocket
                        Connection: Upgrade
                        Sec-WebSocket-Version: 13
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                        """
                                .formatted(target)
                                .replace("\n", "\r\n")
                                .getBytes(StandardCharsets.UTF_8));
    }

    /// Sends a masked text frame of at most 125 bytes, the mask being zero.
    void send(String text) throws Exception {
        byte[] payload = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[payload.length + 6];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        socket.getOutputStream().write(frame);
    }

    HttpResponse<String> response() throws Exception {
        var in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        String[] lines = head.toString().split("\r\n", -1);
        Map<String, List<String>> headers = new TreeMap<>();
        for (int i = 1; !lines[i].isEmpty(); i++) {
            String[] field = lines[i].split(": ", 2);
            headers.computeIfAbsent(
                            field[0].toLowerCase(java.util.Locale.ROOT), n -> new ArrayList<>())
                    .add(field[1]);
        }
        int length =
                Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).getFirst());
        return new Response(
                Integer.parseInt(lines[0].split(" ", 3)[1]),
                HttpHeaders.of(headers, (n, v) -> true),
                new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    static ObjectNode claims(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    static String unsigned(String header) {
        return encode(header)
                + "."
                + encode("{\"role\":\"anon\",\"exp\":4000000000}")
                + "."
                + encode("x");
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws java.io.IOException {
        socket.close();
    }

    private record Response(int statusCode, HttpHeaders headers, String body)
            implements HttpResponse<String> {
        @Override
        public HttpRequest request() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<HttpResponse<String>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            throw new UnsupportedOperationException();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
