package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.testing.NodeScripts;
import dev.hearth.testing.RunningScript;
import dev.hearth.testing.RunningServer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/// The example that people try first, run as its README says: the Node program, and its page in a
/// real browser.
class QuickstartTest {

    private static final Path EXAMPLE = Path.of("../examples/quickstart");
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern PAGE = Pattern.compile("page +(http://\\S+)");

    // What never came up, since Node is missing, needs no closing.

    @AutoClose private static Parts started;

    @TempDir private static Path data;

    private static RunningScript program;

    @BeforeAll
    static void start() {
        started = new Parts();
        var example = NodeScripts.in(EXAMPLE);
        var server =
                started.add(
                        RunningServer.start(data, Map.of("HEARTH_PROJECT", EXAMPLE.toString())));
        program =
                started.add(
                        example.start(
                                "main.mjs",
                                Map.of(
                                        "API_URL", server.url(),
                                        "PUBLISHABLE_KEY", server.publishableKey(),
                                        "PORT", "0")));
    }

    @Test
    void theProgramSeesItsChangesItsPresenceAndItsBroadcast() {
        awaitLines(
                "signed in [0-9a-f-]{36}",
                "room +SUBSCRIBED",
                "presence +terminal",
                "broadcast terminal waves",
                "change +INSERT Hello",
                "change +UPDATE Hello again",
                "change +DELETE of note 1");
    }

    @Test
    void twoTabsOfThePageShareTheRoomAndKeepTheirNotesApart() {
        assumeTrue(Files.isExecutable(BROWSER), "skipped: " + BROWSER + " is not installed");

        var result =
                NodeScripts.in(Path.of("src/test/clients/browser"))
                        .run("quickstart.mjs", page(), BROWSER.toString());

        assertThat(result.status()).as(result.output() + program.output()).isZero();
    }

    private static String page() {
        awaitLines(PAGE.pattern());
        var matcher = PAGE.matcher(program.output());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static void awaitLines(String... lines) {
        await().atMost(PATIENCE)
                .failFast("the program has ended", () -> !program.isAlive())
                .untilAsserted(
                        () -> {
                            var output = program.output();
                            for (String line : lines) {
                                assertThat(output)
                                        .containsPattern(
                                                Pattern.compile(
                                                        "^" + line + "$", Pattern.MULTILINE));
                            }
                        });
    }
}
