package dev.hearth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.config.RestConfig.Description;
import dev.hearth.config.RestConfig.DescriptionMode;
import dev.hearth.config.RestConfig.FunctionName;
import dev.hearth.config.RestConfig.Reload;
import dev.hearth.config.RestConfig.TokenRules;
import dev.hearth.config.RestConfig.TransactionEnd;
import dev.hearth.problem.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

class RestConfigTest {

    private static final String SECRET = "another-secret-with-more-than-32-characters";

    private static RestConfig with(String... settings) {
        return RestConfig.from(TestSettings.of(map(settings)), false);
    }

    private static Map<String, String> map(String... settings) {
        var map = new java.util.HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return map;
    }

    @Test
    void hasTheDefaultsThatSupabaseShips() {
        assertThat(with())
                .isEqualTo(
                        new RestConfig(
                                List.of("public", "graphql_public"),
                                Optional.of("anon"),
                                List.of("public", "extensions"),
                                OptionalLong.of(1000),
                                true,
                                false,
                                true,
                                67_108_864,
                                67_108_864,
                                TransactionEnd.COMMIT,
                                Optional.empty(),
                                Optional.empty(),
                                List.of(
                                        "statement_timeout",
                                        "plan_filter.statement_cost_limit",
                                        "default_transaction_isolation"),
                                new TokenRules(
                                        Optional.empty(),
                                        false,
                                        Optional.empty(),
                                        ClaimPath.ROLE,
                                        1000),
                                new Description(
                                        DescriptionMode.FOLLOW_PRIVILEGES, false, Optional.empty()),
                                false,
                                Optional.empty(),
                                new Reload(true, "pgrst", true, Optional.empty()),
                                Map.of()));
    }

    @Test
    void plansMayBeAskedForInDevelopment() {
        assertThat(TestSettings.developmentConfig().rest().plans()).isTrue();
        assertThat(with().plans()).isFalse();
    }

    @Test
    void hasANameForEverySetting() {
        assertThat(
                        with(
                                "PGRST_DB_SCHEMAS",
                                "api, storage,api",
                                "PGRST_DB_ANON_ROLE",
                                "web",
                                "PGRST_DB_EXTRA_SEARCH_PATH",
                                "lib",
                                "PGRST_DB_MAX_ROWS",
                                "7",
                                "PGRST_DB_AGGREGATES_ENABLED",
                                "false",
                                "PGRST_DB_PLAN_ENABLED",
                                "true",
                                "HEARTH_REQUIRE_WHERE",
                                "false",
                                "HEARTH_REST_BODY_LIMIT",
                                "2kB",
                                "HEARTH_REST_ANSWER_LIMIT",
                                "4kB",
                                "PGRST_DB_TX_END",
                                "rollback-allow-override",
                                "PGRST_DB_PRE_REQUEST",
                                "api.check.it",
                                "PGRST_DB_ROOT_SPEC",
                                "root",
                                "PGRST_DB_HOISTED_TX_SETTINGS",
                                "Work_Mem, app.x",
                                "PGRST_JWT_SECRET",
                                SECRET,
                                "PGRST_JWT_SECRET_IS_BASE64",
                                "true",
                                "PGRST_JWT_AUD",
                                "https://example.com",
                                "PGRST_JWT_ROLE_CLAIM_KEY",
                                "[3]",
                                "PGRST_JWT_CACHE_MAX_ENTRIES",
                                "0",
                                "PGRST_OPENAPI_MODE",
                                "ignore-privileges",
                                "PGRST_OPENAPI_SECURITY_ACTIVE",
                                "true",
                                "PGRST_OPENAPI_SERVER_PROXY_URI",
                                "https://example.com:8443/base",
                                "PGRST_SERVER_TIMING_ENABLED",
                                "true",
                                "PGRST_SERVER_TRACE_HEADER",
                                "X-Trace",
                                "PGRST_DB_CHANNEL_ENABLED",
                                "false",
                                "PGRST_DB_CHANNEL",
                                "changes",
                                "PGRST_DB_CONFIG",
                                "false",
                                "PGRST_DB_PRE_CONFIG",
                                "api.settings",
                                "PGRST_APP_SETTINGS_JWT_EXP",
                                "3600"))
                .isEqualTo(
                        new RestConfig(
                                List.of("api", "storage"),
                                Optional.of("web"),
                                List.of("lib"),
                                OptionalLong.of(7),
                                false,
                                true,
                                false,
                                2_048,
                                4_096,
                                TransactionEnd.ROLLBACK_ALLOW_OVERRIDE,
                                Optional.of(new FunctionName(Optional.of("api"), "check.it")),
                                Optional.of(new FunctionName(Optional.empty(), "root")),
                                List.of("work_mem", "app.x"),
                                new TokenRules(
                                        Optional.of(new Secret(SECRET)),
                                        true,
                                        Optional.of("https://example.com"),
                                        new ClaimPath(List.of(new ClaimPath.Element(3))),
                                        0),
                                new Description(
                                        DescriptionMode.IGNORE_PRIVILEGES,
                                        true,
                                        Optional.of("https://example.com:8443/base")),
                                true,
                                Optional.of("X-Trace"),
                                new Reload(
                                        false,
                                        "changes",
                                        false,
                                        Optional.of(
                                                new FunctionName(Optional.of("api"), "settings"))),
                                Map.of("app.settings.jwt_exp", new Secret("3600"))));
    }

    @Test
    void knowsUpstreamsOlderNames() {
        RestConfig config =
                with(
                        "PGRST_DB_SCHEMA", "api",
                        "PGRST_MAX_ROWS", "7",
                        "PGRST_PRE_REQUEST", "check",
                        "PGRST_ROOT_SPEC", "root",
                        "PGRST_ROLE_CLAIM_KEY", ".r",
                        "PGRST_SECRET_IS_BASE64", "true");

        assertThat(config.schemas()).containsExactly("api");
        assertThat(config.maxRows()).hasValue(7);
        assertThat(config.preRequest()).isPresent();
        assertThat(config.rootFunction()).isPresent();
        assertThat(config.tokens().rolePath()).isNotEqualTo(ClaimPath.ROLE);
        assertThat(config.tokens().secretIsBase64()).isTrue();
    }

    @Test
    void theSearchPathMayBeSetToNothing() {
        assertThat(with("PGRST_DB_EXTRA_SEARCH_PATH", "").extraSearchPath()).isEmpty();
    }

    @Test
    void theAnonymousRoleMayBeSetToNothing() {
        assertThat(with("PGRST_DB_ANON_ROLE", "").anonymousRole()).isEmpty();
    }

    @Test
    void theMostRowsMayBeSetToNothing() {
        assertThat(with("PGRST_DB_MAX_ROWS", "").maxRows()).isEmpty();
    }

    @Test
    void readsASecretFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");

        assertThat(with("PGRST_JWT_SECRET", "@" + file).tokens().secret())
                .contains(new Secret(SECRET));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PGRST_DB_MAX_ROWS | many",
                "PGRST_DB_MAX_ROWS | -1",
                "PGRST_DB_AGGREGATES_ENABLED | perhaps",
                "PGRST_DB_PLAN_ENABLED | 2",
                "PGRST_DB_TX_END | sometimes",
                "PGRST_DB_PRE_REQUEST | api.",
                "PGRST_DB_ROOT_SPEC | .root",
                "PGRST_DB_PRE_CONFIG | .",
                "PGRST_DB_HOISTED_TX_SETTINGS | work mem",
                "PGRST_JWT_SECRET | short",
                "PGRST_JWT_SECRET | @/no/such/file",
                "PGRST_JWT_AUD | http://%%",
                "PGRST_JWT_AUD | a b:c",
                "PGRST_JWT_ROLE_CLAIM_KEY | role",
                "PGRST_JWT_CACHE_MAX_ENTRIES | -1",
                "PGRST_OPENAPI_MODE | on",
                "PGRST_OPENAPI_SERVER_PROXY_URI | example.com",
                "PGRST_OPENAPI_SERVER_PROXY_URI | ftp://example.com",
                "PGRST_SERVER_TIMING_ENABLED | fast",
                "PGRST_SERVER_TRACE_HEADER | X Trace",
                "PGRST_APP_SETTINGS_A-B | x",
                "PGRST_DB_CHANNEL_ENABLED | x",
                "HEARTH_REQUIRE_WHERE | x",
                "HEARTH_REST_BODY_LIMIT | 0",
                "HEARTH_REST_ANSWER_LIMIT | 0",
                "HEARTH_REST_BODY_LIMIT | much"
            })
    void refusesAValueThatMakesNoSenseByName(String name, String value) {
        assertThatThrownBy(() -> with(name, value))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.problem().code()).isEqualTo(name);
                            assertThat(refusal.problem().message()).startsWith(name + " ");
                            assertThat(refusal.problem().hint()).isPresent();
                        });
    }

    @ParameterizedTest
    @CsvSource({"PGRST_DB_POOL,0", "PGRST_DB_POOL_ACQUISITION_TIMEOUT,0", "HEARTH_DB_STREAMS,0"})
    void refusesAPoolThatCannotServe(String name, String value) {
        assertThatThrownBy(() -> DatabaseConfig.from(TestSettings.of(Map.of(name, value))))
                .hasMessageStartingWith(name + " ");
    }

    @Test
    void thePoolHasUpstreamsNamesToo() {
        DatabaseConfig config =
                DatabaseConfig.from(
                        TestSettings.of(
                                Map.of(
                                        "PGRST_DB_POOL", "3",
                                        "PGRST_DB_POOL_ACQUISITION_TIMEOUT", "4")));

        assertThat(config.poolSize()).isEqualTo(3);
        assertThat(config.acquisitionTimeout()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void largeAnswersHoldHalfOfThePool() {
        assertThat(streams(Map.of())).isEqualTo(5);
        assertThat(streams(Map.of("HEARTH_DB_POOL", "1"))).isEqualTo(1);
        assertThat(streams(Map.of("HEARTH_DB_STREAMS", "8"))).isEqualTo(8);
    }

    private static int streams(Map<String, String> settings) {
        return DatabaseConfig.from(TestSettings.of(settings)).streams();
    }

    @Test
    void tellsOfNamesThatHaveNoEffect() {
        assertThat(
                        RestConfig.unheeded(
                                TestSettings.of(
                                        map(
                                                "PGRST_DB_URI", "x",
                                                "PGRST_LOG_LEVEL", "x",
                                                "PGRST_DB_USE_LEGACY_GUCS", "x",
                                                "PGRST_DB_SCHEMAS", "x",
                                                "PGRST_APP_SETTINGS_X", "x",
                                                "PGRST_DB_MAXROWS", "x",
                                                "PGRST_SERVER_CORS_ALLOWED_ORIGINS", "x"))))
                .containsExactly("PGRST_DB_MAXROWS", "PGRST_SERVER_CORS_ALLOWED_ORIGINS");
    }

    @Test
    void theDatabaseWinsOverTheEnvironment() {
        RestConfig.Overlaid overlaid =
                with("PGRST_DB_MAX_ROWS", "5", "PGRST_DB_TX_END", "rollback")
                        .with(
                                map(
                                        "pgrst.db_max_rows", "9",
                                        "pgrst.db_schemas", "api",
                                        "pgrst.jwt_secret", "c2hvcnQ=",
                                        "pgrst.jwt_secret_is_base64", "true"));

        assertThat(overlaid.ignored()).isEmpty();
        assertThat(overlaid.config().maxRows()).hasValue(9);
        assertThat(overlaid.config().schemas()).containsExactly("api");
        assertThat(overlaid.config().transactionEnd()).isEqualTo(TransactionEnd.ROLLBACK);
        assertThat(overlaid.config().tokens().secret()).contains(new Secret("c2hvcnQ="));
    }

    @Test
    void whatMakesNoSenseInTheDatabaseIsLeftOutOneByOne() {
        RestConfig.Overlaid overlaid =
                with().with(
                                map(
                                        "pgrst.db_max_rows", "many",
                                        "pgrst.db_tx_end", "never",
                                        "pgrst.db_anon_role", "web"));

        assertThat(overlaid.ignored())
                .extracting(SettingProblem::name)
                .containsExactly("PGRST_DB_MAX_ROWS", "PGRST_DB_TX_END");
        assertThat(overlaid.config().anonymousRole()).contains("web");
        assertThat(overlaid.config().maxRows()).hasValue(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pgrst.db_channel",
                "pgrst.jwt_cache_max_entries",
                "pgrst.app_settings_x",
                "pgrst.db_uri",
                "db_max_rows",
                "search_path"
            })
    void whatMayNotBeSetInTheDatabaseIsPassedOver(String name) {
        RestConfig.Overlaid overlaid = with().with(Map.of(name, "7"));

        assertThat(overlaid.config()).isEqualTo(with());
        assertThat(overlaid.ignored()).isEmpty();
    }

    @Test
    void leavesOutSchemasThatAreMissingOrForbidden() {
        RestConfig.Exposed exposed =
                with("PGRST_DB_SCHEMAS", "auth,api,storage,gone,extensions")
                        .exposing(Set.of("auth", "api", "storage", "extensions", "public"));

        assertThat(exposed.config().schemas()).containsExactly("api", "storage");
        assertThat(exposed.leftOut()).containsExactly("auth", "gone", "extensions");
    }

    @Test
    void aDefaultSchemaThatIsMissingIsNoNews() {
        RestConfig.Exposed exposed = with().exposing(Set.of("public"));

        assertThat(exposed.config()).isEqualTo(with("PGRST_DB_SCHEMAS", "public"));
        assertThat(exposed.leftOut()).isEmpty();
    }

    @Test
    void refusesToServeNoSchemaAtAll() {
        assertThatThrownBy(
                        () -> with("PGRST_DB_SCHEMAS", "auth").exposing(Set.of("auth", "public")))
                .hasMessage("PGRST_DB_SCHEMAS names no schema that can be served");
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(with("PGRST_JWT_SECRET", SECRET, "PGRST_APP_SETTINGS_JWT_SECRET", SECRET))
                .asString()
                .doesNotContain(SECRET);
    }
}
