package dev.hearth;

import dev.hearth.auth.Auth;
import dev.hearth.config.Config;
import dev.hearth.config.RestSettingEvent;
import dev.hearth.database.Database;
import dev.hearth.database.PreparedDatabase;
import dev.hearth.database.StartProgress;
import dev.hearth.exchange.Route;
import dev.hearth.gateway.Gateway;
import dev.hearth.gateway.SocketServer;
import dev.hearth.observe.Observer;
import dev.hearth.realtime.Realtime;
import dev.hearth.realtime.changes.Changes;
import dev.hearth.replication.Replication;
import dev.hearth.rest.Rest;
import dev.hearth.token.ProjectKeys;
import dev.hearth.token.Tokens;
import dev.hearth.token.VerificationKeys;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A running server: every part built by constructor, top to bottom.
///
/// ```
/// try (var server = Server.start(Config.from(settings), StartProgress.silent())) {
///     URI api = server.apiUrl();
/// }
/// ```
public final class Server implements AutoCloseable {

    private static final Duration FIRST_CATALOG = Duration.ofSeconds(10);

    private final Config config;
    private final Parts parts;
    private final PreparedDatabase prepared;
    private final Rest rest;
    private final Gateway gateway;

    private Server(
            Config config, Parts parts, PreparedDatabase prepared, Rest rest, Gateway gateway) {
        this.config = config;
        this.parts = parts;
        this.prepared = prepared;
        this.rest = rest;
        this.gateway = gateway;
    }

    /// Brings everything up and returns when requests are answered. Blocks; a first start unpacks
    /// and initialises a database.
    ///
    /// @param progress hears what takes time
    /// @throws dev.hearth.problem.Refusal when the settings or the surroundings do not allow it,
    ///   with what mends it; nothing is left running
    public static Server start(Config config, StartProgress progress) {
        return start(config, progress, FIRST_CATALOG);
    }

    /// @param firstCatalog how long the catalog of the data API is waited for
    static Server start(Config config, StartProgress progress, Duration firstCatalog) {
        var parts = new Parts();
        try {
            var clock = Clock.systemUTC();
            var preparing = parts.begin("database", () -> PreparedDatabase.open(config, progress));
            // While PostgreSQL starts: what the virtual machine takes longest to load.
            var observer = new Observer();
            var tokens = new Tokens(config.token(), clock);
            var keys = new ProjectKeys(config.token());
            if (!config.unheeded().isEmpty()) {
                observer.tell(new RestSettingEvent.Unheeded(config.unheeded()));
            }
            Gateway.preload();
            var prepared = preparing.get();
            prepared.keep(observer);
            var database =
                    parts.add(
                            Database.open(
                                    prepared.logins(),
                                    new Database.Limits(
                                            config.database().poolSize(),
                                            config.database().acquisitionTimeout(),
                                            config.auth().requestLimit()),
                                    observer));
            var connections = new Connections(database);
            var changes = parts.add(Changes.start(connections, config.changes(), observer, clock));
            var replication =
                    parts.add(
                            Replication.follow(
                                    Connections.replicationSettings(
                                            config.changes(), prepared.installation()),
                                    connections,
                                    changes.log(),
                                    observer::tell));
            var health = new Health(database, replication);
            var realtime =
                    new Realtime(
                            config.realtime(),
                            tokens,
                            keys,
                            changes.subscriptions(),
                            health,
                            observer,
                            clock);
            var auth =
                    new Auth(config.auth(), config.token(), tokens, connections, observer, clock);
            var rest =
                    parts.add(
                            Rest.start(
                                    config,
                                    VerificationKeys.of(config.token()),
                                    database,
                                    observer,
                                    clock));
            var operations =
                    new Operations(
                            () ->
                                    new Operations.Readiness(
                                            health.databaseConnected(),
                                            health.interruption(),
                                            rest.hasCatalog()),
                            observer,
                            config.http().loopback());
            List<Route> routes =
                    Stream.of(auth.routes(), rest.routes(), realtime.routes(), operations.routes())
                            .flatMap(List::stream)
                            .toList();
            // Nobody shall be told that there is no catalog yet by a server that says it is ready.
            var _ = rest.awaitCatalog(firstCatalog);
            var gateway =
                    parts.add(
                            Gateway.open(
                                    config.http(),
                                    keys,
                                    routes,
                                    jetty ->
                                            SocketServer.install(
                                                    jetty,
                                                    config.sockets(),
                                                    realtime.sockets(),
                                                    observer),
                                    observer));
            // After the gateway, so that sockets are drained before it stops.
            parts.add(realtime);
            return new Server(config, parts, prepared, rest, gateway);
        } catch (RuntimeException e) {
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

    /// Has the data API read the schema and its settings in the database again, soon. Needed only
    /// where the database cannot tell of changes: see `PGRST_DB_CHANNEL_ENABLED`.
    public void reload() {
        rest.reload();
    }

    /// Stops in the opposite order of the start: drains sockets and requests, lets the replication
    /// slot stay, stops the embedded PostgreSQL. May be called more than once.
    @Override
    public void close() {
        parts.close();
    }
}
