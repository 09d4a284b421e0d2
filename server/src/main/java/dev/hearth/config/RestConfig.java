package dev.hearth.config;

import dev.hearth.problem.Refusal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The data API, each setting under upstream's name (`PGRST_…`; rest.md 17) with the value that
/// Supabase ships where nothing is set. Those that are marked with * may also be set in the
/// database as `pgrst.<name>`, which wins: [#with].
///
/// What upstream has and this server has no use for, because one process serves everything, is
/// passed over in silence: where and how upstream listens, connects, pools and logs. A name that
/// upstream does not have either, and `PGRST_SERVER_CORS_ALLOWED_ORIGINS` (any origin may ask, no
/// cookie takes part), is told of once at the start: [RestSettingEvent.Unheeded].
///
/// @param schemas what is served, the default one first (`PGRST_DB_SCHEMAS`*; `public,
///   graphql_public`); see [#exposing]
/// @param anonymousRole who asks without a role; empty refuses such requests
///   (`PGRST_DB_ANON_ROLE`*; `anon`; may be set to nothing)
/// @param extraSearchPath schemas behind the one that is asked (`PGRST_DB_EXTRA_SEARCH_PATH`*;
///   `public, extensions`; may be set to nothing)
/// @param maxRows the most rows of every node of an answer (`PGRST_DB_MAX_ROWS`*; 1000; set to
///   nothing for no limit)
/// @param aggregates whether aggregates may be asked for (`PGRST_DB_AGGREGATES_ENABLED`*; true,
///   upstream false)
/// @param plans whether the plan of a statement may be asked for (`PGRST_DB_PLAN_ENABLED`*; true in
///   development, else false)
/// @param requireWhere whether a change or deletion without a filter is refused
///   (`HEARTH_REQUIRE_WHERE`; true)
/// @param bodyLimit the most bytes of a body (`HEARTH_REST_BODY_LIMIT`; 64MB)
/// @param answerLimit the most bytes of an answer that cannot be sent row by row
///   (`HEARTH_REST_ANSWER_LIMIT`; 64MB)
/// @param transactionEnd how transactions end (`PGRST_DB_TX_END`*; `commit`)
/// @param preRequest the function that is called before every statement (`PGRST_DB_PRE_REQUEST`*)
/// @param rootFunction the function that answers for the root (`PGRST_DB_ROOT_SPEC`*)
/// @param hoistedSettings settings of functions that are made for the whole transaction
///   (`PGRST_DB_HOISTED_TX_SETTINGS`*; `statement_timeout, plan_filter.statement_cost_limit,
///   default_transaction_isolation`)
/// @param tokens how a token becomes a role
/// @param description what the root answers
/// @param timing whether answers carry `Server-Timing` (`PGRST_SERVER_TIMING_ENABLED`*; false)
/// @param traceHeader a header field that is sent back (`PGRST_SERVER_TRACE_HEADER`*)
/// @param reload how it learns that it has to read the catalog or its settings again
/// @param appSettings settings for SQL to read, by name in lower case (`PGRST_APP_SETTINGS_X` is
///   `app.settings.x`)
public record RestConfig(
        List<String> schemas,
        Optional<String> anonymousRole,
        List<String> extraSearchPath,
        OptionalLong maxRows,
        boolean aggregates,
        boolean plans,
        boolean requireWhere,
        long bodyLimit,
        long answerLimit,
        TransactionEnd transactionEnd,
        Optional<FunctionName> preRequest,
        Optional<FunctionName> rootFunction,
        List<String> hoistedSettings,
        TokenRules tokens,
        Description description,
        boolean timing,
        Optional<String> traceHeader,
        Reload reload,
        Map<String, Secret> appSettings) {

    /// How transactions end (`PGRST_DB_TX_END`*).
    public enum TransactionEnd {
        /// Committed.
        COMMIT(false, false),
        /// Committed, unless the request prefers `tx=rollback`.
        COMMIT_ALLOW_OVERRIDE(false, true),
        /// Rolled back.
        ROLLBACK(true, false),
        /// Rolled back, unless the request prefers `tx=commit`.
        ROLLBACK_ALLOW_OVERRIDE(true, true);

        private final boolean rollsBack;
        private final boolean mayBeOverridden;

        TransactionEnd(boolean rollsBack, boolean mayBeOverridden) {
            this.rollsBack = rollsBack;
            this.mayBeOverridden = mayBeOverridden;
        }

        /// Whether transactions are rolled back where the request says nothing.
        public boolean rollsBack() {
            return rollsBack;
        }

        /// Whether the request may say otherwise.
        public boolean mayBeOverridden() {
            return mayBeOverridden;
        }
    }

    /// A function by its name, which upstream takes apart at the first point.
    ///
    /// @param schema empty where the search path decides
    public record FunctionName(Optional<String> schema, String name) {}

    /// How a token becomes a role.
    ///
    /// @param secret further keys, besides those of the project: a text, a JWK or a JWK set
    ///   (`PGRST_JWT_SECRET`*; `@file` reads it from a file)
    /// @param secretIsBase64 whether the secret is so encoded (`PGRST_JWT_SECRET_IS_BASE64`*;
    ///   false)
    /// @param audience what the claim `aud` must have where a token has it (`PGRST_JWT_AUD`*)
    /// @param rolePath where the role stands (`PGRST_JWT_ROLE_CLAIM_KEY`*; `.role`)
    /// @param cacheEntries how many verified tokens are remembered; 0 for none
    ///   (`PGRST_JWT_CACHE_MAX_ENTRIES`; 1000)
    public record TokenRules(
            Optional<Secret> secret,
            boolean secretIsBase64,
            Optional<String> audience,
            ClaimPath rolePath,
            int cacheEntries) {}

    /// What the root answers.
    ///
    /// @param mode (`PGRST_OPENAPI_MODE`*; `follow-privileges`)
    /// @param security whether it tells of tokens (`PGRST_OPENAPI_SECURITY_ACTIVE`*; false)
    /// @param proxyUri the address that it tells (`PGRST_OPENAPI_SERVER_PROXY_URI`*)
    public record Description(DescriptionMode mode, boolean security, Optional<String> proxyUri) {}

    /// What the root tells of (`PGRST_OPENAPI_MODE`*).
    public enum DescriptionMode {
        /// What the caller may use.
        FOLLOW_PRIVILEGES,
        /// Everything.
        IGNORE_PRIVILEGES,
        /// Nothing: it is not there.
        DISABLED
    }

    /// How the data API learns that something has changed.
    ///
    /// @param listens whether it listens to notifications (`PGRST_DB_CHANNEL_ENABLED`; true)
    /// @param channel to which (`PGRST_DB_CHANNEL`; `pgrst`)
    /// @param inDatabase whether settings in the database count (`PGRST_DB_CONFIG`; true)
    /// @param preConfig a function that makes such settings (`PGRST_DB_PRE_CONFIG`*)
    public record Reload(
            boolean listens,
            String channel,
            boolean inDatabase,
            Optional<FunctionName> preConfig) {}

    /// Settings with those of the database laid over them.
    ///
    /// @param config what is in force
    /// @param ignored what made no sense, and is told of
    public record Overlaid(RestConfig config, List<SettingProblem> ignored) {
        /// Copies the list.
        public Overlaid {
            ignored = List.copyOf(ignored);
        }
    }

    /// Settings of which only those schemas are left that can be served.
    ///
    /// @param leftOut what was asked for in vain, and is told of
    public record Exposed(RestConfig config, List<String> leftOut) {
        /// Copies the list.
        public Exposed {
            leftOut = List.copyOf(leftOut);
        }
    }

    /// Never served: they hold secrets, or what nobody should call.
    private static final Set<String> FORBIDDEN =
            Set.of("auth", "realtime", "extensions", "pg_catalog", "information_schema");

    /// Copies the collections.
    public RestConfig {
        schemas = List.copyOf(schemas);
        extraSearchPath = List.copyOf(extraSearchPath);
        hoistedSettings = List.copyOf(hoistedSettings);
        appSettings = Collections.unmodifiableMap(new LinkedHashMap<>(appSettings));
    }

    /// Reads the settings.
    ///
    /// @param development whether the embedded database is used on loopback
    /// @throws Refusal with a [SettingProblem] for a value that makes no sense
    public static RestConfig from(Settings settings, boolean development) {
        return RestSettings.read(settings, RestSettings.defaults(development));
    }

    /// The names under `PGRST_` that are set and have no effect that somebody might expect.
    public static List<String> unheeded(Settings settings) {
        return settings.namesWith("PGRST_").stream()
                .filter(name -> !RestSettingNames.isHeeded(name))
                .toList();
    }

    /// The names that may be set in the database, such as `pgrst.db_max_rows`.
    public static Set<String> namesInDatabase() {
        return RestSettingNames.inDatabase();
    }

    /// These settings with those of the database laid over them. Names that may not be set there
    /// are passed over, values that make no sense are left out one by one.
    ///
    /// Mirrors `PostgREST/postgrest:src/PostgREST/Config/Database.hs`.
    ///
    /// @param inDatabase names such as `pgrst.db_max_rows` and their texts
    public Overlaid with(Map<String, String> inDatabase) {
        RestConfig config = this;
        var ignored = new ArrayList<SettingProblem>();
        for (Map<String, String> setting : RestSettingNames.ofDatabase(inDatabase)) {
            try {
                config = RestSettings.read(Settings.of(List.of(setting)), config);
            } catch (Refusal refusal) {
                if (refusal.problem() instanceof SettingProblem problem) {
                    ignored.add(problem);
                }
            }
        }
        return new Overlaid(config, ignored);
    }

    /// These settings with only those schemas that exist and may be served: not `auth`, `realtime`,
    /// `extensions` and the system's own. `storage` is served where it is listed. A default schema
    /// that does not exist is no news.
    ///
    /// @param existing the schemas of the database
    /// @throws Refusal with a [SettingProblem] when none is left
    public Exposed exposing(Set<String> existing) {
        List<String> served =
                schemas.stream()
                        .filter(schema -> !FORBIDDEN.contains(schema) && existing.contains(schema))
                        .toList();
        if (served.isEmpty()) {
            throw new Refusal(
                    new SettingProblem(
                            "PGRST_DB_SCHEMAS",
                            "PGRST_DB_SCHEMAS names no schema that can be served",
                            "Name a schema of the database other than auth, realtime and"
                                    + " extensions"));
        }
        var leftOut = new ArrayList<>(schemas);
        leftOut.removeAll(served);
        if (schemas.equals(RestSettings.DEFAULT_SCHEMAS)) {
            leftOut.clear();
        }
        return new Exposed(withSchemas(served), leftOut);
    }

    private RestConfig withSchemas(List<String> served) {
        return new RestConfig(
                served,
                anonymousRole,
                extraSearchPath,
                maxRows,
                aggregates,
                plans,
                requireWhere,
                bodyLimit,
                answerLimit,
                transactionEnd,
                preRequest,
                rootFunction,
                hoistedSettings,
                tokens,
                description,
                timing,
                traceHeader,
                reload,
                appSettings);
    }
}
