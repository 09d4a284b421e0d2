package dev.hearth.realtime;

import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.Route;
import dev.hearth.realtime.Realtime.Health;
import dev.hearth.realtime.channel.Callers;
import dev.hearth.realtime.channel.Hub;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/// The addresses that say how realtime is (realtime.md 11).
final class HttpStatus {

    private final Hub hub;
    private final Callers callers;
    private final Health health;

    HttpStatus(Hub hub, Callers callers, Health health) {
        this.hub = hub;
        this.callers = callers;
        this.health = health;
    }

    /// @param prefix of the service's own `/api`
    Stream<Route> routes(String prefix) {
        String root = prefix.substring(0, prefix.length() - "/api".length());
        return Stream.of(
                Route.open(Method.GET, root + "/healthcheck", _ -> Answer.text(200, "ok")),
                Route.open(
                        Method.GET, prefix + "/ping", _ -> json(200, "{\"message\":\"Success\"}")),
                Route.open(Method.GET, prefix + "/tenants/{id}/health", this::tenant));
    }

    /// Any valid token opens it, as upstream's own compose check comes with the public key.
    private Answer tenant(Request request) {
        boolean known =
                switch (request.credential()) {
                    case Credential.ProjectKey _ -> true;
                    case Credential.Bearer(var token) -> callers.ofBearer(token).isPresent();
                    case Credential.None _ -> false;
                };
        if (!known) {
            return Answer.empty(403);
        }
        boolean healthy = health.databaseConnected() && health.replicationConnected();
        return json(
                200,
                "{\"data\":{\"healthy\":"
                        + healthy
                        + ",\"db_connected\":"
                        + health.databaseConnected()
                        + ",\"replication_connected\":"
                        + health.replicationConnected()
                        + ",\"connected_cluster\":"
                        + hub.sockets()
                        + ",\"region\":null,\"node\":\"hearth\"}}");
    }

    static Answer json(int status, String json) {
        return Answer.json(status, json.getBytes(StandardCharsets.UTF_8));
    }
}
