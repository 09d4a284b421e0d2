package dev.hearth.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.config.HttpConfig;
import dev.hearth.config.SettingProblem;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Route;
import dev.hearth.observe.Observer;
import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;
import dev.hearth.token.ProjectKeys;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.EndpointNotFound;
import io.javalin.util.JavalinBindException;

import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The web server. Every request has its own virtual thread, so handlers may block.
public final class Gateway implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
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
        var gate = new KeyGate(keys, config.requireKey());
        var addresses = new ClientAddress(config.trustedProxies());
        Javalin javalin =
                Javalin.create(
                        javalinConfig -> {
                            quiet(javalinConfig);
                            jetty(javalinConfig, sockets);
                            javalinConfig.routes.before(Gateway::prepare);
                            routes.forEach(
                                    route ->
                                            javalinConfig.routes.addHttpHandler(
                                                    HandlerType.findOrCreate(route.method().name()),
                                                    route.path(),
                                                    context ->
                                                            handle(
                                                                    context, route, gate,
                                                                    addresses)));
                            javalinConfig.routes.exception(
                                    EndpointNotFound.class,
                                    (failure, context) -> fail(failure, context, observer));
                            javalinConfig.routes.exception(
                                    Exception.class,
                                    (failure, context) -> fail(failure, context, observer));
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

    private static void prepare(Context context) {
        Cors.always().forEach(context::header);
        context.header(RequestId.HEADER, RequestId.of(context));
        if (context.method().equals(HandlerType.OPTIONS)) {
            Cors.preflight(Optional.ofNullable(context.header("Access-Control-Request-Headers")))
                    .forEach(context::header);
            context.status(204).skipRemainingHandlers();
        }
    }

    private static void handle(Context context, Route route, KeyGate gate, ClientAddress addresses)
            throws Exception {
        Optional<String> apikey =
                Optional.ofNullable(context.header("apikey"))
                        .or(() -> Optional.ofNullable(context.queryParam("apikey")))
                        .filter(key -> !key.isBlank());
        Credential credential =
                gate.admit(
                        route.access(),
                        apikey,
                        Optional.ofNullable(context.header("Authorization")));
        write(
                context,
                route.handler().handle(RequestReader.read(context, route, credential, addresses)));
    }

    private static void fail(Exception failure, Context context, Observer observer) {
        switch (failure) {
            case EndpointNotFound _ -> write(context, problem(new GateProblem.NoRoute()));
            case Refusal refusal -> write(context, problem(refusal.problem()));
            // The client went away; there is nobody to answer.
            case IOException _ -> context.status(499);
            default -> {
                observer.tell(
                        GatewayEvent.Faulted.of(RequestId.of(context), context.path(), failure));
                write(context, problem(new GateProblem.Fault()));
            }
        }
    }

    private static Answer problem(Problem problem) {
        ObjectNode body = JSON.createObjectNode();
        body.put("message", problem.message());
        problem.hint().ifPresent(hint -> body.put("hint", hint));
        return Answer.json(problem.status(), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Context context, Answer answer) {
        context.status(answer.status());
        answer.headers().forEach(context::header);
        context.result(answer.body().array());
    }
}
