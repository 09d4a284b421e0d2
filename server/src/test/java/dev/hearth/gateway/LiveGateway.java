package dev.hearth.gateway;

import dev.hearth.config.HttpConfig;
import dev.hearth.config.TestSettings;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Body;
import dev.hearth.exchange.BodyTooLarge;
import dev.hearth.exchange.Bytes;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.Route;
import dev.hearth.exchange.Route.Access;
import dev.hearth.exchange.Route.Errors;
import dev.hearth.exchange.Route.Handler;
import dev.hearth.observe.Event;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Refusal;
import dev.hearth.token.ProjectKeys;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A gateway on a port of its own with routes like those of the data API, and raw sockets to it.
final class LiveGateway implements AutoCloseable {

    static final long BODY_LIMIT = 10;
    static final int CHUNK = 64 << 10;

    final List<Event> events = Collections.synchronizedList(new ArrayList<>());

    /// What writers of endless bodies met in the end.
    final BlockingQueue<Throwable> met = new LinkedBlockingQueue<>();

    /// Counts closed bodies.
    final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

    private final Gateway gateway;

    LiveGateway() {
        var observer = new Observer();
        observer.listen(events::add);
        gateway =
                Gateway.open(
                        new HttpConfig(
                                "127.0.0.1",
                                0,
                                URI.create("http://127.0.0.1"),
                                List.of(),
                                true,
                                Duration.ofSeconds(30)),
                        new ProjectKeys(TestSettings.developmentConfig().token()),
                        routes(),
                        _ -> {},
                        observer);
    }

    private List<Route> routes() {
        return List.of(
                every("/all/*", LiveGateway::echo),
                every("/all/exact", _ -> Answer.text(200, "exact")),
                every("/all/below/*", request -> Answer.text(200, request.line().below())),
                every("/length", request -> Answer.text(200, "" + request.body().bytes().length)),
                every("/keyed", Access.KEY, LiveGateway::echo),
                every("/long", _ -> Answer.text(200, "").with("X-Long", "x".repeat(150 << 10))),
                every("/stream", _ -> stream(out -> write(out, "one ", "two"))),
                every("/stream/big", _ -> stream(LiveGateway::threeChunks)),
                every("/stream/endless", _ -> stream(this::endless)),
                every("/stream/refuses", _ -> stream(_ -> refuse())),
                every("/stream/wraps", _ -> stream(_ -> wrap())),
                every("/stream/wraps/late", _ -> stream(LiveGateway::wrapsLate)),
                every("/stream/breaks", _ -> stream(LiveGateway::breaks)),
                every("/stream/dies", _ -> stream(LiveGateway::dies)),
                every("/bytes/big", _ -> Answer.text(200, "x".repeat(3 * CHUNK))),
                every("/empty", _ -> Answer.empty(201)),
                every("/none", _ -> Answer.empty(204)),
                every(
                        "/cookies",
                        _ ->
                                Answer.text(200, "")
                                        .adding("Set-Cookie", "a=1")
                                        .adding("Set-Cookie", "b=2")),
                every("/told-length", _ -> Answer.text(200, "12345").with("Content-Length", "5")),
                Route.open(Method.HEAD, "/head", _ -> Answer.text(200, "").with("X-Head", "yes")),
                Route.open(Method.GET, "/get", _ -> Answer.text(200, "get")),
                Route.open(Method.OPTIONS, "/options", _ -> Answer.text(200, "mine")));
    }

    private static Route every(String path, Handler handler) {
        return every(path, Access.OPEN, handler);
    }

    private static Route every(String path, Access access, Handler handler) {
        Errors words =
                (_, failure) ->
                        switch (failure) {
                            case Refusal refusal
                                    when refusal.problem() instanceof BodyTooLarge(var limit) ->
                                    Answer.text(413, "more than " + limit);
                            default -> Answer.text(500, failure.getClass().getSimpleName());
                        };
        return new Route(Optional.empty(), path, access, BODY_LIMIT, words, handler);
    }

    private static Answer echo(Request request) {
        return Answer.text(
                200,
                request.line().methodName()
                        + " "
                        + request.line().segments()
                        + " ?"
                        + request.line().query()
                        + " "
                        + request.line().parameters().size());
    }

    private Answer stream(Body body) {
        return new Answer(
                200,
                List.of(),
                new Body() {
                    @Override
                    public void writeTo(java.io.OutputStream out) throws IOException {
                        body.writeTo(out);
                    }

                    @Override
                    public void close() {
                        closed.add("closed");
                    }
                });
    }

    private static void write(java.io.OutputStream out, String... texts) throws IOException {
        for (String text : texts) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void threeChunks(java.io.OutputStream out) throws IOException {
        for (int i = 0; i < 3; i++) {
            new Bytes(chunk()).writeTo(out);
        }
    }

    private void endless(java.io.OutputStream out) throws IOException {
        try {
            while (true) {
                out.write(chunk());
            }
        } catch (IOException e) {
            met.add(e);
            throw e;
        }
    }

    private static void refuse() {
        throw new Refusal(new BodyTooLarge(7));
    }

    private static void wrap() throws IOException {
        throw new IOException(new Refusal(new BodyTooLarge(7)));
    }

    private static void wrapsLate(java.io.OutputStream out) throws IOException {
        out.write(chunk());
        wrap();
    }

    private static void breaks(java.io.OutputStream out) throws IOException {
        out.write(chunk());
        throw new IllegalStateException("select secret");
    }

    private static void dies(java.io.OutputStream out) throws IOException {
        out.write(chunk());
        throw new StackOverflowError();
    }

    private static byte[] chunk() {
        var chunk = new byte[CHUNK];
        Arrays.fill(chunk, (byte) 'x');
        return chunk;
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + gateway.port() + path);
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    }

    /// Sends a request and reads until the end of the connection, which it asks for.
    ///
    /// @param head request line and header fields, with line feeds between them
    String raw(String head) throws IOException {
        try (Socket socket = connect()) {
            send(socket, head + "\nConnection: close");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void send(Socket socket, String head) throws IOException {
        String text = head.replace("\n", "\r\n") + "\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        gateway.close();
    }
}
