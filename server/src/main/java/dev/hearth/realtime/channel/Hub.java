package dev.hearth.realtime.channel;

import dev.hearth.config.RealtimeConfig;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Handshake;
import dev.hearth.exchange.SocketDecision;
import dev.hearth.observe.Event;
import dev.hearth.observe.Observer;
import dev.hearth.realtime.changes.feed.Subscriptions;
import dev.hearth.realtime.channel.Callers.Checked;
import dev.hearth.realtime.wire.Json;
import dev.hearth.realtime.wire.ProtocolVersion;
import dev.hearth.realtime.wire.ServerMessage;
import dev.hearth.token.Caller;

import io.micrometer.core.instrument.Counter;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// What all sockets share: topics, limits, fan-out, one timer; the entry of this room. Safe for any
/// thread.
public final class Hub implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final RealtimeConfig config;
    private final Callers callers;
    private final Subscriptions subscriptions;
    private final Observer observer;
    private final Clock clock;
    private final Topics topics;
    private final FanOut fanOut;
    private final Counter malformed;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer;
    private final ReentrantLock joinLock = new ReentrantLock();
    private final Rate joins;
    private volatile boolean closing;

    /// @param clock tells when tokens run out
    public Hub(
            RealtimeConfig config,
            Callers callers,
            Subscriptions subscriptions,
            Observer observer,
            Clock clock) {
        this.config = config;
        this.callers = callers;
        this.subscriptions = subscriptions;
        this.observer = observer;
        this.clock = clock;
        this.topics = new Topics(config.maxPresenceEventsPerSecond());
        this.fanOut =
                new FanOut(
                        Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                        config.gather());
        this.joins = new Rate(config.maxJoinsPerSecond(), System.nanoTime());
        this.malformed = observer.meters().counter("hearth.realtime.malformed");
        observer.meters().gauge("hearth.realtime.connections", connections, Set::size);
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("hearth-realtime-timer").factory());
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        var _ = timer.scheduleWithFixedDelay(this::check, 1, 1, TimeUnit.SECONDS);
    }

    /// Decides about a handshake (realtime.md 1.1 to 1.3).
    public SocketDecision decide(Handshake handshake) {
        Optional<ProtocolVersion> version = ProtocolVersion.of(handshake.parameter("vsn"));
        if (version.isEmpty()) {
            return refuse(403, "Unsupported protocol version, use 1.0.0 or 2.0.0", Duration.ZERO);
        }
        if (closing) {
            return refuse(503, new JoinRefusal.Restarting().text(), Duration.ZERO);
        }
        Optional<String> key = key(handshake);
        if (key.isEmpty()) {
            return refuse(401, "API key is missing", config.connectErrorBackoff());
        }
        return switch (callers.ofKey(key.get())) {
            case Checked.Refused(var problem) ->
                    refuse(401, problem.handshakeText(), config.connectErrorBackoff());
            case Checked.Good(Caller caller) -> limits(version.get(), caller);
        };
    }

    /// Hands a message from outside to everybody in its topic.
    public void publish(String topic, ServerMessage message) {
        topics.publish(topic, message);
    }

    /// How many sockets are open.
    public int sockets() {
        return connections.size();
    }

    /// Tells every socket that the server goes, and closes it so that the client comes back; waits
    /// a few seconds until they are gone. Joins are refused from now on.
    @Override
    public void close() {
        closing = true;
        connections.forEach(Connection::disconnect);
        long end = System.nanoTime() + FAREWELL.toNanos();
        while (!connections.isEmpty() && System.nanoTime() < end) {
            try {
                Thread.sleep(Duration.ofMillis(5));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        timer.shutdownNow();
        fanOut.close();
    }

    RealtimeConfig config() {
        return config;
    }

    Callers callers() {
        return callers;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Topics topics() {
        return topics;
    }

    FanOut fanOut() {
        return fanOut;
    }

    boolean isClosing() {
        return closing;
    }

    void tell(Event event) {
        observer.tell(event);
    }

    void countMalformed() {
        malformed.increment();
    }

    void closed(Connection connection) {
        connections.remove(connection);
    }

    /// Counts a join.
    ///
    /// @return false when there are too many
    boolean takeJoin() {
        joinLock.lock();
        try {
            return joins.take(System.nanoTime());
        } finally {
            joinLock.unlock();
        }
    }

    /// Whether a caller's token has not run out since it was checked.
    Checked stillGood(Caller caller) {
        Instant now = clock.instant();
        return caller.expiresAt()
                .filter(end -> !end.isAfter(now))
                .<Checked>map(
                        end ->
                                new Checked.Refused(
                                        new TokenProblem.Expired(Duration.between(end, now))))
                .orElseGet(() -> new Checked.Good(caller));
    }

    /// Runs a task that does not block on the timer.
    void later(long delay, TimeUnit unit, Runnable task) {
        var _ = timer.schedule(guarded(task), delay, unit);
    }

    private SocketDecision limits(ProtocolVersion version, Caller caller) {
        if (connections.size() >= config.maxConcurrentUsers()) {
            return refuse(429, "Too many connected users", config.connectErrorBackoff());
        }
        if (joinsExhausted()) {
            return refuse(429, "Too many joins per second", config.connectErrorBackoff());
        }
        return new SocketDecision.Accept(
                socket -> {
                    Connection connection = new Connection(this, socket, version, caller);
                    connections.add(connection);
                    return connection;
                });
    }

    private boolean joinsExhausted() {
        joinLock.lock();
        try {
            return joins.isExhausted(System.nanoTime());
        } finally {
            joinLock.unlock();
        }
    }

    private SocketDecision refuse(int status, String error, Duration after) {
        observer.tell(new RealtimeEvent.HandshakeRefused(status, error));
        byte[] body = ("{\"error\":" + Json.quote(error) + "}").getBytes(StandardCharsets.UTF_8);
        return new SocketDecision.Refuse(Answer.json(status, body), after);
    }

    /// Upstream's header wins, then the gateway's header, then the query (auth.md 1.2).
    private static Optional<String> key(Handshake handshake) {
        return handshake
                .headers()
                .first("x-api-key")
                .or(() -> handshake.headers().first("apikey"))
                .or(() -> handshake.parameter("apikey"))
                .or(
                        () ->
                                handshake
                                        .headers()
                                        .first("authorization")
                                        .filter(value -> value.startsWith("Bearer "))
                                        .map(value -> value.substring("Bearer ".length())))
                .filter(key -> !key.isBlank());
    }

    private void check() {
        Instant now = clock.instant();
        long nowNanos = System.nanoTime();
        for (Connection connection : connections) {
            guarded(() -> connection.check(now, nowNanos)).run();
        }
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                observer.tell(RealtimeEvent.UnknownErrorOnChannel.of("", e));
            }
        };
    }
}
