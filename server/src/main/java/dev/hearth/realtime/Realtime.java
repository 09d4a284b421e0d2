package dev.hearth.realtime;

import dev.hearth.config.RealtimeConfig;
import dev.hearth.exchange.Route;
import dev.hearth.exchange.SocketRoute;
import dev.hearth.observe.Observer;
import dev.hearth.realtime.changes.feed.Subscriptions;
import dev.hearth.realtime.channel.Callers;
import dev.hearth.realtime.channel.Hub;
import dev.hearth.token.ProjectKeys;
import dev.hearth.token.Tokens;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/// The door of realtime: what it answers over HTTP, and at which addresses it takes sockets. Every
/// address is served with and without the public prefix `/realtime/v1`, since upstream's own
/// gateway strips it.
///
/// Topics live in this process. A bus between several processes belongs behind [Hub]'s topics,
/// where a message from outside already enters.
public final class Realtime implements AutoCloseable {

    private final Hub hub;
    private final HttpBroadcast broadcast;
    private final HttpStatus status;

    /// @param config the limits
    /// @param tokens verifies the tokens of sockets and channels
    /// @param keys the project's keys
    /// @param subscriptions where database changes are subscribed to
    /// @param health what the health address tells about the database
    /// @param observer hears of refusals and faults
    /// @param clock tells when tokens run out
    public Realtime(
            RealtimeConfig config,
            Tokens tokens,
            ProjectKeys keys,
            Subscriptions subscriptions,
            Health health,
            Observer observer,
            Clock clock) {
        Callers callers = new Callers(tokens, keys);
        this.hub = new Hub(config, callers, subscriptions, observer, clock);
        this.broadcast = new HttpBroadcast(config, hub, callers);
        this.status = new HttpStatus(hub, callers, health);
    }

    /// How the database side is doing; asked at each health request, must not block.
    public interface Health {
        /// Whether the database answers.
        boolean databaseConnected();

        /// Whether the stream of changes runs.
        boolean replicationConnected();
    }

    /// What is answered over HTTP.
    public List<Route> routes() {
        return Stream.of("/realtime/v1/api", "/api")
                .flatMap(prefix -> Stream.concat(broadcast.routes(prefix), status.routes(prefix)))
                .toList();
    }

    /// Where sockets are taken.
    public List<SocketRoute> sockets() {
        return List.of(
                new SocketRoute("/realtime/v1/websocket", hub::decide),
                new SocketRoute("/socket/websocket", hub::decide));
    }

    /// Tells every socket that the server goes, closes it with 1012 so that the client comes back,
    /// and waits a few seconds until all are gone. Later joins are refused with
    /// `RealtimeRestarting`.
    @Override
    public void close() {
        hub.close();
    }
}
