package dev.hearth.config;

import dev.hearth.config.RestConfig.Description;
import dev.hearth.config.RestConfig.DescriptionMode;
import dev.hearth.config.RestConfig.FunctionName;
import dev.hearth.config.RestConfig.Reload;
import dev.hearth.config.RestConfig.TokenRules;
import dev.hearth.config.RestConfig.TransactionEnd;
import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Reads a [RestConfig]: from the environment over the defaults, or from the database over that.
final class RestSettings {

    static final List<String> DEFAULT_SCHEMAS = List.of("public", "graphql_public");

    private static final int LEAST_SECRET_BYTES = 32;
    private static final Pattern PARAMETER = Pattern.compile("[a-z_][a-z0-9_$]*(\\.[a-z0-9_$]+)*");
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final Settings settings;
    private final RestConfig base;

    private RestSettings(Settings settings, RestConfig base) {
        this.settings = settings;
        this.base = base;
    }

    static RestConfig defaults(boolean development) {
        return new RestConfig(
                DEFAULT_SCHEMAS,
                Optional.of("anon"),
                List.of("public", "extensions"),
                OptionalLong.of(1000),
                true,
                development,
                true,
                64L << 20,
                64L << 20,
                TransactionEnd.COMMIT,
                Optional.empty(),
                Optional.empty(),
                List.of(
                        "statement_timeout",
                        "plan_filter.statement_cost_limit",
                        "default_transaction_isolation"),
                new TokenRules(Optional.empty(), false, Optional.empty(), ClaimPath.ROLE, 1000),
                new Description(DescriptionMode.FOLLOW_PRIVILEGES, false, Optional.empty()),
                false,
                Optional.empty(),
                new Reload(true, "pgrst", true, Optional.empty()),
                Map.of());
    }

    static RestConfig read(Settings settings, RestConfig base) {
        return new RestSettings(settings, base).read();
    }

    private RestConfig read() {
        return new RestConfig(
                schemas(),
                settings.evenBlank("PGRST_DB_ANON_ROLE").isPresent()
                        ? text("PGRST_DB_ANON_ROLE")
                        : base.anonymousRole(),
                settings.evenBlank("PGRST_DB_EXTRA_SEARCH_PATH").isPresent()
                        ? settings.list("PGRST_DB_EXTRA_SEARCH_PATH", List.of())
                        : base.extraSearchPath(),
                maxRows(),
                settings.flag("PGRST_DB_AGGREGATES_ENABLED", base.aggregates()),
                settings.flag("PGRST_DB_PLAN_ENABLED", base.plans()),
                settings.flag("HEARTH_REQUIRE_WHERE", base.requireWhere()),
                limit("HEARTH_REST_BODY_LIMIT", base.bodyLimit()),
                limit("HEARTH_REST_ANSWER_LIMIT", base.answerLimit()),
                transactionEnd(),
                function("PGRST_DB_PRE_REQUEST", "PGRST_PRE_REQUEST").or(base::preRequest),
                function("PGRST_DB_ROOT_SPEC", "PGRST_ROOT_SPEC").or(base::rootFunction),
                hoisted(),
                tokens(),
                description(),
                settings.flag("PGRST_SERVER_TIMING_ENABLED", base.timing()),
                traceHeader(),
                new Reload(
                        settings.flag("PGRST_DB_CHANNEL_ENABLED", base.reload().listens()),
                        text("PGRST_DB_CHANNEL").orElse(base.reload().channel()),
                        settings.flag("PGRST_DB_CONFIG", base.reload().inDatabase()),
                        function("PGRST_DB_PRE_CONFIG").or(base.reload()::preConfig)),
                appSettings());
    }

    private List<String> schemas() {
        String name = text("PGRST_DB_SCHEMAS").isPresent() ? "PGRST_DB_SCHEMAS" : "PGRST_DB_SCHEMA";
        return settings.list(name, base.schemas()).stream().distinct().toList();
    }

    private OptionalLong maxRows() {
        Optional<String> given =
                settings.evenBlank("PGRST_DB_MAX_ROWS")
                        .or(() -> settings.evenBlank("PGRST_MAX_ROWS"));
        if (given.isEmpty()) {
            return base.maxRows();
        }
        if (given.get().isBlank()) {
            return OptionalLong.empty();
        }
        String name =
                text("PGRST_DB_MAX_ROWS").isPresent() ? "PGRST_DB_MAX_ROWS" : "PGRST_MAX_ROWS";
        return OptionalLong.of(settings.number(name, 0, 0, Integer.MAX_VALUE));
    }

    private long limit(String name, long base) {
        long limit = settings.bytes(name, base);
        if (limit < 1) {
            throw refuse(name, "is 0", "Write a size such as 64MB");
        }
        return limit;
    }

    private TransactionEnd transactionEnd() {
        return choice("PGRST_DB_TX_END", TransactionEnd.values(), base.transactionEnd());
    }

    private List<String> hoisted() {
        List<String> names =
                settings.list("PGRST_DB_HOISTED_TX_SETTINGS", base.hoistedSettings()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList();
        if (!names.stream().allMatch(name -> PARAMETER.matcher(name).matches())) {
            throw refuse(
                    "PGRST_DB_HOISTED_TX_SETTINGS",
                    "has a name that no setting can have",
                    "Write names with commas between them, such as statement_timeout");
        }
        return names;
    }

    private TokenRules tokens() {
        TokenRules given = base.tokens();
        boolean base64 =
                settings.flag(
                        "PGRST_JWT_SECRET_IS_BASE64",
                        settings.flag("PGRST_SECRET_IS_BASE64", given.secretIsBase64()));
        return new TokenRules(
                secret(base64).or(given::secret),
                base64,
                audience().or(given::audience),
                text("PGRST_JWT_ROLE_CLAIM_KEY", "PGRST_ROLE_CLAIM_KEY")
                        .map(path -> ClaimPath.parse("PGRST_JWT_ROLE_CLAIM_KEY", path))
                        .orElse(given.rolePath()),
                settings.integer(
                        "PGRST_JWT_CACHE_MAX_ENTRIES", given.cacheEntries(), 0, 10_000_000));
    }

    private Optional<Secret> secret(boolean base64) {
        Optional<String> secret = text("PGRST_JWT_SECRET").map(RestSettings::fromFile);
        if (!base64 && secret.filter(text -> text.length() < LEAST_SECRET_BYTES).isPresent()) {
            throw refuse(
                    "PGRST_JWT_SECRET",
                    "has fewer than %d characters".formatted(LEAST_SECRET_BYTES),
                    "Make keys with: hearth keys");
        }
        return secret.map(Secret::new);
    }

    private static String fromFile(String text) {
        if (!text.startsWith("@")) {
            return text;
        }
        try {
            return Files.readString(Path.of(text.substring(1))).strip();
        } catch (IOException | InvalidPathException _) {
            throw refuse(
                    "PGRST_JWT_SECRET",
                    "names a file that cannot be read",
                    "Write the secret itself, or @ and the name of a file");
        }
    }

    /// A text with a colon must be an address, as RFC 7519 has it.
    private Optional<String> audience() {
        Optional<String> audience = text("PGRST_JWT_AUD");
        if (audience.filter(text -> text.contains(":")).isPresent()
                && uri(audience.get()).filter(URI::isAbsolute).isEmpty()) {
            throw refuse(
                    "PGRST_JWT_AUD",
                    "is neither a text without a colon nor a URI",
                    "jwt-aud should be a string or a valid URI");
        }
        return audience;
    }

    private Description description() {
        Description given = base.description();
        return new Description(
                choice("PGRST_OPENAPI_MODE", DescriptionMode.values(), given.mode()),
                settings.flag("PGRST_OPENAPI_SECURITY_ACTIVE", given.security()),
                proxyUri().or(given::proxyUri));
    }

    private Optional<String> proxyUri() {
        Optional<String> proxy = text("PGRST_OPENAPI_SERVER_PROXY_URI");
        if (proxy.isPresent() && uri(proxy.get()).filter(RestSettings::isWeb).isEmpty()) {
            throw refuse(
                    "PGRST_OPENAPI_SERVER_PROXY_URI",
                    "is no address of a web server",
                    "Write one such as https://example.com:8443/basePath");
        }
        return proxy;
    }

    private static boolean isWeb(URI uri) {
        return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
    }

    private Optional<String> traceHeader() {
        Optional<String> header = text("PGRST_SERVER_TRACE_HEADER");
        if (header.filter(name -> !HEADER.matcher(name).matches()).isPresent()) {
            throw refuse(
                    "PGRST_SERVER_TRACE_HEADER",
                    "is no name of a header field",
                    "Write one such as X-Request-Id");
        }
        return header.or(base::traceHeader);
    }

    private Map<String, Secret> appSettings() {
        var named = new LinkedHashMap<>(base.appSettings());
        for (String name : settings.namesWith(RestSettingNames.APP_SETTINGS)) {
            String setting =
                    "app.settings."
                            + name.substring(RestSettingNames.APP_SETTINGS.length())
                                    .toLowerCase(Locale.ROOT);
            if (!PARAMETER.matcher(setting).matches()) {
                throw refuse(
                        name,
                        "cannot be the name of a setting",
                        "Use letters, digits and underscores behind "
                                + RestSettingNames.APP_SETTINGS);
            }
            settings.secret(name).ifPresent(value -> named.put(setting, value));
        }
        return named;
    }

    private Optional<String> text(String... names) {
        return settings.text(names);
    }

    private Optional<FunctionName> function(String... names) {
        return text(names).map(text -> functionName(names[0], text));
    }

    private static FunctionName functionName(String name, String text) {
        int point = text.indexOf('.');
        Optional<String> schema =
                point < 0 ? Optional.empty() : Optional.of(text.substring(0, point));
        String function = text.substring(point + 1);
        if (function.isEmpty() || schema.filter(String::isEmpty).isPresent()) {
            throw refuse(
                    name, "is no name of a function", "Write one such as public.check_request");
        }
        return new FunctionName(schema, function);
    }

    private <E extends Enum<E>> E choice(String name, E[] choices, E fallback) {
        Optional<String> given = text(name);
        if (given.isEmpty()) {
            return fallback;
        }
        for (E choice : choices) {
            if (written(choice).equals(given.get())) {
                return choice;
            }
        }
        List<String> possible = List.of(choices).stream().map(RestSettings::written).toList();
        throw refuse(
                name,
                "is none of " + String.join(", ", possible),
                "Write one of them, or leave it out for the default");
    }

    private static String written(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static Refusal refuse(String name, String what, String advice) {
        return new Refusal(new SettingProblem(name, name + " " + what, advice));
    }
}
