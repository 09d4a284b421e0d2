package dev.hearth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.Route;
import dev.hearth.exchange.Route.Access;
import dev.hearth.observe.Observer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The addresses for whoever runs the server: `/health/live`, `/health/ready`, `/metrics`.
final class Operations {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Health health;
    private final Observer observer;
    private final boolean openMetrics;

    /// @param openMetrics whether `/metrics` needs no key
    Operations(Health health, Observer observer, boolean openMetrics) {
        this.health = health;
        this.observer = observer;
        this.openMetrics = openMetrics;
    }

    List<Route> routes() {
        return List.of(
                Route.open(
                        Method.GET,
                        "/health/live",
                        _ -> Answer.json(200, text("{\"status\":\"live\"}"))),
                Route.open(Method.GET, "/health/ready", _ -> ready()),
                new Route(
                        Method.GET,
                        "/metrics",
                        openMetrics ? Access.OPEN : Access.SECRET_KEY,
                        Route.DEFAULT_BODY_LIMIT,
                        this::metrics));
    }

    /// Migrations are a condition of the start, so a server that answers has them.
    private Answer ready() {
        boolean reachable = health.databaseConnected();
        Optional<String> interruption = health.interruption();
        ObjectNode body = JSON.createObjectNode();
        body.put("status", reachable && interruption.isEmpty() ? "ready" : "not ready");
        body.put("database", reachable ? "ok" : "does not answer");
        body.put("replication", interruption.orElse("ok"));
        body.put("migrations", "ok");
        return Answer.json(reachable && interruption.isEmpty() ? 200 : 503, text(body.toString()));
    }

    private Answer metrics(Request request) {
        return Answer.text(200, observer.scrape())
                .with("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    }

    private static byte[] text(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
