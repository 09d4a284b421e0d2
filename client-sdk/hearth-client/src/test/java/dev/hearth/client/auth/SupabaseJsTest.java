package dev.hearth.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.client.internal.json.Json;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A session goes from the real supabase-js to us and back. Skipped without Node or without the
/// packages of the server's client tests, `hearth.clients.js` their folder.
final class SupabaseJsTest {

    private static final Path CLIENTS =
            Path.of(System.getProperty("hearth.clients.js", "../../server/src/test/clients/js"))
                    .toAbsolutePath()
                    .normalize();

    @TempDir private Path folder;

    @BeforeAll
    static void needsTheRealOne() throws Exception {
        assumeTrue(Files.isDirectory(CLIENTS.resolve("node_modules/@supabase/supabase-js")));
        assumeTrue(hasNode());
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    private String supabaseJs(Fixture fixture, Path file, String task)
            throws IOException, InterruptedException, URISyntaxException {
        Path script =
                Path.of(
                        Objects.requireNonNull(getClass().getResource("session-storage.mjs"))
                                .toURI());
        Path said = folder.resolve("said");
        Process node =
                new ProcessBuilder(
                                List.of(
                                        "node",
                                        script.toString(),
                                        CLIENTS.toString(),
                                        fixture.http.address(),
                                        file.toString(),
                                        task))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(said.toFile())
                        .start();
        assertThat(node.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isZero();
        return Files.readString(said, StandardCharsets.UTF_8).strip();
    }

    private static String session() {
        return Fixture.session("r1", Instant.now().plusSeconds(36000), 36000);
    }

    @Test
    void readsASessionOfSupabaseJs() throws Exception {
        Path file = folder.resolve("session.json");
        try (var fixture = new Fixture(o -> o.storage(SessionStorage.file(file)))) {
            fixture.answer(session());
            supabaseJs(fixture, file, "sign-in");

            Session session = fixture.auth.getSession().orElseThrow();

            assertThat(session.refreshToken()).isEqualTo("r1");
            assertThat(session.user().email()).contains("a@b.c");
        }
    }

    @Test
    void givesASessionToSupabaseJs() throws Exception {
        Path file = folder.resolve("session.json");
        try (var fixture = new Fixture(o -> o.storage(SessionStorage.file(file)))) {
            fixture.answer(session());
            Session ours = fixture.auth.signInWithPassword("a@b.c", "pw").session().orElseThrow();

            String theirs = supabaseJs(fixture, file, "read");

            assertThat(Json.protocol().readTree(theirs))
                    .isEqualTo(Json.protocol().readTree(Fields.json(ours.raw())));
        }
    }
}
