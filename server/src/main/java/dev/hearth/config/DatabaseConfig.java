package dev.hearth.config;

import dev.hearth.problem.Refusal;

import java.time.Duration;
import java.util.Optional;

/// Which database, and how it is used.
///
/// @param owner the owner's address (`HEARTH_DATABASE_URL`); empty means the embedded PostgreSQL
/// @param embeddedPort the port of the embedded PostgreSQL (`HEARTH_DB_PORT`)
/// @param servicePassword the password of the service roles (`POSTGRES_PASSWORD`); generated and
///   kept in the data folder when absent
/// @param authenticator overrides the address under which callers are served
///   (`HEARTH_AUTHENTICATOR_URL`)
/// @param auth overrides the address of the users' tables (`HEARTH_AUTH_URL`)
/// @param replication overrides the address of the stream (`HEARTH_REPLICATION_URL`)
/// @param poolSize the most connections on behalf of callers (`HEARTH_DB_POOL`, `PGRST_DB_POOL`;
///   10)
/// @param acquisitionTimeout how long a caller waits for a connection
///   (`PGRST_DB_POOL_ACQUISITION_TIMEOUT`, seconds; 10)
/// @param streams the most of these connections that large answers hold at a time, which are read
///   as slowly as their readers please (`HEARTH_DB_STREAMS`; half of them, at least one)
/// @param exposeNewTables whether new tables in `public` are granted to the API roles
///   (`HEARTH_AUTO_EXPOSE_NEW_TABLES`)
/// @param skipMissingExtensions whether migrations go on where this PostgreSQL lacks an extension
public record DatabaseConfig(
        Optional<DatabaseUrl> owner,
        int embeddedPort,
        Optional<Secret> servicePassword,
        Optional<DatabaseUrl> authenticator,
        Optional<DatabaseUrl> auth,
        Optional<DatabaseUrl> replication,
        int poolSize,
        Duration acquisitionTimeout,
        int streams,
        boolean exposeNewTables,
        boolean skipMissingExtensions) {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /// Whether the server brings its own PostgreSQL.
    public boolean embedded() {
        return owner.isEmpty();
    }

    static DatabaseConfig from(Settings settings) {
        Optional<DatabaseUrl> owner = url(settings, "HEARTH_DATABASE_URL");
        int pool =
                settings.integer(
                        "HEARTH_DB_POOL", settings.integer("PGRST_DB_POOL", 10, 1, 1000), 1, 1000);
        return new DatabaseConfig(
                owner,
                settings.integer("HEARTH_DB_PORT", 54322, 0, 65535),
                settings.secret("POSTGRES_PASSWORD"),
                url(settings, "HEARTH_AUTHENTICATOR_URL"),
                url(settings, "HEARTH_AUTH_URL"),
                url(settings, "HEARTH_REPLICATION_URL"),
                pool,
                acquisitionTimeout(settings),
                settings.integer("HEARTH_DB_STREAMS", Math.max(1, pool / 2), 1, 1000),
                settings.flag("HEARTH_AUTO_EXPOSE_NEW_TABLES", owner.isEmpty()),
                settings.flag("HEARTH_SKIP_MISSING_EXTENSIONS", false));
    }

    private static Duration acquisitionTimeout(Settings settings) {
        String name = "PGRST_DB_POOL_ACQUISITION_TIMEOUT";
        Duration timeout = settings.duration(name, Duration.ofSeconds(10), SECOND);
        if (timeout.compareTo(SECOND) < 0) {
            throw new Refusal(
                    new SettingProblem(
                            name, name + " is less than a second", "Write seconds, such as 10"));
        }
        return timeout;
    }

    private static Optional<DatabaseUrl> url(Settings settings, String name) {
        return settings.text(name).map(text -> DatabaseUrl.parse(name, text));
    }
}
