package dev.hearth.gateway;

import dev.hearth.config.HttpConfig;
import dev.hearth.config.SettingProblem;
import dev.hearth.exchange.Route;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Refusal;
import dev.hearth.token.ProjectKeys;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.router.EndpointNotFound;
import io.javalin.util.JavalinBindException;

import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

import java.util.List;
import java.util.function.Consumer;

/// The web server. Every request has its own virtual thread, so handlers may block.
public final class Gateway implements AutoCloseable {

    /// Room for the header fields of a request, besides its line.
    private static final int FURTHER_HEADER_BYTES = 16 << 10;

    private static final long DRAIN_MILLIS = 10_000;

    private final Javalin javalin;

    private Gateway(Javalin javalin) {
        this.javalin = javalin;
    }

    /// Loads what Javalin and Jetty load when they are first used, among it every locale of the
    /// virtual machine: a good part of a second that [#open] need not take. Nothing listens.
    public static void preload() {
        var _ = Javalin.create();
        var _ = new Server();
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
        var dispatch = new Dispatch(config, keys, routes, observer);
        Javalin javalin =
                Javalin.create(
                        javalinConfig -> {
                            quiet(javalinConfig);
                            jetty(javalinConfig, sockets);
                            javalinConfig.routes.before(dispatch::before);
                            routes.forEach(route -> add(javalinConfig, route, dispatch));
                            // It has a handler of its own that would come before the general one.
                            javalinConfig.routes.exception(EndpointNotFound.class, dispatch::fail);
                            javalinConfig.routes.exception(Exception.class, dispatch::fail);
                        });
        listen(javalin, config);
        var gateway = new Gateway(javalin);
        observer.tell(new GatewayEvent.Listening(config.bind(), gateway.port()));
        return gateway;
    }

    /// The port that it listens on.
    public int port() {
        return javalin.port();
    }

    /// Takes no new requests, waits for those under way for at most ten seconds, and stops.
    @Override
    public void close() {
        javalin.stop();
    }

    /// Routes of every method are found before all others, by [Dispatch].
    private static void add(JavalinConfig config, Route route, Dispatch dispatch) {
        route.method()
                .ifPresent(
                        method ->
                                config.routes.addHttpHandler(
                                        HandlerType.findOrCreate(method.name()),
                                        route.path(),
                                        context -> dispatch.answer(context, route)));
    }

    private static void quiet(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
    }

    private static void jetty(JavalinConfig config, Consumer<Server> sockets) {
        config.jetty.modifyHttpConfiguration(
                http -> {
                    http.setSendServerVersion(false);
                    // Names in paths may hold an encoded slash or percent sign.
                    http.setUriCompliance(UriCompliance.UNSAFE);
                    http.setRequestHeaderSize(Dispatch.MOST_URL_BYTES + FURTHER_HEADER_BYTES);
                    // An answer may repeat the query in its header.
                    http.setMaxResponseHeaderSize(
                            3 * Dispatch.MOST_URL_BYTES + FURTHER_HEADER_BYTES);
                });
        config.jetty.modifyServletContextHandler(
                context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
        config.jetty.modifyServer(
                server -> {
                    server.setStopTimeout(DRAIN_MILLIS);
                    server.setErrorHandler(new PlainErrors());
                    server.insertHandler(new GracefulHandler());
                    sockets.accept(server);
                });
    }

    private static void listen(Javalin javalin, HttpConfig config) {
        try {
            javalin.start(config.bind(), config.port());
        } catch (JavalinBindException _) {
            throw new Refusal(
                    new SettingProblem(
                            "HEARTH_PORT",
                            "Port %d on %s is taken".formatted(config.port(), config.bind()),
                            "Stop the program that holds it, or choose another with --port or"
                                    + " HEARTH_PORT"));
        }
    }
}
