package dev.hearth.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.auth.Session;
import dev.hearth.client.auth.SessionStorage;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A session goes from the real supabase-js to the SDK and back, in the file that both keep it in.
/// Skipped where supabase-js is not: the server's own tests install it when Node is there.
class SessionMoveTest {

    private static final Path SCRIPTS = Path.of("../js");

    @TempDir private static Path data;

    private static RunningHearth hearth;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Files.isDirectory(SCRIPTS.resolve("node_modules")),
                "skipped: the JavaScript client is not installed");
        hearth = RunningHearth.start(data, Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        if (hearth != null) {
            hearth.close();
        }
    }

    private static SupabaseClient client(Path file) {
        return SupabaseClient.builder(hearth.url(), hearth.key())
                .auth(a -> a.storage(SessionStorage.file(file)))
                .build();
    }

    /// What supabase-js has for a session once it did its task.
    private Map<String, Object> supabaseJs(Path file, String task) throws Exception {
        Path said = folder.resolve("said");
        Path complaints = folder.resolve("complaints");
        Process node =
                new ProcessBuilder(
                                List.of(
                                        "node",
                                        "session-storage.mjs",
                                        hearth.url(),
                                        hearth.key(),
                                        file.toString(),
                                        task))
                        .directory(SCRIPTS.toFile())
                        .redirectOutput(said.toFile())
                        .redirectError(complaints.toFile())
                        .start();
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).as(Files.readString(complaints)).isZero();
        return new ObjectMapper().readValue(Files.readString(said), new TypeReference<>() {});
    }

    @Test
    void goesFromSupabaseJsToTheSdk() throws Exception {
        Path file = folder.resolve("session.json");
        Map<String, Object> theirs = supabaseJs(file, "sign-in");

        try (var client = client(file)) {
            Session ours = client.auth().getSession().orElseThrow();

            assertThat(ours.raw()).isEqualTo(theirs);
            assertThat(client.auth().getUser().id()).isEqualTo(ours.user().id());
        }
    }

    @Test
    void goesFromTheSdkToSupabaseJs() throws Exception {
        Path file = folder.resolve("session.json");
        try (var client = client(file)) {
            Session ours = client.auth().signInAnonymously().session().orElseThrow();

            Map<String, Object> theirs = supabaseJs(file, "read");

            assertThat(theirs).isEqualTo(ours.raw());
        }
    }
}
