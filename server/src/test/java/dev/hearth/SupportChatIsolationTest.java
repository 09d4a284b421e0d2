package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.NodeScripts;
import dev.hearth.testing.RunningServer;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;

/// Two identities, one socket each, every published table of the support chat.
class SupportChatIsolationTest {

    @TempDir private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.0.0"})
    void nothingForeignArrivesWhateverIsAskedFor(String vsn) {
        var scripts = NodeScripts.clients();
        try (var server = RunningServer.start(data, Map.of("HEARTH_WITH", "support-chat"))) {
            var result =
                    scripts.run(
                            "support-chat.mjs",
                            server.url(),
                            server.publishableKey(),
                            vsn,
                            server.server().databaseUrl(),
                            server.config().token().jwtSecret().value());

            assertThat(result.status()).as(result.output()).isZero();
            assertThat(result.output()).contains("ok " + vsn);
        }
    }
}
