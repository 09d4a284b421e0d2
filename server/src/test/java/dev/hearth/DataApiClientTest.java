package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.NodeScripts;
import dev.hearth.testing.RunningServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

/// The data API as the real client sees it: each of its builder methods, by the list of its type
/// declarations, so that a new release fails here until it is covered.
class DataApiClientTest {

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "HEARTH_PROJECT", "src/test/clients/library",
                    "PGRST_DB_SCHEMAS", "public,archive",
                    "PGRST_DB_TX_END", "commit-allow-override");

    @Test
    void everyBuilderMethodAsksAndIsAnsweredAsExpected(@TempDir Path data) {
        var scripts = NodeScripts.clients();
        try (var server = RunningServer.start(data, SETTINGS)) {
            var result =
                    scripts.run(
                            "data-api.mjs",
                            server.url(),
                            server.publishableKey(),
                            server.secretKey());

            assertThat(result.status()).as(result.output()).isZero();
            assertThat(result.output()).contains("ok ");
        }
    }
}
