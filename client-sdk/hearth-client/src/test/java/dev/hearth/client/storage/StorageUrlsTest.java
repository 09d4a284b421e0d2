package dev.hearth.client.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.StorageException;
import dev.hearth.client.internal.RecordingServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Requests and addresses are those of storage-js 2.119, except that a name for the browser is
/// encoded once where that one does it twice.
class StorageUrlsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RecordingServer server = new RecordingServer();
    private final StorageFileApi files = new StorageClient(server.backend()).from("av");
    private final String storage = server.address() + "/storage/v1";

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void tellsAPublicAddressWithoutAsking() {
        assertThat(files.getPublicUrl("/a b.png"))
                .isEqualTo(URI.create(storage + "/object/public/av/a%20b.png"));
        assertThat(server.count()).isZero();
    }

    @Test
    void tellsAPublicAddressToBeSaved() {
        assertThat(files.getPublicUrl("ü.png", UrlOptions.defaults().asDownload()))
                .isEqualTo(URI.create(storage + "/object/public/av/%C3%BC.png?download="));
    }

    @Test
    void tellsAPublicAddressToBeRendered() {
        assertThat(
                        files.getPublicUrl(
                                "a.png",
                                UrlOptions.defaults()
                                        .asDownload("x ü.png")
                                        .transform(Transform.defaults().width(1).quality(5))
                                        .cacheNonce("n")))
                .isEqualTo(
                        URI.create(
                                storage
                                        + "/render/image/public/av/a.png"
                                        + "?download=x+%C3%BC.png&width=1&quality=5&cacheNonce=n"));
    }

    @Test
    void tellsAPublicAddressOfAnyName() {
        assertThat(files.getPublicUrl("100%?#[x]|^`{}\"<>\\~").toString())
                .isEqualTo(
                        storage
                                + "/object/public/av/100%25%3F%23%5Bx%5D%7C%5E%60%7B%7D%22%3C%3E%5C~");
    }

    @Test
    void signsAnAddress() {
        server.answers("{\"signedURL\":\"/object/sign/av/a b.png?token=T\"}");
        assertThat(files.createSignedUrl("a b.png", MINUTE))
                .isEqualTo(URI.create(storage + "/object/sign/av/a%20b.png?token=T"));
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("POST /storage/v1/object/sign/av/a%20b.png");
        assertThat(asked.body()).isEqualTo("{\"expiresIn\":60}");
    }

    @Test
    void signsAnAddressToBeRenderedAndSaved() {
        server.answers("{\"signedURL\":\"/render/image/sign/av/a?.png?token=T\"}");
        assertThat(
                        files.createSignedUrl(
                                "a?.png",
                                MINUTE,
                                UrlOptions.defaults()
                                        .asDownload("my fü.png")
                                        .transform(Transform.defaults().width(1))
                                        .cacheNonce("n")))
                .isEqualTo(
                        URI.create(
                                storage
                                        + "/render/image/sign/av/a%3F.png?token=T&download=my+f%C3%BC.png&cacheNonce=n"));
        assertThat(server.take().body())
                .isEqualTo("{\"expiresIn\":60,\"transform\":{\"width\":1}}");
    }

    @Test
    void signsSeveral() {
        server.answers(
                "[{\"error\":null,\"path\":\"a\",\"signedURL\":\"/object/sign/av/a?token=T\"},{\"error\":\"Either"
                    + " the object does not exist\",\"path\":\"b\",\"signedURL\":null}]");
        List<SignedUrl> signed =
                files.createSignedUrls(
                        List.of("a", "b"), MINUTE, UrlOptions.defaults().asDownload());
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("POST /storage/v1/object/sign/av");
        assertThat(asked.body()).isEqualTo("{\"expiresIn\":60,\"paths\":[\"a\",\"b\"]}");
        assertThat(signed.get(0).url())
                .contains(URI.create(storage + "/object/sign/av/a?token=T&download="));
        assertThat(signed.get(1).url()).isEmpty();
        assertThat(signed.get(1).error()).contains("Either the object does not exist");
        assertThat(signed.toString()).doesNotContain("token=T");
    }

    @Test
    void givesLeaveToSend() {
        server.answers("{\"url\":\"/object/upload/sign/av/a b.png?token=T\",\"token\":\"T\"}");
        SignedUpload leave = files.createSignedUploadUrl("/a b.png");
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("POST /storage/v1/object/upload/sign/av/a%20b.png");
        assertThat(asked.body()).isEqualTo("{}");
        assertThat(asked.headers()).doesNotContainKey("x-upsert");
        assertThat(leave)
                .isEqualTo(
                        new SignedUpload(
                                URI.create(storage + "/object/upload/sign/av/a%20b.png?token=T"),
                                "T",
                                "/a b.png"));
    }

    @Test
    void givesLeaveToReplace() {
        server.answers("{\"url\":\"/object/upload/sign/av/a?token=T\"}");
        files.createSignedUploadUrl("a", true);
        assertThat(server.take().headers()).containsEntry("x-upsert", "true");
    }

    @Test
    void refusesAnAnswerWithoutAToken() {
        server.answers("{\"url\":\"/object/upload/sign/av/a\"}");
        assertThatThrownBy(() -> files.createSignedUploadUrl("a"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("without a token");
    }

    @Test
    void refusesAnAddressThatNeverHolds() {
        assertThatThrownBy(() -> files.createSignedUrl("a", Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToRenderSeveral() {
        UrlOptions rendered = UrlOptions.defaults().transform(Transform.size(1, 1));
        assertThatThrownBy(() -> files.createSignedUrls(List.of("a"), MINUTE, rendered))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
