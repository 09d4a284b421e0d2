package dev.hearth.client.test;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The Java installations of the machine, asked for one that the server runs on.
///
/// A Java says its version in its file `release`; asking the programs would cost a start each.
///
/// @param own the one that runs this program
/// @param environment of this program
/// @param folders that hold installations
record JavaHomes(Path own, Map<String, String> environment, List<Path> folders) {

    /// What the server needs, or later.
    static final int MAJOR = 25;

    private static final String CHOSEN = "HEARTH_JAVA_HOME";

    static JavaHomes ofThisMachine() {
        Path home = Path.of(System.getProperty("user.home"));
        return new JavaHomes(
                Path.of(System.getProperty("java.home")),
                System.getenv(),
                List.of(
                        Path.of("/usr/lib/jvm"),
                        Path.of("/opt/java"),
                        home.resolve(".sdkman/candidates/java"),
                        home.resolve(".jdks"),
                        Path.of("/Library/Java/JavaVirtualMachines")));
    }

    /// The program `java` of the first that will do: the one that `HEARTH_JAVA_HOME` names, the one
    /// that runs this program, the one that `JAVA_HOME` names, then those in the usual folders.
    ///
    /// @throws TestServerException when there is none, with what to install
    Path java() {
        String chosen = environment.get(CHOSEN);
        if (chosen != null && !chosen.isBlank()) {
            Path home = Path.of(chosen);
            return fit(home)
                    .orElseThrow(
                            () ->
                                    new TestServerException(
                                            CHOSEN
                                                    + " names "
                                                    + home
                                                    + ", which holds no Java "
                                                    + MAJOR
                                                    + " or later; let it name one, or unset it"));
        }
        return candidates().stream()
                .map(JavaHomes::fit)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(this::missing);
    }

    private List<Path> candidates() {
        var homes = new ArrayList<Path>();
        homes.add(own);
        String named = environment.get("JAVA_HOME");
        if (named != null && !named.isBlank()) {
            homes.add(Path.of(named));
        }
        for (Path folder : folders) {
            homes.addAll(children(folder));
        }
        return homes;
    }

    /// In the order of their names; a Mac keeps the installation two folders further down.
    private static List<Path> children(Path folder) {
        var homes = new ArrayList<Path>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
                found.forEach(
                        home -> {
                            homes.add(home);
                            homes.add(home.resolve("Contents/Home"));
                        });
            } catch (IOException unreadable) {
                return List.of();
            }
        }
        homes.sort(null);
        return homes;
    }

    private static Optional<Path> fit(Path home) {
        for (String name : List.of("java", "java.exe")) {
            Path program = home.resolve("bin").resolve(name);
            if (Files.isExecutable(program) && major(home.resolve("release")) >= MAJOR) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    private static int major(Path release) {
        var lines = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            lines.load(reader);
            String version = lines.getProperty("JAVA_VERSION", "").replace("\"", "");
            return Runtime.Version.parse(version).feature();
        } catch (IOException | IllegalArgumentException unknown) {
            return 0;
        }
    }

    private TestServerException missing() {
        return new TestServerException(
                "Hearth's server needs Java "
                        + MAJOR
                        + " or later, and none was found; the tests themselves run on "
                        + Runtime.version().feature()
                        + ". Install one, for example: apt-get install temurin-"
                        + MAJOR
                        + "-jdk, or: sdk install java "
                        + MAJOR
                        + "-tem; or let "
                        + CHOSEN
                        + " name its folder. Looked at java.home, JAVA_HOME and in "
                        + folders);
    }
}
