package dev.hearth.gateway;

import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Handshake;
import dev.hearth.exchange.RequestLine;
import dev.hearth.exchange.Socket;
import dev.hearth.exchange.SocketDecision;
import dev.hearth.exchange.SocketListener;
import dev.hearth.exchange.SocketRoute;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Asks the route whether a handshake becomes a socket, before anything is answered; every other
/// request goes on to the next handler.
final class SocketUpgrade extends Handler.Wrapper {

    private static final Answer NOT_AN_UPGRADE =
            Answer.json(
                    400,
                    "{\"error\":\"This address takes WebSocket upgrades only\"}"
                            .getBytes(StandardCharsets.UTF_8));

    private final SocketServer sockets;
    private final Map<String, SocketRoute> routes;
    private @Nullable WebSocketMappings mappings;

    SocketUpgrade(SocketServer sockets, List<SocketRoute> routes) {
        this.sockets = sockets;
        this.routes =
                routes.stream()
                        .collect(Collectors.toUnmodifiableMap(SocketRoute::path, route -> route));
    }

    @Override
    protected void doStart() throws Exception {
        mappings =
                new WebSocketMappings(
                        WebSocketServerComponents.ensureWebSocketComponents(getServer()));
        super.doStart();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        SocketRoute route = routes.get(Request.getPathInContext(request));
        if (route == null || request.getMethod().equals("OPTIONS")) {
            return super.handle(request, response, callback);
        }
        if (!isUpgrade(request)) {
            refuse(NOT_AN_UPGRADE, Duration.ZERO, request, response, callback);
            return true;
        }
        switch (route.handler().decide(handshake(request))) {
            case SocketDecision.Accept(var opened) -> accept(opened, request, response, callback);
            case SocketDecision.Refuse(var answer, var after) ->
                    refuse(answer, after, request, response, callback);
        }
        return true;
    }

    private void accept(
            Function<Socket, SocketListener> opened,
            Request request,
            Response response,
            Callback callback) {
        WebSocketMappings upgrades = mappings;
        boolean done =
                upgrades != null
                        && upgrades.upgrade(
                                (_, upgrade, _) -> {
                                    upgrade.setExtensions(List.of());
                                    return new SocketSession(sockets, opened);
                                },
                                request,
                                response,
                                callback,
                                limits());
        if (!done) {
            refuse(NOT_AN_UPGRADE, Duration.ZERO, request, response, callback);
        }
    }

    private Configuration.Customizer limits() {
        return limits -> {
            limits.setMaxFrameSize(sockets.config().maxFrameBytes());
            limits.setIdleTimeout(sockets.config().idle());
            limits.setAutoFragment(true);
        };
    }

    private void refuse(
            Answer answer, Duration after, Request request, Response response, Callback callback) {
        Runnable write =
                () -> {
                    response.setStatus(answer.status());
                    answer.fields()
                            .forEach(
                                    field ->
                                            response.getHeaders().add(field.name(), field.value()));
                    response.getHeaders().put("Access-Control-Allow-Origin", "*");
                    response.write(true, ByteBuffer.wrap(answer.content()), callback);
                };
        if (after.isZero()) {
            write.run();
        } else {
            request.getComponents()
                    .getScheduler()
                    .schedule(write, after.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static boolean isUpgrade(Request request) {
        return request.getMethod().equals("GET")
                && request.getHeaders().contains(HttpHeader.UPGRADE, "websocket");
    }

    private static Handshake handshake(Request request) {
        @Nullable String query = request.getHttpURI().getQuery();
        return new Handshake(
                Request.getPathInContext(request),
                RequestLine.parameters(query == null ? "" : query),
                Call.headers(request));
    }
}
