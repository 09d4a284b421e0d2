package dev.hearth.benchmarks;

import dev.hearth.config.RealtimeConfig;
import dev.hearth.config.Secret;
import dev.hearth.config.Settings;
import dev.hearth.config.SocketConfig;
import dev.hearth.config.TokenConfig;
import dev.hearth.gateway.SocketServer;
import dev.hearth.observe.Observer;
import dev.hearth.realtime.Realtime;
import dev.hearth.token.ProjectKeys;
import dev.hearth.token.Tokens;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The server under load, in a process of its own so that its CPU time is its own. Prints its port;
/// then answers each line on its input with the bytes of its heap in use after a collection.
public final class BenchmarkServer {

    static final String KEY = "sb_publishable_0123456789012345678901_12345678";

    private BenchmarkServer() {}

    /// @param arguments `hearth` or `jetty`
    public static void main(String[] arguments) throws Exception {
        System.out.println(arguments[0].equals("hearth") ? hearth() : BareJetty.start());
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            Runtime runtime = Runtime.getRuntime();
            System.out.println(runtime.totalMemory() - runtime.freeMemory());
        }
        System.exit(0);
    }

    private static int hearth() throws Exception {
        Settings settings =
                Settings.of(
                        List.of(
                                Map.of(
                                        "MAX_EVENTS_PER_SECOND", "10000000",
                                        "MAX_JOINS_PER_SECOND", "100000",
                                        "HEARTH_SOCKET_IDLE", "1h")));
        TokenConfig keys =
                new TokenConfig(
                        new Secret("a-secret-for-load-with-more-than-32-characters"),
                        List.of(),
                        "issuer",
                        "authenticated",
                        Duration.ofHours(1),
                        new Secret("none"),
                        new Secret("none"),
                        List.of(new Secret(KEY)),
                        List.of());
        Observer observer = new Observer();
        Realtime realtime =
                new Realtime(
                        RealtimeConfig.from(settings),
                        new Tokens(keys, Clock.systemUTC()),
                        new ProjectKeys(keys),
                        (caller, bindings, subscriber) -> {
                            throw new UnsupportedOperationException();
                        },
                        new Realtime.Health() {
                            @Override
                            public boolean databaseConnected() {
                                return true;
                            }

                            @Override
                            public boolean replicationConnected() {
                                return true;
                            }
                        },
                        observer,
                        Clock.systemUTC());
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        SocketServer.install(server, SocketConfig.from(settings), realtime.sockets(), observer);
        server.start();
        return connector.getLocalPort();
    }
}
