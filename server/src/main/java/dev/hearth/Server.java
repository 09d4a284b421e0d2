package dev.hearth;

import dev.hearth.auth.Auth;
import dev.hearth.auth.AuthDatabase;
import dev.hearth.config.Config;
import dev.hearth.database.Database;
import dev.hearth.database.PreparedDatabase;
import dev.hearth.database.StartProgress;
import dev.hearth.database.Work;
import dev.hearth.exchange.Route;
import dev.hearth.gateway.Gateway;
import dev.hearth.observe.Observer;
import dev.hearth.token.ProjectKeys;
import dev.hearth.token.Tokens;

import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;

/// A running server: every part built by constructor, top to bottom.
///
/// ```
/// try (var server = Server.start(Config.from(settings), StartProgress.silent())) {
///     URI api = server.apiUrl();
/// }
/// ```
public final class Server implements AutoCloseable {

    private final Config config;
    private final Parts parts;
    private final PreparedDatabase prepared;
    private final Gateway gateway;

    private Server(Config config, Parts parts, PreparedDatabase prepared, Gateway gateway) {
        this.config = config;
        this.parts = parts;
        this.prepared = prepared;
        this.gateway = gateway;
    }

    /// Brings everything up and returns when requests are answered. Blocks; a first start unpacks
    /// and initialises a database.
    ///
    /// @param progress hears what takes time
    /// @throws dev.hearth.problem.Refusal when the settings or the surroundings do not allow it,
    ///   with what mends it; nothing is left running
    /// @throws SQLException when the database fails while it is laid
    public static Server start(Config config, StartProgress progress) throws SQLException {
        var parts = new Parts();
        try {
            var clock = Clock.systemUTC();
            var observer = new Observer();
            var prepared = parts.add(PreparedDatabase.open(config, progress));
            var database =
                    parts.add(
                            Database.open(
                                    prepared.logins(), config.database().poolSize(), observer));
            var tokens = new Tokens(config.token(), clock);
            var keys = new ProjectKeys(config.token());
            var auth =
                    new Auth(
                            config.auth(),
                            config.token(),
                            tokens,
                            authDatabase(database),
                            observer,
                            clock);
            var operations =
                    new Operations(database, Optional::empty, observer, config.http().loopback());
            var routes = new ArrayList<Route>();
            routes.addAll(auth.routes());
            routes.addAll(operations.routes());
            var gateway = parts.add(Gateway.open(config.http(), keys, routes, _ -> {}, observer));
            return new Server(config, parts, prepared, gateway);
        } catch (SQLException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /// The port of the API.
    public int port() {
        return gateway.port();
    }

    /// The address of the API on this machine, without a path.
    public URI apiUrl() {
        return URI.create("http://%s:%d".formatted(config.http().bind(), port()));
    }

    /// The address of the database for people, with the password of the role that owns their
    /// objects: a secret outside development.
    public String databaseUrl() {
        return prepared.developer().reveal();
    }

    /// Stops in the opposite order of the start: takes no new requests, drains sockets, lets the
    /// replication slot stay, stops the embedded PostgreSQL. May be called more than once.
    @Override
    public void close() {
        parts.close();
    }

    private static AuthDatabase authDatabase(Database database) {
        return new AuthDatabase() {
            @Override
            public <T> T inTransaction(Work<T> work) throws SQLException {
                return database.asAuth(work);
            }
        };
    }

    /// What was started, to be closed in the opposite order.
    private static final class Parts implements AutoCloseable {

        private interface Part extends AutoCloseable {
            @Override
            void close();
        }

        private final Deque<Part> started = new ArrayDeque<>();

        <T extends AutoCloseable> T add(T part) {
            started.push(
                    () -> {
                        try {
                            part.close();
                        } catch (Exception e) {
                            throw new IllegalStateException("a part did not stop", e);
                        }
                    });
            return part;
        }

        @Override
        public synchronized void close() {
            while (!started.isEmpty()) {
                started.pop().close();
            }
        }
    }
}
