package dev.hearth.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.NodeScripts;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The unmodified JavaScript client, in both protocols.
class RealClientTest {

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "1.0.0"})
    void joinsBroadcastsAndTracksPresence(String vsn) throws Exception {
        var scripts = NodeScripts.clients();
        try (var server = TestRealtime.start()) {
            var result =
                    scripts.run(
                            "realtime-core.mjs",
                            "http://127.0.0.1:" + server.port(),
                            TestRealtime.PUBLISHABLE,
                            vsn);

            assertThat(result.status()).as(result.output()).isZero();
            assertThat(result.output()).contains("ok " + vsn);
        }
    }
}
