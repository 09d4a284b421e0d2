package dev.hearth.client.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The server as a process of its own, from the jars on this program's class path, on an empty
/// database and free ports. Ends with this program, however that ends: see [ServerProgram].
final class ServerProcess implements AutoCloseable {

    private static final String MAIN = "dev/hearth/Main.class";
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    /// What the server may know of this program's environment. The rest (`HEARTH_DATABASE_URL`,
    /// keys, `JAVA_TOOL_OPTIONS`) is meant for other servers and other programs.
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE");

    private final Process process;
    private final ServerFolder folder;
    private final JsonNode values;

    private ServerProcess(Process process, ServerFolder folder, JsonNode values) {
        this.process = process;
        this.folder = folder;
        this.values = values;
    }

    /// Starts, and returns when requests are answered.
    ///
    /// @param limit of the start
    /// @throws TestServerException when it did not start, with the server's last words
    static ServerProcess start(JavaHomes homes, Duration limit) {
        Path java = homes.java();
        List<String> classPath = classPath(ServerProcess.class.getClassLoader());
        ServerFolder folder = ServerFolder.create();
        Process process = null;
        try {
            process = launch(java, classPath, folder);
            folder.addOwner(process.pid());
            folder.deleteAbandonedOnes();
            awaitReady(process, folder, limit);
            JsonNode state = new ObjectMapper().readTree(Files.readAllBytes(folder.state()));
            return new ServerProcess(process, folder, state.path("values"));
        } catch (IOException e) {
            abandon(process, folder);
            throw new TestServerException("Hearth's server could not be started", e);
        } catch (RuntimeException e) {
            abandon(process, folder);
            throw e;
        }
    }

    private static Process launch(Path java, List<String> classPath, ServerFolder folder)
            throws IOException {
        var arguments =
                List.of(
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        // The tests may have a configuration and a logger of their own.
                        "-Dlogback.configurationFile=logback.xml",
                        "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
                        "-cp",
                        quoted(String.join(File.pathSeparator, classPath)));
        Files.write(folder.arguments(), arguments);
        var builder =
                new ProcessBuilder(
                        java.toString(),
                        "@" + folder.arguments(),
                        ServerProgram.class.getName(),
                        folder.path().toString(),
                        "start",
                        "--port",
                        "0",
                        "--db-port",
                        "0",
                        "--data",
                        folder.data().toString());
        builder.environment().keySet().retainAll(ENVIRONMENT);
        // Where no `.env` and no project of somebody's lies.
        builder.directory(folder.path().toFile());
        builder.redirectErrorStream(true).redirectOutput(folder.log().toFile());
        return builder.start();
    }

    private static String quoted(String path) {
        return '"' + path.replace("\\", "\\\\") + '"';
    }

    /// What this program runs with, the server first, so that its own settings of logging come
    /// before those of the tests.
    static List<String> classPath(ClassLoader loader) {
        URL main = loader.getResource(MAIN);
        if (main == null) {
            throw new TestServerException(
                    "Hearth's server is not on the class path; add dev.hearth:hearth-server in the"
                            + " test scope");
        }
        var entries = new LinkedHashSet<String>();
        entries.add(entry(main).toString());
        for (String property : List.of("java.class.path", "jdk.module.path")) {
            for (String entry : System.getProperty(property, "").split(File.pathSeparator, -1)) {
                if (!entry.isEmpty()) {
                    entries.add(Path.of(entry).toAbsolutePath().toString());
                }
            }
        }
        return new ArrayList<>(entries);
    }

    /// The jar or folder of a class file: `jar:file:/a.jar!/dev/…` or `file:/classes/dev/…`.
    private static Path entry(URL classFile) {
        String where = classFile.toString();
        String root = where.substring(0, where.length() - MAIN.length());
        if (root.startsWith("jar:")) {
            root = root.substring("jar:".length(), root.length() - "!/".length());
        }
        return Path.of(URI.create(root));
    }

    private static void awaitReady(Process process, ServerFolder folder, Duration limit) {
        long begun = System.nanoTime();
        while (!Files.exists(folder.state())) {
            if (endsWithin(process, Duration.ofMillis(LOOK_EVERY_MILLIS))) {
                throw new TestServerException(
                        "Hearth's server ended before it was ready (exit code "
                                + process.exitValue()
                                + "). Its last words:\n  "
                                + folder.lastWords());
            }
            if (System.nanoTime() - begun > limit.toNanos()) {
                throw new TestServerException(
                        "Hearth's server was not ready within "
                                + limit.toSeconds()
                                + " s; @HearthServer(startLimitSeconds = …) gives it longer. Its"
                                + " last words:\n  "
                                + folder.lastWords());
            }
        }
    }

    private static boolean endsWithin(Process process, Duration time) {
        try {
            return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestServerException("interrupted while Hearth's server started", e);
        }
    }

    private static void abandon(@Nullable Process process, ServerFolder folder) {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
        folder.endPostgres();
        folder.delete();
    }

    /// A value under its name in `hearth status -o json`.
    String value(String name) {
        return values.path(name).asText();
    }

    /// What the server said last.
    String lastWords() {
        return folder.lastWords();
    }

    Path folder() {
        return folder.path();
    }

    long pid() {
        return process.pid();
    }

    /// Stops the server and its database, and deletes what they left.
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!endsWithin(process, STOP_PATIENCE)) {
                process.destroyForcibly();
            }
        } catch (IOException | TestServerException e) {
            process.destroyForcibly();
        }
        process.onExit().join();
        folder.endPostgres();
        folder.delete();
    }
}
