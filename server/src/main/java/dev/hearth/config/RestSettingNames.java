package dev.hearth.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The names of upstream's settings: `PGRST_DB_SCHEMAS` in the environment, `pgrst.db_schemas` in
/// the database.
final class RestSettingNames {

    static final String APP_SETTINGS = "PGRST_APP_SETTINGS_";

    private static final String PREFIX = "PGRST_";
    private static final String DATABASE_PREFIX = "pgrst.";

    /// Those that may be set in the database, without the prefix.
    private static final Set<String> OF_DATABASE =
            Set.of(
                    "DB_AGGREGATES_ENABLED",
                    "DB_ANON_ROLE",
                    "DB_PRE_CONFIG",
                    "DB_EXTRA_SEARCH_PATH",
                    "DB_MAX_ROWS",
                    "DB_PLAN_ENABLED",
                    "DB_PRE_REQUEST",
                    "DB_ROOT_SPEC",
                    "DB_SCHEMAS",
                    "DB_TX_END",
                    "DB_HOISTED_TX_SETTINGS",
                    "JWT_AUD",
                    "JWT_ROLE_CLAIM_KEY",
                    "JWT_SECRET",
                    "JWT_SECRET_IS_BASE64",
                    "OPENAPI_MODE",
                    "OPENAPI_SECURITY_ACTIVE",
                    "OPENAPI_SERVER_PROXY_URI",
                    "SERVER_TRACE_HEADER",
                    "SERVER_TIMING_ENABLED");

    /// Heeded when they stand in the environment only, among them upstream's older names.
    private static final Set<String> OF_ENVIRONMENT =
            Set.of(
                    "DB_CHANNEL",
                    "DB_CHANNEL_ENABLED",
                    "DB_CONFIG",
                    "DB_POOL",
                    "DB_POOL_ACQUISITION_TIMEOUT",
                    "DB_SCHEMA",
                    "JWT_CACHE_MAX_ENTRIES",
                    "MAX_ROWS",
                    "PRE_REQUEST",
                    "ROLE_CLAIM_KEY",
                    "ROOT_SPEC",
                    "SECRET_IS_BASE64");

    /// How upstream's process listens, connects, pools and logs.
    private static final Set<String> WITHOUT_MEANING =
            Set.of(
                    "ADMIN_SERVER_HOST",
                    "ADMIN_SERVER_PORT",
                    "DB_POOL_AUTOMATIC_RECOVERY",
                    "DB_POOL_MAX_IDLETIME",
                    "DB_POOL_MAX_LIFETIME",
                    "DB_POOL_TIMEOUT",
                    "DB_PREPARED_STATEMENTS",
                    "DB_URI",
                    "DB_USE_LEGACY_GUCS",
                    "INTERNAL_SCHEMA_CACHE_QUERY_SLEEP",
                    "JWT_CACHE_MAX_LIFETIME",
                    "LOG_LEVEL",
                    "LOG_QUERY",
                    "SERVER_HOST",
                    "SERVER_PORT",
                    "SERVER_UNIX_SOCKET",
                    "SERVER_UNIX_SOCKET_MODE");

    private RestSettingNames() {}

    /// Whether a variable that begins like them is one.
    static boolean isHeeded(String name) {
        String key = name.substring(PREFIX.length());
        return name.startsWith(APP_SETTINGS)
                || OF_DATABASE.contains(key)
                || OF_ENVIRONMENT.contains(key)
                || WITHOUT_MEANING.contains(key);
    }

    /// As they are written in the database: `pgrst.db_schemas`.
    static Set<String> inDatabase() {
        return OF_DATABASE.stream()
                .map(key -> DATABASE_PREFIX + key.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Settings of the database under the names of the environment, to be read one after the other;
    /// a secret together with its encoding.
    static List<Map<String, String>> ofDatabase(Map<String, String> inDatabase) {
        var byKey = new TreeMap<String, Map<String, String>>();
        inDatabase.forEach(
                (name, value) -> {
                    String key =
                            name.startsWith(DATABASE_PREFIX)
                                    ? name.substring(DATABASE_PREFIX.length())
                                            .toUpperCase(Locale.ROOT)
                                    : "";
                    if (OF_DATABASE.contains(key)) {
                        String together = key.startsWith("JWT_SECRET") ? "JWT_SECRET" : key;
                        byKey.computeIfAbsent(together, _ -> new LinkedHashMap<>())
                                .put(PREFIX + key, value);
                    }
                });
        return List.copyOf(byKey.values());
    }
}
