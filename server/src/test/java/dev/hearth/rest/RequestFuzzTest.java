package dev.hearth.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The grammar and the bodies under a fuzzer, Jazzer, which starts from requests of every kind
/// (`rest/fuzz/requests.txt`) and keeps changing those that reach new code. What must be true of
/// each is said at [RequestFuzz].
///
/// The build tries some thousand. For longer:
///
/// ```
/// mvn -pl server -am test -Dtest=RequestFuzzTest -Dsurefire.failIfNoSpecifiedTests=false \
///     -Dhearth.test.fuzz.seconds=3600
/// ```
///
/// A request that is not as it must be is printed with the failure; mend it, and put it among the
/// requests to start from.
class RequestFuzzTest {

    private static final String WORDS = "/rest/fuzz/words.dict";
    private static final String RUNS = "6000";
    private static final String SECONDS = "10";
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs");

    @Test
    void everyRequestToStartFromIsAsItMustBe() {
        for (String request : requests()) {
            assertThatCode(() -> RequestFuzz.fuzzerTestOneInput(bytes(request)))
                    .as(request)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void noRequestFailsOrReachesSqlUnquoted(@TempDir Path folder) throws Exception {
        List<String> requests = requests();
        Path seeds = Files.createDirectory(folder.resolve("seeds"));
        for (int i = 0; i < requests.size(); i++) {
            Files.write(seeds.resolve("request-" + i), bytes(requests.get(i)));
        }
        Path told = folder.resolve("told");

        int exit =
                new ProcessBuilder(command(folder, seeds))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(told.toFile())
                        .start()
                        .waitFor();

        List<String> lines = lines(told);
        assertThat(exit).as(String.join("\n", lines)).isZero();
        assertThat(lines).anyMatch(RequestFuzzTest::isDone);
    }

    /// The fuzzer in a JVM of its own, since it changes the classes that it watches.
    private static List<String> command(Path folder, Path seeds) throws IOException {
        String seconds = System.getProperty("hearth.test.fuzz.seconds");
        Path words = Files.writeString(folder.resolve("words"), TestApi.resource(WORDS));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        seconds == null ? "-XX:TieredStopAtLevel=1" : "-XX:TieredStopAtLevel=4",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + RequestFuzz.class.getName(),
                        "--instrumentation_includes=dev.hearth.rest.**:dev.hearth.exchange.**",
                        "--custom_hook_includes=dev.hearth.rest.**",
                        "-dict=" + words,
                        "-timeout=" + (seconds == null ? "60" : "10"),
                        "-max_len=600",
                        "-runs=" + (seconds == null ? RUNS : "-1"),
                        "-max_total_time=" + (seconds == null ? SECONDS : seconds)));
        command.add(Files.createDirectory(folder.resolve("found")).toString());
        command.add(seeds.toString());
        return command;
    }

    private static boolean isDone(String line) {
        var done = DONE.matcher(line);
        return done.find() && Integer.parseInt(done.group(1)) > requests().size();
    }

    /// What was told, without the progress.
    private static List<String> lines(Path told) throws IOException {
        try (var lines = Files.lines(told, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.startsWith("#") && !line.startsWith("INFO")).toList();
        }
    }

    private static List<String> requests() {
        return List.of(TestApi.resource("/rest/fuzz/requests.txt").split("\n----\n", -1));
    }

    private static byte[] bytes(String request) {
        return request.getBytes(StandardCharsets.UTF_8);
    }
}
