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
import java.util.function.Supplier;

/// The addresses for whoever runs the server: `/health/live`, `/health/ready`, `/metrics`.
final class Operations {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<Readiness> readiness;
    private final Observer observer;
    private final boolean openMetrics;

    /// What the server needs to serve. Migrations are a condition of the start, so a server that
    /// answers has them.
    ///
    /// @param database whether it answers
    /// @param interruption why no changes come; empty while they do
    /// @param catalog whether the data API knows what there is: false until the catalog was read
    ///   for the first time
    record Readiness(boolean database, Optional<String> interruption, boolean catalog) {

        boolean whole() {
            return database && interruption.isEmpty() && catalog;
        }
    }

    /// @param readiness asked whenever somebody wants to know
    /// @param openMetrics whether `/metrics` needs no key
    Operations(Supplier<Readiness> readiness, Observer observer, boolean openMetrics) {
        this.readiness = readiness;
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

    private Answer ready() {
        Readiness now = readiness.get();
        ObjectNode body = JSON.createObjectNode();
        body.put("status", now.whole() ? "ready" : "not ready");
        body.put("database", now.database() ? "ok" : "does not answer");
        body.put("replication", now.interruption().orElse("ok"));
        body.put("migrations", "ok");
        body.put("catalog", now.catalog() ? "ok" : "was not read yet");
        return Answer.json(now.whole() ? 200 : 503, text(body.toString()));
    }

    private Answer metrics(Request request) {
        return Answer.text(200, observer.scrape())
                .with("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    }

    private static byte[] text(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
