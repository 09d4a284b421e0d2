package dev.hearth.client.storage;

import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.UrlEncoding;
import dev.hearth.client.json.TypeRef;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Buckets, and the files in them. Immutable and safe for any thread; get it from
/// `client.storage()`.
///
/// ```java
/// storage.createBucket("avatars", BucketOptions.publicly());
/// storage.from("avatars").upload("ada.png", Path.of("ada.png"));
/// URI address = storage.from("avatars").getPublicUrl("ada.png");
/// ```
///
/// Mirrors storage-js 2.119. Every call blocks, and has a twin with `Async` that does not; to
/// cancel the future ends the transfer. Calls throw [dev.hearth.client.error.StorageException] when
/// storage refuses, [dev.hearth.client.error.TransportException] and
/// [dev.hearth.client.error.RequestTimeoutException] when it is not reached, and
/// `IllegalArgumentException` for names that are none.
public final class StorageClient {

    private final StorageCalls calls;

    /// For the front class.
    @SuppressWarnings("exports")
    public StorageClient(Backend backend) {
        this.calls = new StorageCalls(backend);
    }

    /// One bucket's files. Nothing is sent, so the bucket need not be there yet.
    public StorageFileApi from(String bucket) {
        return new StorageFileApi(calls, StoragePaths.bucket(bucket));
    }

    /// Makes a private bucket.
    ///
    /// @return its name
    public String createBucket(String id) {
        return createBucket(id, BucketOptions.privately());
    }

    /// Makes a bucket. Takes the secret key, or a policy on `storage.buckets`.
    ///
    /// @return its name
    /// @throws dev.hearth.client.error.StorageException where there is one:
    ///   [dev.hearth.client.error.StorageException#isAlreadyExists]
    public String createBucket(String id, BucketOptions options) {
        Map<String, Object> made =
                calls.ask(
                        StorageCalls.request(
                                "POST", "/bucket", options.json(StoragePaths.bucket(id))),
                        new TypeRef<Map<String, Object>>() {});
        return String.valueOf(made.getOrDefault("name", id));
    }

    /// [#createBucket(String)] on a thread of its own.
    public CompletableFuture<String> createBucketAsync(String id) {
        return calls.backend().async(() -> createBucket(id));
    }

    /// [#createBucket(String, BucketOptions)] on a thread of its own.
    public CompletableFuture<String> createBucketAsync(String id, BucketOptions options) {
        return calls.backend().async(() -> createBucket(id, options));
    }

    /// A bucket as it is.
    public Bucket getBucket(String id) {
        return calls.ask(StorageCalls.request("GET", one(id)), Bucket.class);
    }

    /// [#getBucket] on a thread of its own.
    public CompletableFuture<Bucket> getBucketAsync(String id) {
        return calls.backend().async(() -> getBucket(id));
    }

    /// All buckets that the caller may see.
    public List<Bucket> listBuckets() {
        return listBuckets(ListBucketsOptions.defaults());
    }

    /// Some of them.
    public List<Bucket> listBuckets(ListBucketsOptions options) {
        return calls.ask(
                options.of(StorageCalls.request("GET", "/bucket")), new TypeRef<List<Bucket>>() {});
    }

    /// [#listBuckets()] on a thread of its own.
    public CompletableFuture<List<Bucket>> listBucketsAsync() {
        return calls.backend().async(() -> listBuckets());
    }

    /// [#listBuckets(ListBucketsOptions)] on a thread of its own.
    public CompletableFuture<List<Bucket>> listBucketsAsync(ListBucketsOptions options) {
        return calls.backend().async(() -> listBuckets(options));
    }

    /// Changes who may read a bucket, and those limits that the options name.
    public void updateBucket(String id, BucketOptions options) {
        calls.tell(StorageCalls.request("PUT", one(id), options.json(id)));
    }

    /// [#updateBucket] on a thread of its own.
    public CompletableFuture<Void> updateBucketAsync(String id, BucketOptions options) {
        return calls.backend().run(() -> updateBucket(id, options));
    }

    /// Removes every file of a bucket. Takes the secret key. The server may do it later: Supabase
    /// allows itself an hour.
    public void emptyBucket(String id) {
        calls.tell(StorageCalls.request("POST", one(id) + "/empty", Map.of()));
    }

    /// [#emptyBucket] on a thread of its own.
    public CompletableFuture<Void> emptyBucketAsync(String id) {
        return calls.backend().run(() -> emptyBucket(id));
    }

    /// Removes a bucket that is empty.
    ///
    /// @throws dev.hearth.client.error.StorageException where it is not:
    ///   [dev.hearth.client.error.StorageException#isNotEmpty]
    public void deleteBucket(String id) {
        calls.tell(StorageCalls.request("DELETE", one(id), Map.of()));
    }

    /// [#deleteBucket] on a thread of its own.
    public CompletableFuture<Void> deleteBucketAsync(String id) {
        return calls.backend().run(() -> deleteBucket(id));
    }

    private static String one(String id) {
        return "/bucket/" + UrlEncoding.segment(StoragePaths.bucket(id));
    }
}
