package dev.hearth.gateway;

import dev.hearth.config.SocketConfig;
import dev.hearth.exchange.SocketRoute;
import dev.hearth.observe.Observer;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// WebSockets on the web server's core layer, in front of what handles HTTP.
///
/// No extension is negotiated, since shared buffers hold ready-made frames. Close codes sent from
/// here:
///
/// | code | when |
/// |---|---|
/// | 1001 | nothing received for too long |
/// | 1007 | a text message that is not UTF-8 |
/// | 1009 | a frame or message over the limit |
/// | 1011 | a fault of ours |
/// | 1013 | the receiver is too slow: its outbox is full (1008 would say that the client broke a rule and should stay away; it may come back when it can keep up) |
public final class SocketServer {

    private static final long SILENCE_CHECK_SECONDS = 1;
    private static final long CLOSE_SECONDS = 5;

    private final Server jetty;
    private final SocketConfig config;
    private final Observer observer;
    private final Set<SocketSession> sessions = ConcurrentHashMap.newKeySet();

    private SocketServer(Server jetty, SocketConfig config, Observer observer) {
        this.jetty = jetty;
        this.config = config;
        this.observer = observer;
    }

    /// Puts the routes in front of the server's handler. To be called before the server starts.
    public static void install(
            Server jetty, SocketConfig config, List<SocketRoute> routes, Observer observer) {
        SocketServer sockets = new SocketServer(jetty, config, observer);
        SocketUpgrade upgrade = new SocketUpgrade(sockets, routes);
        upgrade.setHandler(jetty.getHandler());
        jetty.setHandler(upgrade);
        jetty.addEventListener(
                new LifeCycle.Listener() {
                    @Override
                    public void lifeCycleStarted(LifeCycle event) {
                        sockets.watchSilence();
                    }
                });
        observer.meters().gauge("hearth.sockets", sockets.sessions, Set::size);
    }

    SocketConfig config() {
        return config;
    }

    Observer observer() {
        return observer;
    }

    void opened(SocketSession session) {
        sessions.add(session);
    }

    void closed(SocketSession session) {
        sessions.remove(session);
    }

    /// Runs the task when a peer had time enough to answer the closing handshake.
    void later(Runnable task) {
        if (jetty.isRunning()) {
            jetty.getScheduler().schedule(task, CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /// The web server's own idle timeout is also reset by what is written, so that a dead peer on a
    /// busy channel would never be noticed.
    private void watchSilence() {
        if (jetty.isRunning()) {
            long now = System.nanoTime();
            sessions.forEach(session -> session.closeIfSilent(now));
            jetty.getScheduler()
                    .schedule(this::watchSilence, SILENCE_CHECK_SECONDS, TimeUnit.SECONDS);
        }
    }
}
