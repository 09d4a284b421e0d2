package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The script `hearth`, in a tree of its own with a JDK and a Maven that only say what they were
/// asked.
class LauncherTest {
    private static final String JDK = "jdks/25";

    @TempDir private Path home;
    private final Map<String, String> variables = new HashMap<>();

    private record Outcome(int exitCode, String output) {}

    @BeforeEach
    void layTree() throws IOException {
        Files.copy(Path.of("..", "hearth"), home.resolve("hearth"));
        program("hearth", Files.readString(home.resolve("hearth")));
        for (var file : List.of("pom.xml", "server/pom.xml", "server/src/main/A.java")) {
            write(file, "");
        }
        Files.createDirectories(home.resolve("sql"));
        jdk(JDK, "25.0.1");
        program("bin/mvn", "#!/bin/sh\necho \"mvn $*\"\ntouch server/target/hearth-server.jar\n");
        variables.put("HEARTH_JDK_FOLDERS", home.resolve(JDK).toString());
        variables.put("PATH", home.resolve("bin") + ":/usr/bin:/bin");
        variables.put("HOME", home.toString());
    }

    @Test
    void passesArgumentsAndExitCode() throws Exception {
        built();

        var outcome = launch("status", "-o", "two words");

        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.output())
                .contains("-XX:+UseCompactObjectHeaders")
                .endsWith("hearth-server.jar|status|-o|two words|\n");
    }

    @Test
    void doesNotBuildWhatIsBuilt() throws Exception {
        built();

        assertThat(launch("status").output()).doesNotContain("mvn").doesNotContain("building");
    }

    @Test
    void buildsWhatIsMissingAndSaysSo() throws Exception {
        var outcome = launch("start");

        assertThat(outcome.output())
                .contains("building Hearth")
                .contains("-pl server -am package")
                .contains("hearth-server.jar|start|");
    }

    @Test
    void buildsWhenASourceIsNewer() throws Exception {
        built();
        var later = FileTime.from(Instant.now().plusSeconds(60));
        Files.setLastModifiedTime(home.resolve("server/src/main/A.java"), later);

        assertThat(launch("start").output()).contains("mvn ");
    }

    @Test
    void buildsOnceWhenMavenLeavesTheJarAsItWas() throws Exception {
        built();
        program("bin/mvn", "#!/bin/sh\necho \"mvn $*\"\n");
        Files.setLastModifiedTime(
                home.resolve("server/target/hearth-server.jar"), FileTime.from(Instant.EPOCH));
        assertThat(launch("start").output()).contains("mvn ");

        assertThat(launch("start").output()).doesNotContain("mvn ");
    }

    @Test
    void trainsWithoutTheSettingsOfItsCaller() throws Exception {
        program(
                JDK + "/bin/java",
                """
                #!/bin/sh
                echo "url=${HEARTH_DATABASE_URL:-none} $*" >>"%s/asked"
                """
                        .formatted(home));
        variables.put("HEARTH_DATABASE_URL", "postgresql://real");

        launch("build");

        assertThat(Files.readString(home.resolve("asked")))
                .startsWith("url=none ")
                .contains("-XX:AOTCacheOutput=", "start --exit-when-ready")
                .hasLineCount(1);
    }

    @Test
    void usesWhatATrainingLeft() throws Exception {
        built();
        write("server/target/hearth.aot", "");

        assertThat(launch("status").output()).contains("-XX:AOTCache=").contains("|status|");
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        variables.put("PATH", toolsWithoutMaven());

        var outcome = launch("start");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("Maven (mvn) is not there").contains("Install");
    }

    @Test
    void saysThatTheBuildFailed() throws Exception {
        program("bin/mvn", "#!/bin/sh\necho broken\nexit 1\n");

        var outcome = launch("start");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("broken").contains("The build failed");
    }

    @Test
    void saysThatTheJdkIsMissing() throws Exception {
        variables.put("HEARTH_JDK_FOLDERS", "");
        jdk("old", "21.0.2");
        variables.put("JAVA_HOME", home.resolve("old").toString());
        variables.put("PATH", toolsWithoutMaven());

        var outcome = launch("start");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("needs a JDK 25").contains("JAVA_HOME");
    }

    @Test
    void prefersJavaHomeWhenItIsTheRightOne() throws Exception {
        built();
        jdk("mine", "25");
        variables.put("JAVA_HOME", home.resolve("mine").toString());

        assertThat(launch("status").output()).startsWith(home.resolve("mine").toString());
    }

    @Test
    void findsTheJavaOfThePathThroughALink() throws Exception {
        built();
        jdk("linked", "25.0.2");
        Files.createSymbolicLink(home.resolve("bin/java"), home.resolve("linked/bin/java"));
        variables.put("HEARTH_JDK_FOLDERS", "");

        assertThat(launch("status").output()).startsWith(home.resolve("linked").toString());
    }

    @Test
    void worksWhenCalledThroughALink() throws Exception {
        built();
        Files.createSymbolicLink(home.resolve("bin/h"), Path.of("../hearth"));

        var outcome = launchAs(home.resolve("bin/h"), "keys");

        assertThat(outcome.output())
                .endsWith(home.resolve("server/target") + "/hearth-server.jar|keys|\n");
    }

    private void built() throws IOException {
        write("server/target/hearth-server.jar", "");
        var past = FileTime.from(Instant.now().minusSeconds(60));
        for (var file : List.of("pom.xml", "server/pom.xml", "server/src/main/A.java")) {
            Files.setLastModifiedTime(home.resolve(file), past);
        }
    }

    /// Says its folder, then its arguments; ends with 7.
    private void jdk(String folder, String version) throws IOException {
        write(folder + "/release", "JAVA_VERSION=\"" + version + "\"\n");
        var java = "#!/bin/sh\nprintf '%s|' " + home.resolve(folder) + " \"$@\"\necho\nexit 7\n";
        program(folder + "/bin/java", java);
        program(folder + "/bin/javac", "#!/bin/sh\n");
    }

    private String toolsWithoutMaven() throws IOException {
        for (var tool : List.of("sh", "dirname", "readlink", "grep", "find", "head", "mktemp")) {
            var real = Path.of("/usr/bin", tool);
            var found = Files.exists(real) ? real : Path.of("/bin", tool);
            Files.createDirectories(home.resolve("tools"));
            Files.copy(found, home.resolve("tools").resolve(tool));
        }
        return home.resolve("tools").toString();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).resolveSibling("."));
        Files.writeString(home.resolve(file), text);
    }

    private void program(String file, String text) throws IOException {
        write(file, text);
        Files.setPosixFilePermissions(
                home.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome launch(String... arguments) throws Exception {
        return launchAs(home.resolve("hearth"), arguments);
    }

    private Outcome launchAs(Path script, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(variables);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
