package dev.hearth.client.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.StorageException;
import dev.hearth.client.internal.RecordingServer;

import mockwebserver3.MockResponse;

import okio.Buffer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The requests for files as they are, and those that list, move and remove them, are those that
/// storage-js 2.119 sent when it was recorded.
class StorageFileApiTest {

    private final RecordingServer server = new RecordingServer();
    private final StorageFileApi files = new StorageClient(server.backend()).from("av");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void downloadsAFile() {
        server.answers(
                new MockResponse.Builder().body(new Buffer().write(new byte[] {0, -1})).build());
        assertThat(files.download("a b.png")).containsExactly(0, -1);
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("GET /storage/v1/object/av/a%20b.png");
        assertThat(asked.headers())
                .isEqualTo(Map.of("apikey", "key", "authorization", "Bearer token"));
    }

    @Test
    void rendersAnImageFirst() {
        server.answers("x");
        files.download(
                "a.png",
                DownloadOptions.defaults()
                        .transform(
                                Transform.size(1, 2)
                                        .resize(Transform.Resize.FILL)
                                        .quality(30)
                                        .originalFormat()));
        assertThat(server.take().line())
                .isEqualTo(
                        "GET /storage/v1/render/image/authenticated/av/a.png"
                                + "?width=1&height=2&resize=fill&format=origin&quality=30");
    }

    @Test
    void downloadsAsAStream() throws IOException {
        server.answers(new MockResponse.Builder().body("0123456789").build());
        try (InputStream stream = files.downloadStreamAsync("a").join()) {
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("0123456789");
        }
    }

    @Test
    void knowsWhenTheFileIsNotThere() {
        server.answers(
                400,
                "{\"statusCode\":\"404\",\"error\":\"not_found\",\"message\":\"Object not"
                        + " found\",\"code\":\"NoSuchKey\"}");
        assertThatThrownBy(() -> files.downloadStream("a"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.isNotFound()).isTrue());
    }

    @Test
    void listsAFolder() {
        server.answers(
                """
                [{"name":"dir","id":null,"updated_at":null,"created_at":null,"last_accessed_at":null,"metadata":null},
                 {"name":"a.png","id":"1","updated_at":"2026-01-02T03:04:05.678Z","created_at":"2026-01-02T03:04:05.678Z",
                  "last_accessed_at":"2026-01-02T03:04:05.678Z","metadata":{"size":6,"mimetype":"image/png","own":null}}]
                """);
        List<FileObject> found = files.list("");
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("POST /storage/v1/object/list/av");
        assertThat(asked.body())
                .isEqualTo(
                        "{\"limit\":100,\"offset\":0,\"sortBy\":{\"column\":\"name\",\"order\":\"asc\"},\"prefix\":\"\"}");
        assertThat(found.get(0).isFolder()).isTrue();
        assertThat(found.get(0).metadata()).isEmpty();
        assertThat(found.get(1).isFolder()).isFalse();
        assertThat(found.get(1).size()).hasValue(6);
        assertThat(found.get(1).contentType()).contains("image/png");
    }

    @Test
    void listsAFolderInAnotherOrder() {
        server.answers("[]");
        files.list(
                "d", ListOptions.defaults().limit(5).descending(FileSort.CREATED_AT).search("x"));
        assertThat(server.take().body())
                .isEqualTo(
                        "{\"limit\":5,\"offset\":0,\"sortBy\":{\"column\":\"created_at\",\"order\":\"desc\"},"
                            + "\"search\":\"x\",\"prefix\":\"d\"}");
    }

    @Test
    void listsAPage() {
        server.answers(
                """
                {"hasNext":true,"nextCursor":"c2","folders":[{"key":"d","name":"d/","id":null,"metadata":null}],
                 "objects":[{"id":"1","name":"a","metadata":{"size":1}}]}
                """);
        FilePage page =
                files.listV2(
                        ListV2Options.defaults()
                                .prefix("d/")
                                .limit(5)
                                .cursor("c")
                                .withDelimiter(true)
                                .descending(FileSort.NAME));
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("POST /storage/v1/object/list-v2/av");
        assertThat(asked.body())
                .isEqualTo(
                        "{\"prefix\":\"d/\",\"limit\":5,\"cursor\":\"c\",\"with_delimiter\":true,"
                                + "\"sortBy\":{\"column\":\"name\",\"order\":\"desc\"}}");
        assertThat(page.nextCursor()).contains("c2");
        assertThat(page.folders())
                .extracting(FileObject::key)
                .containsExactly(java.util.Optional.of("d"));
        assertThat(page.objects()).extracting(FileObject::name).containsExactly("a");
    }

    @Test
    void walksPageAfterPageAsFilesAreAskedFor() {
        server.answers(
                "{\"hasNext\":true,\"nextCursor\":\"2\",\"folders\":[],\"objects\":[{\"name\":\"a\"},{\"name\":\"b\"}]}");
        server.answers("{\"hasNext\":false,\"folders\":[],\"objects\":[{\"name\":\"c\"}]}");
        var walk = files.walk(ListV2Options.defaults()).iterator();
        assertThat(walk.next().name()).isEqualTo("a");
        assertThat(walk.next().name()).isEqualTo("b");
        assertThat(server.count()).isEqualTo(1);
        assertThat(walk.next().name()).isEqualTo("c");
        assertThat(walk.hasNext()).isFalse();
        assertThat(server.take().body()).isEqualTo("{}");
        assertThat(server.take().body()).isEqualTo("{\"cursor\":\"2\"}");
    }

    @Test
    void doesNotWalkInACircle() {
        String page = "{\"hasNext\":true,\"nextCursor\":\"2\",\"objects\":[{\"name\":\"a\"}]}";
        server.answers(page).answers(page);
        assertThatThrownBy(() -> files.walk(ListV2Options.defaults()).count())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("another page");
    }

    @Test
    void movesAFile() {
        server.answers("{\"message\":\"Successfully moved\"}");
        files.move("/a", "b");
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("POST /storage/v1/object/move");
        assertThat(asked.body())
                .isEqualTo("{\"bucketId\":\"av\",\"sourceKey\":\"/a\",\"destinationKey\":\"b\"}");
    }

    @Test
    void movesAFileToAnotherBucket() {
        server.answers("{\"message\":\"Successfully moved\"}");
        files.move("a", "b", CopyOptions.defaults().destinationBucket("o"));
        assertThat(server.take().body())
                .isEqualTo(
                        "{\"bucketId\":\"av\",\"sourceKey\":\"a\",\"destinationKey\":\"b\",\"destinationBucket\":\"o\"}");
    }

    @Test
    void copiesAFile() {
        server.answers("{\"Key\":\"av/b\",\"Id\":\"1\"}");
        assertThat(files.copy("a", "b")).isEqualTo("av/b");
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("POST /storage/v1/object/copy");
        assertThat(asked.body())
                .isEqualTo("{\"bucketId\":\"av\",\"sourceKey\":\"a\",\"destinationKey\":\"b\"}");
    }

    @Test
    void copiesAFileAsSomethingElse() {
        server.answers("{\"Key\":\"o/b\"}");
        files.copy(
                "a",
                "b",
                CopyOptions.defaults()
                        .destinationBucket("o")
                        .cacheControl("max-age=1")
                        .contentType("x/y"));
        assertThat(server.take().body())
                .isEqualTo(
                        "{\"bucketId\":\"av\",\"sourceKey\":\"a\",\"destinationKey\":\"b\",\"destinationBucket\":\"o\","
                            + "\"copyMetadata\":false,\"metadata\":{\"cacheControl\":\"max-age=1\",\"mimetype\":\"x/y\"}}");
    }

    @Test
    void removesFiles() {
        server.answers(
                "[{\"name\":\"a\",\"bucket_id\":\"av\",\"id\":\"1\",\"user_metadata\":{\"k\":1}}]");
        List<FileObject> removed = files.remove(List.of("a", "b c"));
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("DELETE /storage/v1/object/av");
        assertThat(asked.body()).isEqualTo("{\"prefixes\":[\"a\",\"b c\"]}");
        assertThat(removed.get(0).bucketId()).contains("av");
        assertThat(removed.get(0).userMetadata()).isEqualTo(Map.of("k", 1L));
    }

    @Test
    void tellsWhatIsKnownOfAFile() {
        server.answers(
                """
                {"id":"1","name":"d/a.png","version":"v","bucket_id":"av","size":11,"content_type":"image/png",
                 "cache_control":"max-age=3600","etag":"\\"5e\\"","metadata":{"k":1},
                 "last_modified":"2026-11-20T12:09:20.002Z","created_at":"2026-11-20T12:09:20.002Z"}
                """);
        FileInfo info = files.info("/a b.png");
        assertThat(server.take().line()).isEqualTo("GET /storage/v1/object/info/av/a%20b.png");
        assertThat(info.size()).contains(11L);
        assertThat(info.contentType()).contains("image/png");
        assertThat(info.etag()).contains("\"5e\"");
        assertThat(info.metadata()).isEqualTo(Map.of("k", 1L));
        assertThat(info.lastModified()).isEqualTo(info.createdAt()).isPresent();
    }

    @Test
    void existsWhenItIsKnown() {
        server.answers("{\"name\":\"a\"}");
        assertThat(files.existsAsync("a").join()).isTrue();
        assertThat(server.take().line()).isEqualTo("GET /storage/v1/object/info/av/a");
    }

    @Test
    void doesNotExistWhenThereIsNoSuchKey() {
        server.answers(
                400,
                "{\"statusCode\":\"404\",\"error\":\"not_found\",\"message\":\"Object not"
                        + " found\",\"code\":\"NoSuchKey\"}");
        assertThat(files.exists("a")).isFalse();
    }

    @Test
    void isAskedInVainWhenTheBucketIsNotThere() {
        server.answers(
                400,
                "{\"statusCode\":\"404\",\"error\":\"Bucket not found\",\"message\":\"Bucket not"
                        + " found\",\"code\":\"NoSuchBucket\"}");
        assertThatThrownBy(() -> files.exists("a"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.isBucketNotFound()).isTrue());
    }

    @Test
    void readsTheNameLiterally() {
        var expected =
                Map.of(
                        "ü.png", "%C3%BC.png",
                        "a?b", "a%3Fb",
                        "a#b", "a%23b",
                        "a%20b", "a%2520b",
                        "100%", "100%25",
                        "a//b", "a//b",
                        "//a", "a",
                        "a+b;c&d=e@f$g!h*i'j(k)", "a+b;c&d=e@f$g!h*i'j(k)",
                        "a\\b\tc", "a%5Cb%09c",
                        "..a/b..", "..a/b..");
        expected.forEach(
                (path, encoded) -> {
                    server.answers("x");
                    files.download(path);
                    assertThat(server.take().line())
                            .as(path)
                            .isEqualTo("GET /storage/v1/object/av/" + encoded);
                });
    }

    @Test
    void refusesPathsThatAreNone() {
        for (String path : List.of("", "/", "../x", "a/../b", "./x", "a/.", "\uD800")) {
            assertThatThrownBy(() -> files.download(path))
                    .as("\"%s\"", path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(server.count()).isZero();
    }

    @Test
    void waitsNoLongerThanTheSilenceAllowed() {
        server.answers(
                new MockResponse.Builder()
                        .body("x")
                        .headersDelay(20, java.util.concurrent.TimeUnit.SECONDS)
                        .build());
        assertThatThrownBy(
                        () ->
                                files.download(
                                        "a",
                                        DownloadOptions.defaults().silence(Duration.ofMillis(100))))
                .isInstanceOf(dev.hearth.client.error.RequestTimeoutException.class)
                .hasMessageContaining("100 ms");
    }
}
