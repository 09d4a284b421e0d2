package dev.hearth.benchmarks;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The yardstick: the shortest broadcast server on the same web server. Whatever text one socket
/// sends goes to every other, with `Session.sendText` for each.
final class BareJetty {

    private static final Set<Session> SESSIONS = ConcurrentHashMap.newKeySet();

    private BareJetty() {}

    /// @return the port
    static int start() throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(
                WebSocketUpgradeHandler.from(
                        server,
                        container ->
                                container.addMapping(
                                        "/*", (request, response, callback) -> new Everybody())));
        server.start();
        return connector.getLocalPort();
    }

    /// One socket; public for the web server.
    public static final class Everybody implements Session.Listener.AutoDemanding {
        private Session own;

        @Override
        public void onWebSocketOpen(Session session) {
            own = session;
            SESSIONS.add(session);
        }

        @Override
        public void onWebSocketText(String text) {
            for (Session session : SESSIONS) {
                if (!session.equals(own)) {
                    session.sendText(text, Callback.NOOP);
                }
            }
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            SESSIONS.remove(own);
            callback.succeed();
        }
    }
}
