package dev.hearth.client.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.StorageException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.internal.RecordingServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// The requests are those that storage-js 2.119 sent for bodies that are no Blob; the content type
/// alone is ours where none is said.
class StorageUploadTest {

    private static final byte[] HI = "hi".getBytes(StandardCharsets.UTF_8);

    private final RecordingServer server = new RecordingServer();
    private final StorageFileApi files = new StorageClient(server.backend()).from("av");

    @BeforeEach
    void answer() {
        server.answers("{\"Key\":\"av/d/a.png\",\"Id\":\"1\"}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void sendsBytes() {
        Uploaded uploaded = files.upload("//d//a.png/", HI);
        assertThat(uploaded)
                .isEqualTo(new Uploaded("/d/a.png", "av/d/a.png", java.util.Optional.of("1")));
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("POST /storage/v1/object/av/d/a.png");
        assertThat(asked.body()).isEqualTo("hi");
        assertThat(asked.headers())
                .isEqualTo(
                        Map.of(
                                "apikey", "key",
                                "authorization", "Bearer token",
                                "x-upsert", "false",
                                "cache-control", "max-age=3600",
                                "content-type", "image/png"));
    }

    @Test
    void sendsWhatTheOptionsSay() {
        files.upload(
                "d/a.png",
                HI,
                UploadOptions.defaults()
                        .upsert(true)
                        .cacheControl(Duration.ofMinutes(1))
                        .contentType("text/css; charset=utf-8")
                        .contentEncoding("gzip")
                        .metadata(Map.of("k", "ü"))
                        .header("X-Own", "1"));
        assertThat(server.take().headers())
                .isEqualTo(
                        Map.of(
                                "apikey", "key",
                                "authorization", "Bearer token",
                                "x-upsert", "true",
                                "cache-control", "max-age=60",
                                "content-type", "text/css; charset=utf-8",
                                "content-encoding", "gzip",
                                "x-metadata", "eyJrIjoiw7wifQ==",
                                "x-own", "1"));
    }

    @Test
    void sendsAFileFromTheDiskWithItsLength(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("x"), HI);
        files.upload("a", file);
        var asked = server.takeRaw();
        assertThat(asked.getHeaders().get("content-length")).isEqualTo("2");
        assertThat(asked.getHeaders().get("content-type")).isEqualTo("application/octet-stream");
        assertThat(asked.getBody().utf8()).isEqualTo("hi");
    }

    @Test
    void sendsAStreamOfUnknownLengthInChunks() {
        files.uploadAsync("a", new ByteArrayInputStream(HI), UploadOptions.defaults()).join();
        var asked = server.takeRaw();
        assertThat(asked.getHeaders().get("transfer-encoding")).isEqualTo("chunked");
        assertThat(asked.getBody().utf8()).isEqualTo("hi");
    }

    @Test
    void sendsAStreamOfKnownLengthAtOnce() {
        files.upload("a", new ByteArrayInputStream(HI), UploadOptions.defaults().length(2));
        var asked = server.takeRaw();
        assertThat(asked.getHeaders().get("content-length")).isEqualTo("2");
        assertThat(asked.getHeaders().get("transfer-encoding")).isNull();
    }

    @Test
    void replacesWithoutTheHeaderOfUpserts() {
        files.update("d/a.png", HI, UploadOptions.defaults().upsert(true));
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("PUT /storage/v1/object/av/d/a.png");
        assertThat(asked.headers()).doesNotContainKey("x-upsert");
    }

    @Test
    void sendsWithSomebodysLeave() {
        Uploaded uploaded =
                files.uploadToSignedUrl("/a b.png", "T+/=", HI, UploadOptions.defaults());
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line())
                .isEqualTo("PUT /storage/v1/object/upload/sign/av/a%20b.png?token=T%2B%2F%3D");
        assertThat(asked.headers()).containsEntry("x-upsert", "false");
        assertThat(uploaded.path()).isEqualTo("a b.png");
    }

    @Test
    void closesTheStreamItRead() {
        var closed = new AtomicBoolean();
        files.upload("a", closing(HI, closed), UploadOptions.defaults());
        assertThat(closed).isTrue();
    }

    @Test
    void closesTheStreamWhenTheServerIsNotThere() {
        server.close();
        var closed = new AtomicBoolean();
        assertThatThrownBy(() -> files.upload("a", closing(HI, closed), UploadOptions.defaults()))
                .isInstanceOf(TransportException.class);
        assertThat(closed).isTrue();
    }

    @Test
    void closesTheStreamWhenThePathIsNone() {
        var closed = new AtomicBoolean();
        assertThatThrownBy(
                        () -> files.upload("../a", closing(HI, closed), UploadOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(closed).isTrue();
    }

    @Test
    void refusesHeadersThatWouldBreakTheRequestInTwo() {
        for (UploadOptions options :
                java.util.List.of(
                        UploadOptions.defaults().cacheControl("1\r\nX-Own: 1"),
                        UploadOptions.defaults().contentEncoding("gzip\nX-Own: 1"),
                        UploadOptions.defaults().header("X-A\r\nX-Own", "1"),
                        UploadOptions.defaults().header("X-A", "1\r\nX-Own: 1"))) {
            assertThatThrownBy(() -> files.upload("a", HI, options))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(server.count()).isZero();
    }

    @Test
    void tellsAStreamThatIsShorterThanSaid() {
        assertThatThrownBy(
                        () ->
                                files.upload(
                                        "a",
                                        new ByteArrayInputStream(HI),
                                        UploadOptions.defaults().length(3)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("said to have 3 bytes and has 2");
    }

    @Test
    void tellsAStreamThatIsLongerThanSaid() {
        assertThatThrownBy(
                        () ->
                                files.upload(
                                        "a",
                                        new ByteArrayInputStream(HI),
                                        UploadOptions.defaults().length(1)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("said to have 1 bytes and has more");
    }

    @Test
    void tellsAStreamThatCannotBeRead() {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        throw new IOException("the tape tore");
                    }

                    @Override
                    public int read() throws IOException {
                        throw new IOException("the tape tore");
                    }
                };
        assertThatThrownBy(() -> files.upload("a", broken, UploadOptions.defaults()))
                .isInstanceOf(TransportException.class)
                .hasMessage("the bytes to send could not be read: the tape tore");
    }

    @Test
    void refusesAFileThatIsNotOnTheDisk(@TempDir Path folder) {
        assertThatThrownBy(() -> files.upload("a", folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no file");
    }

    @Test
    void refusesAContentTypeThatIsNone() {
        assertThatThrownBy(() -> UploadOptions.defaults().contentType("png"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UploadOptions.defaults().contentType("a/b\r\nx: y"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhenThereIsSuchAFile() {
        var unused = files.upload("b", HI);
        server.answers(
                400,
                "{\"statusCode\":\"409\",\"error\":\"Duplicate\",\"message\":\"The resource already"
                        + " exists\",\"code\":\"KeyAlreadyExists\"}");
        assertThatThrownBy(() -> files.upload("a", HI))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.isAlreadyExists()).isTrue());
    }

    private static InputStream closing(byte[] bytes, AtomicBoolean closed) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
    }
}
