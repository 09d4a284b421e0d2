package dev.hearth.client.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.RecordingServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The requests are those that storage-js 2.119 sent when it was recorded.
class StorageClientTest {

    private static final String ROW =
            """
            {"id":"av","name":"av","owner":"","public":true,"type":"STANDARD","file_size_limit":1000000,\
            "allowed_mime_types":["image/*"],"created_at":"2026-01-02T03:04:05.678Z",\
            "updated_at":"2026-01-02T03:04:05.678+00:00","of_tomorrow":1}\
            """;

    private final RecordingServer server = new RecordingServer();
    private final Backend backend = server.backend();
    private final StorageClient storage = new StorageClient(backend);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void makesAPrivateBucket() {
        server.answers("{\"name\":\"av\"}");
        assertThat(storage.createBucket("av")).isEqualTo("av");
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("POST /storage/v1/bucket");
        assertThat(asked.body()).isEqualTo("{\"id\":\"av\",\"name\":\"av\",\"public\":false}");
        assertThat(asked.headers())
                .isEqualTo(
                        Map.of(
                                "content-type", "application/json",
                                "apikey", "key",
                                "authorization", "Bearer token"));
    }

    @Test
    void makesAPublicBucketWithLimits() {
        server.answers("{\"name\":\"av\"}");
        storage.createBucket(
                "av", BucketOptions.publicly().fileSizeLimit("1MB").allowedMimeTypes("image/*"));
        assertThat(server.take().body())
                .isEqualTo(
                        "{\"id\":\"av\",\"name\":\"av\",\"public\":true,\"file_size_limit\":\"1MB\","
                            + "\"allowed_mime_types\":[\"image/*\"]}");
    }

    @Test
    void readsABucketWhole() {
        server.answers(ROW);
        Bucket bucket = storage.getBucket("av");
        assertThat(server.take().line()).isEqualTo("GET /storage/v1/bucket/av");
        assertThat(bucket.isPublic()).isTrue();
        assertThat(bucket.type()).contains("STANDARD");
        assertThat(bucket.fileSizeLimit()).contains(1_000_000L);
        assertThat(bucket.allowedMimeTypes()).contains(List.of("image/*"));
        assertThat(bucket.createdAt()).contains(Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(bucket.updatedAt()).isEqualTo(bucket.createdAt());
    }

    @Test
    void readsABucketOfWhichLittleIsTold() {
        server.answers(
                "{\"id\":\"a\",\"name\":\"a\",\"public\":false,\"file_size_limit\":null,"
                        + "\"allowed_mime_types\":null}");
        Bucket bucket = storage.getBucket("a");
        assertThat(bucket.fileSizeLimit()).isEmpty();
        assertThat(bucket.allowedMimeTypes()).isEmpty();
        assertThat(bucket.owner()).isEmpty();
        assertThat(bucket.createdAt()).isEmpty();
    }

    @Test
    void encodesABucketsName() {
        server.answers(ROW);
        storage.getBucket("my bucket?#ü");
        assertThat(server.take().line())
                .isEqualTo("GET /storage/v1/bucket/my%20bucket%3F%23%C3%BC");
    }

    @Test
    void listsAllBuckets() {
        server.answers("[" + ROW + "]");
        assertThat(storage.listBuckets()).extracting(Bucket::id).containsExactly("av");
        assertThat(server.take().line()).isEqualTo("GET /storage/v1/bucket");
    }

    @Test
    void listsSomeBuckets() {
        server.answers("[]");
        storage.listBuckets(
                ListBucketsOptions.defaults()
                        .limit(5)
                        .offset(10)
                        .search("a b")
                        .descending(ListBucketsOptions.Sort.CREATED_AT));
        assertThat(server.take().line())
                .isEqualTo(
                        "GET /storage/v1/bucket?limit=5&offset=10&search=a+b&sortColumn=created_at&sortOrder=desc");
    }

    @Test
    void takesLimitsOffABucket() {
        server.answers("{\"message\":\"Successfully updated\"}");
        storage.updateBucket("av", BucketOptions.privately().noFileSizeLimit().anyMimeType());
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("PUT /storage/v1/bucket/av");
        assertThat(asked.body())
                .isEqualTo(
                        "{\"id\":\"av\",\"name\":\"av\",\"public\":false,\"file_size_limit\":null,"
                                + "\"allowed_mime_types\":null}");
    }

    @Test
    void emptiesABucket() {
        server.answers("{\"message\":\"queued\"}");
        storage.emptyBucket("av");
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("POST /storage/v1/bucket/av/empty");
        assertThat(asked.body()).isEqualTo("{}");
    }

    @Test
    void deletesABucket() {
        server.answers("{\"message\":\"Successfully deleted\"}");
        storage.deleteBucketAsync("av").join();
        RecordingServer.Asked asked = server.take();
        assertThat(asked.line()).isEqualTo("DELETE /storage/v1/bucket/av");
        assertThat(asked.body()).isEqualTo("{}");
        assertThat(asked.headers()).containsEntry("content-type", "application/json");
    }

    @Test
    void refusesNamesThatAreNone() {
        for (String name : List.of("", " ", ".", "..", "a/b")) {
            assertThatThrownBy(() -> storage.getBucket(name))
                    .as("\"%s\"", name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no name of a bucket");
        }
        assertThat(server.count()).isZero();
    }

    @Test
    void isOfNoUseAfterTheEnd() {
        backend.http().close();
        backend.tasks().close();
        assertThatThrownBy(() -> storage.listBuckets()).isInstanceOf(ClientClosedException.class);
        assertThat(storage.listBucketsAsync())
                .failsWithin(java.time.Duration.ofSeconds(1))
                .withThrowableThat()
                .withCauseInstanceOf(ClientClosedException.class);
    }
}
