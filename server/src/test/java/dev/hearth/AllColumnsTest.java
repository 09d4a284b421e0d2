package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.NodeScripts;
import dev.hearth.testing.RunningServer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;

/// The richest table that the house brings along, published with all its columns, as the real
/// client sees it.
class AllColumnsTest {

    @TempDir private static Path data;

    @AutoClose private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, Map.of("HEARTH_WITH", "support-chat"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.0.0"})
    void everyColumnArrivesWithItsValue(String vsn) {
        var result =
                NodeScripts.clients()
                        .run(
                                "all-columns.mjs",
                                server.url(),
                                server.publishableKey(),
                                vsn,
                                server.server().databaseUrl());

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("ok " + vsn);
    }
}
