package dev.hearth.gateway;

import dev.hearth.config.HttpConfig;
import dev.hearth.config.SettingProblem;
import dev.hearth.exchange.Route;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Refusal;
import dev.hearth.token.ProjectKeys;

import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// The web server. Every request has its own virtual thread, so handlers may block.
public final class Gateway implements AutoCloseable {

    /// Room for the header fields of a request, besides its line.
    private static final int FURTHER_HEADER_BYTES = 16 << 10;

    private static final long DRAIN_MILLIS = 10_000;

    private final Server server;
    private final ServerConnector connector;

    private Gateway(HttpConfig config) {
        server = new Server(threads());
        connector = new ServerConnector(server, new HttpConnectionFactory(http()));
        connector.setHost(config.bind());
        connector.setPort(config.port());
        connector.setIdleTimeout(config.idle().toMillis());
        server.addConnector(connector);
        server.setStopTimeout(DRAIN_MILLIS);
        server.setErrorHandler(new PlainErrors());
    }

    /// Loads what the web server loads when it is first used, a good part of a second that [#open]
    /// need not take. Nothing listens.
    public static void preload() {
        var _ = new ServerConnector(new Server(threads()), new HttpConnectionFactory(http()));
    }

    /// Listens, and answers from then on.
    ///
    /// @param keys the project's keys
    /// @param routes every address of every capability
    /// @param sockets sets up WebSockets in front of the routes
    /// @throws Refusal with a [SettingProblem] when the port is taken
    public static Gateway open(
            HttpConfig config,
            ProjectKeys keys,
            List<Route> routes,
            Consumer<Server> sockets,
            Observer observer) {
        var gateway = new Gateway(config);
        gateway.handle(new Dispatch(config, keys, routes, observer), sockets);
        gateway.listen(config);
        observer.tell(new GatewayEvent.Listening(config.bind(), gateway.port()));
        return gateway;
    }

    /// The port that it listens on.
    public int port() {
        return connector.getLocalPort();
    }

    /// Takes no new requests, waits for those under way for at most ten seconds, and stops.
    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    private void handle(Handler requests, Consumer<Server> sockets) {
        server.setHandler(new GracefulHandler(requests));
        sockets.accept(server);
    }

    private void listen(HttpConfig config) {
        try {
            connector.open();
        } catch (IOException _) {
            throw new Refusal(
                    new SettingProblem(
                            "HEARTH_PORT",
                            "Port %d on %s is taken".formatted(config.port(), config.bind()),
                            "Stop the program that holds it, or choose another with --port or"
                                    + " HEARTH_PORT"));
        }
        LifeCycle.start(server);
    }

    private static QueuedThreadPool threads() {
        var threads = new QueuedThreadPool();
        threads.setName("http");
        threads.setVirtualThreadsExecutor(
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("request-", 0).factory()));
        return threads;
    }

    private static HttpConfiguration http() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // Names in paths may hold an encoded slash or percent sign.
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setRequestHeaderSize(Dispatch.MOST_URL_BYTES + FURTHER_HEADER_BYTES);
        // An answer may repeat the query in its header.
        http.setMaxResponseHeaderSize(3 * Dispatch.MOST_URL_BYTES + FURTHER_HEADER_BYTES);
        return http;
    }
}
