package dev.hearth.client.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class JavaHomesTest {

    @TempDir private Path folder;
    private Path old;

    @BeforeEach
    void install() throws IOException {
        old = home("jvm/java-17", "17.0.12");
    }

    @Test
    void takesTheOneThatRunsTheTestsWhenItWillDo() throws IOException {
        Path own = home("own", "25.0.1");
        home("jvm/java-25", "25");

        assertThat(homes(own, Map.of()).java()).isEqualTo(own.resolve("bin/java"));
    }

    @Test
    void takesTheOneThatIsChosenBeforeItsOwn() throws IOException {
        Path own = home("own", "25.0.1");
        Path chosen = home("chosen", "26-ea");

        assertThat(homes(own, Map.of("HEARTH_JAVA_HOME", chosen.toString())).java())
                .isEqualTo(chosen.resolve("bin/java"));
    }

    @Test
    void doesNotPassOverAChoiceThatWillNotDo() throws IOException {
        Path own = home("own", "25.0.1");

        assertThatThrownBy(() -> homes(own, Map.of("HEARTH_JAVA_HOME", old.toString())).java())
                .isInstanceOf(TestServerException.class)
                .hasMessageContaining("HEARTH_JAVA_HOME names " + old)
                .hasMessageContaining("no Java 25");
    }

    @Test
    void looksAtJavaHomeBeforeTheUsualFolders() throws IOException {
        Path named = home("named", "25.0.2");
        home("jvm/java-25", "25");

        assertThat(homes(old, Map.of("JAVA_HOME", named.toString())).java())
                .isEqualTo(named.resolve("bin/java"));
    }

    @Test
    void findsOneInTheUsualFoldersAndInThoseOfAMac() throws IOException {
        Path mac = home("jvm/temurin-25.jdk/Contents/Home", "25.0.1");

        assertThat(homes(old, Map.of("JAVA_HOME", old.toString())).java())
                .isEqualTo(mac.resolve("bin/java"));
    }

    @Test
    void saysWhatToInstallWhenThereIsNone() {
        assertThatThrownBy(() -> homes(old, Map.of()).java())
                .isInstanceOf(TestServerException.class)
                .hasMessageContaining("needs Java 25")
                .hasMessageContaining("apt-get install temurin-25-jdk")
                .hasMessageContaining("HEARTH_JAVA_HOME");
    }

    private JavaHomes homes(Path own, Map<String, String> environment) {
        return new JavaHomes(
                own, environment, List.of(folder.resolve("jvm"), folder.resolve("nowhere")));
    }

    private Path home(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Path program = Files.createFile(home.resolve("bin/java"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }
}
