package dev.hearth.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.HandMovedTimers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// Where sessions are kept.
final class StorageTest {

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("deep").resolve("session.json");
    }

    @Test
    void keepsASessionUnderTheKeyOfSupabaseJs() throws Exception {
        try (var fixture = new Fixture(o -> o.storage(SessionStorage.file(file())))) {
            fixture.signIn(3600);

            var items = Json.protocol().readTree(Files.readAllBytes(file()));
            String kept = items.path("sb-127-auth-token").textValue();
            assertThat(kept)
                    .isEqualTo(
                            Fixture.session("r1", HandMovedTimers.START.plusSeconds(3600), 3600));
        }
    }

    @Test
    void givesTheSessionToTheNextClient() {
        try (var fixture = new Fixture(o -> o.storage(SessionStorage.file(file())))) {
            fixture.signIn(3600);
            AuthClient next = fixture.another(o -> o.storage(SessionStorage.file(file())), "KEY");

            assertThat(next.getSession()).isEqualTo(fixture.auth.getSession());
            next.dispose();
        }
    }

    @Test
    void keepsNothingWhenToldNotTo() {
        var storage = SessionStorage.file(file());
        try (var fixture = new Fixture(o -> o.storage(storage).persistSession(false))) {
            fixture.signIn(3600);

            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void leavesNothingBehindASignOut() {
        var storage = SessionStorage.file(file());
        try (var fixture = new Fixture(o -> o.storage(storage).storageKey("mine"))) {
            fixture.signIn(3600);
            assertThat(storage.getItem("mine")).isPresent();
            fixture.answer(204, "");
            fixture.auth.signOut();

            assertThat(storage.getItem("mine")).isEmpty();
        }
    }

    @Test
    void takesTheNewerTokenOfAnotherProgram() {
        var storage = SessionStorage.file(file());
        try (var fixture = new Fixture(o -> o.storage(storage).autoRefreshToken(false))) {
            fixture.signIn(3600);
            AuthClient other =
                    fixture.another(o -> o.storage(storage).autoRefreshToken(false), "KEY");
            assertThat(other.getSession()).isPresent();
            fixture.timers.pass(java.time.Duration.ofHours(1));
            fixture.answerSession("r2", 3600);
            assertThat(other.getSession()).isPresent();

            Session mine = fixture.auth.getSession().orElseThrow();

            assertThat(mine.refreshToken()).isEqualTo("r2");
            assertThat(fixture.server.getRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void noticesThatAnotherProgramSignedOut() {
        var storage = SessionStorage.file(file());
        try (var fixture = new Fixture(o -> o.storage(storage))) {
            fixture.signIn(3600);
            var reasons = new ArrayList<SignOutReason>();
            fixture.auth.onAuthStateChangeWithReason(
                    change -> change.reason().ifPresent(reasons::add));
            storage.removeItem("sb-127-auth-token");

            fixture.timers.pass(java.time.Duration.ofHours(1));

            assertThat(reasons).containsExactly(SignOutReason.SIGNED_OUT_ELSEWHERE);
        }
    }

    /// A request goes on with the key, as it would a moment later.
    @Test
    void aCallThatFindsItselfSignedOutElsewhereIsNobodys() {
        var storage = SessionStorage.memory();
        try (var fixture = new Fixture(o -> o.storage(storage).autoRefreshToken(false))) {
            fixture.signIn(3600);
            storage.removeItem("sb-127-auth-token");
            fixture.timers.pass(java.time.Duration.ofHours(1));

            assertThat(fixture.auth.accessToken()).isEqualTo("KEY");
            assertThat(fixture.auth.getSession()).isEmpty();
        }
    }

    @Test
    void aSpoiltSessionIsNone() {
        for (String spoilt :
                List.of("", "{", "[]", "\"x\"", "{}", "{\"access_token\":1,\"refresh_token\":2}")) {
            var storage = SessionStorage.memory();
            storage.setItem("sb-127-auth-token", spoilt);
            try (var fixture = new Fixture(o -> o.storage(storage))) {
                assertThat(fixture.auth.getSession()).as(spoilt).isEmpty();
            }
        }
    }

    @Test
    void findsAUserThatIsKeptApart() {
        var storage = SessionStorage.memory();
        String session = Fixture.session("r1", HandMovedTimers.START.plusSeconds(3600), 3600);
        storage.setItem("sb-127-auth-token", session.replace(",\"user\":" + Fixture.USER, ""));
        storage.setItem("sb-127-auth-token-user", "{\"user\":" + Fixture.USER + "}");
        try (var fixture = new Fixture(o -> o.storage(storage))) {
            assertThat(fixture.auth.getSession().orElseThrow().user().email()).contains("a@b.c");
        }
    }

    @Test
    void aStorageThatCannotBeReadIsNamed() {
        try (var fixture = new Fixture(o -> o.storage(new Broken()))) {
            assertThatThrownBy(fixture.auth::getSession)
                    .isInstanceOfSatisfying(
                            AuthException.class,
                            e -> assertThat(e.code()).contains(AuthErrorCode.STORAGE_FAILED));
        }
    }

    @Test
    void aStorageThatCannotBeWrittenDoesNotStopASignIn() {
        try (var fixture = new Fixture(o -> o.storage(new Broken()))) {
            fixture.signIn(3600);

            assertThat(fixture.auth.getSession()).isPresent();
        }
    }

    /// As a disk that is full or gone.
    private static final class Broken implements SessionStorage {
        @Override
        public Optional<String> getItem(String key) {
            throw new IllegalStateException("no disk");
        }

        @Override
        public void setItem(String key, String value) {
            throw new IllegalStateException("no disk");
        }

        @Override
        public void removeItem(String key) {
            throw new IllegalStateException("no disk");
        }
    }

    @Test
    void isForItsOwnerOnly() throws Exception {
        SessionStorage.file(file()).setItem("k", "v");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void losesNothingWhenManyWriteAtOnce() {
        var writers =
                IntStream.range(0, 8)
                        .mapToObj(
                                writer ->
                                        CompletableFuture.runAsync(
                                                () -> {
                                                    var storage = SessionStorage.file(file());
                                                    for (int item = 0; item < 10; item++) {
                                                        storage.setItem(writer + "-" + item, "v");
                                                    }
                                                }))
                        .toList();
        writers.forEach(CompletableFuture::join);

        var storage = SessionStorage.file(file());
        long there =
                IntStream.range(0, 80)
                        .filter(i -> storage.getItem(i / 10 + "-" + i % 10).isPresent())
                        .count();
        assertThat(there).isEqualTo(80);
    }

    @Test
    void leavesNoHalfWrittenFiles() throws Exception {
        var storage = SessionStorage.file(file());
        storage.setItem("k", "v");
        storage.removeItem("k");
        storage.removeItem("absent");

        try (var files = Files.list(file().getParent())) {
            assertThat(files.map(found -> found.getFileName().toString()))
                    .containsExactlyInAnyOrder("session.json", "session.json.lock");
        }
    }

    /// As a crash leaves it between writing the new file and renaming it.
    @Test
    void overwritesWhatACrashLeft() throws Exception {
        var storage = SessionStorage.file(file());
        storage.setItem("k", "v");
        Path half = Files.writeString(folder.resolve("deep").resolve("session.json.new"), "{\"k");

        assertThat(storage.getItem("k")).contains("v");
        storage.setItem("k", "w");

        assertThat(storage.getItem("k")).contains("w");
        assertThat(half).doesNotExist();
    }

    /// Somebody else's link, where many may write, must not lead the session astray.
    @Test
    void writesThroughNoLinkAtTheNewFile() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "x");
        Files.createDirectories(folder.resolve("deep"));
        Files.createSymbolicLink(folder.resolve("deep").resolve("session.json.new"), elsewhere);

        SessionStorage.file(file()).setItem("k", "v");

        assertThat(elsewhere).hasContent("x");
        assertThat(SessionStorage.file(file()).getItem("k")).contains("v");
    }

    @Test
    void goesOnInMemoryWhenTheStorageCannotBeReadAnyMore() {
        var works = new AtomicBoolean(true);
        var memory = SessionStorage.memory();
        var breaking =
                new SessionStorage() {
                    @Override
                    public Optional<String> getItem(String key) {
                        if (!works.get()) {
                            throw new IllegalStateException("no disk");
                        }
                        return memory.getItem(key);
                    }

                    @Override
                    public void setItem(String key, String value) {
                        memory.setItem(key, value);
                    }

                    @Override
                    public void removeItem(String key) {
                        memory.removeItem(key);
                    }
                };
        try (var fixture = new Fixture(o -> o.storage(breaking).autoRefreshToken(false))) {
            fixture.signIn(3600);
            works.set(false);
            fixture.timers.pass(java.time.Duration.ofHours(1));
            fixture.answerSession("r2", 3600);

            assertThat(fixture.auth.getSession().orElseThrow().refreshToken()).isEqualTo("r2");
        }
    }

    @Test
    void aTimeBeyondAllTimeIsNone() {
        var storage = SessionStorage.memory();
        storage.setItem(
                "sb-127-auth-token",
                Fixture.session("r1", HandMovedTimers.START, 3600)
                        .replaceFirst("\"expires_at\":\\d+", "\"expires_at\":1e18"));
        try (var fixture = new Fixture(o -> o.storage(storage))) {
            assertThat(fixture.auth.getSession().orElseThrow().expiresAt()).isEqualTo(Instant.MAX);
        }
    }

    @Test
    void saysWhichFileCannotBeWritten() throws Exception {
        Files.createDirectories(file());

        assertThatThrownBy(() -> SessionStorage.file(file()).setItem("k", "v"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file().toString());
    }

    @Test
    void givesUpWhenAnotherHoldsTheLockForGood() throws Exception {
        var storage = new FileStorage(file(), 50);
        storage.setItem("k", "v");
        Path lock = folder.resolve("deep").resolve("session.json.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> storage.setItem("k", "w"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("lock");
        }
        assertThat(storage.getItem("k")).contains("v");
    }
}
