package dev.hearth.client.storage;

import dev.hearth.client.error.StorageException;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.http.UrlEncoding;
import dev.hearth.client.json.TypeRef;

import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The files of one bucket: `client.storage().from("avatars")`. Immutable and safe for any thread.
///
/// ```java
/// StorageFileApi files = client.storage().from("avatars");
/// files.upload("ada/face.png", Path.of("face.png"));
/// byte[] face = files.download("ada/face.png");
/// URI shared = files.createSignedUrl("ada/face.png", Duration.ofMinutes(10));
/// files.remove(List.of("ada/face.png"));
/// ```
///
/// A path is the file's name with its folders, such as `ada/face.png`, never encoded: blanks,
/// umlauts, `?`, `#` and `%` are what they are. One with a segment `.` or `..`, or an empty one, is
/// an `IllegalArgumentException`. Errors and twins are those of [StorageClient].
///
/// A file to send is a `byte[]`, a `Path`, an `InputStream`, or a `Flow.Publisher` of `ByteBuffer`.
/// Files of any size are sent and fetched with little memory, except by the calls with `byte[]`.
/// Sending and fetching have no end for the whole; they end with
/// [dev.hearth.client.error.RequestTimeoutException] when no byte moves for the client's timeout,
/// or for `silence` of the options.
public final class StorageFileApi {

    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};
    private static final TypeRef<List<FileObject>> FILES = new TypeRef<>() {};

    private final StorageCalls calls;
    private final Uploads uploads;
    private final StorageUrls urls;
    private final String bucket;

    StorageFileApi(StorageCalls calls, String bucket) {
        this.calls = calls;
        this.uploads = new Uploads(calls, bucket);
        this.urls = new StorageUrls(calls, bucket);
        this.bucket = bucket;
    }

    /// Sends a new file.
    ///
    /// @throws StorageException where there is one: [StorageException#isAlreadyExists]; and see
    ///   [UploadOptions#upsert(boolean)]
    public Uploaded upload(String path, byte[] bytes) {
        return upload(path, bytes, UploadOptions.defaults());
    }

    /// [#upload(String, byte[])] on a thread of its own.
    public CompletableFuture<Uploaded> uploadAsync(String path, byte[] bytes) {
        return calls.backend().async(() -> upload(path, bytes));
    }

    /// Sends a new file.
    public Uploaded upload(String path, byte[] bytes, UploadOptions options) {
        return uploads.create(path, Content.of(bytes), options);
    }

    /// [#upload(String, byte[], UploadOptions)] on a thread of its own.
    public CompletableFuture<Uploaded> uploadAsync(
            String path, byte[] bytes, UploadOptions options) {
        return calls.backend().async(() -> upload(path, bytes, options));
    }

    /// Sends a new file from the disk.
    public Uploaded upload(String path, Path file) {
        return upload(path, file, UploadOptions.defaults());
    }

    /// [#upload(String, Path)] on a thread of its own.
    public CompletableFuture<Uploaded> uploadAsync(String path, Path file) {
        return calls.backend().async(() -> upload(path, file));
    }

    /// Sends a new file from the disk.
    public Uploaded upload(String path, Path file, UploadOptions options) {
        return uploads.create(path, Content.of(file), options);
    }

    /// [#upload(String, Path, UploadOptions)] on a thread of its own.
    public CompletableFuture<Uploaded> uploadAsync(String path, Path file, UploadOptions options) {
        return calls.backend().async(() -> upload(path, file, options));
    }

    /// Sends a new file from a stream, which is read to its end and closed. Say how long it is with
    /// [UploadOptions#length(long)] if that is known: the server can refuse a file that is too
    /// large before it is sent.
    public Uploaded upload(String path, InputStream stream, UploadOptions options) {
        return uploads.create(path, uploads.of(stream, options), options);
    }

    /// [#upload(String, InputStream, UploadOptions)] on a thread of its own.
    public CompletableFuture<Uploaded> uploadAsync(
            String path, InputStream stream, UploadOptions options) {
        return calls.backend().async(() -> upload(path, stream, options));
    }

    /// Sends a new file as a publisher gives it, for programs that live by reactive streams: a few
    /// buffers at a time, as the connection takes them. It is subscribed to once, when the request
    /// is sent, on the thread that sends, and cancelled when the call ends early, so this is never
    /// tried again. Buffers that were given stay as they are until they have been sent.
    ///
    /// ```java
    /// Flow.Publisher<ByteBuffer> recording = recorder.bytes();
    /// files.uploadAsync("talk.ogg", recording, UploadOptions.defaults());
    /// ```
    ///
    /// @throws dev.hearth.client.error.TransportException when the publisher fails
    /// @throws dev.hearth.client.error.RequestTimeoutException also when it gives nothing for the
    ///   client's timeout, or for `silence` of the options
    public Uploaded upload(
            String path, Flow.Publisher<? extends ByteBuffer> publisher, UploadOptions options) {
        return uploads.create(path, uploads.of(publisher, options), options);
    }

    /// [#upload(String, Flow.Publisher, UploadOptions)] on a thread of its own.
    public CompletableFuture<Uploaded> uploadAsync(
            String path, Flow.Publisher<? extends ByteBuffer> publisher, UploadOptions options) {
        return calls.backend().async(() -> upload(path, publisher, options));
    }

    /// Replaces a file; makes it where there is none.
    public Uploaded update(String path, byte[] bytes) {
        return update(path, bytes, UploadOptions.defaults());
    }

    /// [#update(String, byte[])] on a thread of its own.
    public CompletableFuture<Uploaded> updateAsync(String path, byte[] bytes) {
        return calls.backend().async(() -> update(path, bytes));
    }

    /// Replaces a file; makes it where there is none.
    public Uploaded update(String path, byte[] bytes, UploadOptions options) {
        return uploads.replace(path, Content.of(bytes), options);
    }

    /// [#update(String, byte[], UploadOptions)] on a thread of its own.
    public CompletableFuture<Uploaded> updateAsync(
            String path, byte[] bytes, UploadOptions options) {
        return calls.backend().async(() -> update(path, bytes, options));
    }

    /// Replaces a file by one from the disk.
    public Uploaded update(String path, Path file) {
        return update(path, file, UploadOptions.defaults());
    }

    /// [#update(String, Path)] on a thread of its own.
    public CompletableFuture<Uploaded> updateAsync(String path, Path file) {
        return calls.backend().async(() -> update(path, file));
    }

    /// Replaces a file by one from the disk.
    public Uploaded update(String path, Path file, UploadOptions options) {
        return uploads.replace(path, Content.of(file), options);
    }

    /// [#update(String, Path, UploadOptions)] on a thread of its own.
    public CompletableFuture<Uploaded> updateAsync(String path, Path file, UploadOptions options) {
        return calls.backend().async(() -> update(path, file, options));
    }

    /// Replaces a file by what a stream gives, which is read to its end and closed.
    public Uploaded update(String path, InputStream stream, UploadOptions options) {
        return uploads.replace(path, uploads.of(stream, options), options);
    }

    /// [#update(String, InputStream, UploadOptions)] on a thread of its own.
    public CompletableFuture<Uploaded> updateAsync(
            String path, InputStream stream, UploadOptions options) {
        return calls.backend().async(() -> update(path, stream, options));
    }

    /// Replaces a file by what a publisher gives, as [#upload(String, Flow.Publisher,
    /// UploadOptions)] sends it.
    public Uploaded update(
            String path, Flow.Publisher<? extends ByteBuffer> publisher, UploadOptions options) {
        return uploads.replace(path, uploads.of(publisher, options), options);
    }

    /// [#update(String, Flow.Publisher, UploadOptions)] on a thread of its own.
    public CompletableFuture<Uploaded> updateAsync(
            String path, Flow.Publisher<? extends ByteBuffer> publisher, UploadOptions options) {
        return calls.backend().async(() -> update(path, publisher, options));
    }

    /// Sends a file with the leave that [#createSignedUploadUrl(String)] gave to somebody.
    public Uploaded uploadToSignedUrl(
            String path, String token, byte[] bytes, UploadOptions options) {
        return uploads.signed(path, token, Content.of(bytes), options);
    }

    /// [#uploadToSignedUrl(String, String, byte[], UploadOptions)] on a thread of its own.
    public CompletableFuture<Uploaded> uploadToSignedUrlAsync(
            String path, String token, byte[] bytes, UploadOptions options) {
        return calls.backend().async(() -> uploadToSignedUrl(path, token, bytes, options));
    }

    /// Sends a file from the disk with such leave.
    public Uploaded uploadToSignedUrl(String path, String token, Path file, UploadOptions options) {
        return uploads.signed(path, token, Content.of(file), options);
    }

    /// [#uploadToSignedUrl(String, String, Path, UploadOptions)] on a thread of its own.
    public CompletableFuture<Uploaded> uploadToSignedUrlAsync(
            String path, String token, Path file, UploadOptions options) {
        return calls.backend().async(() -> uploadToSignedUrl(path, token, file, options));
    }

    /// Sends a file from a stream with such leave.
    public Uploaded uploadToSignedUrl(
            String path, String token, InputStream stream, UploadOptions options) {
        return uploads.signed(path, token, uploads.of(stream, options), options);
    }

    /// [#uploadToSignedUrl(String, String, InputStream, UploadOptions)] on a thread of its own.
    public CompletableFuture<Uploaded> uploadToSignedUrlAsync(
            String path, String token, InputStream stream, UploadOptions options) {
        return calls.backend().async(() -> uploadToSignedUrl(path, token, stream, options));
    }

    /// Sends what a publisher gives with such leave, as [#upload(String, Flow.Publisher,
    /// UploadOptions)] does.
    public Uploaded uploadToSignedUrl(
            String path,
            String token,
            Flow.Publisher<? extends ByteBuffer> publisher,
            UploadOptions options) {
        return uploads.signed(path, token, uploads.of(publisher, options), options);
    }

    /// [#uploadToSignedUrl(String, String, Flow.Publisher, UploadOptions)] on a thread of its own.
    public CompletableFuture<Uploaded> uploadToSignedUrlAsync(
            String path,
            String token,
            Flow.Publisher<? extends ByteBuffer> publisher,
            UploadOptions options) {
        return calls.backend().async(() -> uploadToSignedUrl(path, token, publisher, options));
    }

    /// A file, whole. Use [#downloadStream(String)] for large ones.
    ///
    /// @throws dev.hearth.client.error.AnswerTooLargeException when it is larger than the client
    ///   reads into memory
    public byte[] download(String path) {
        return download(path, DownloadOptions.defaults());
    }

    /// [#download(String)] on a thread of its own.
    public CompletableFuture<byte[]> downloadAsync(String path) {
        return calls.backend().async(() -> download(path));
    }

    /// A file, whole.
    public byte[] download(String path, DownloadOptions options) {
        return calls.fetch(downloading(path, options));
    }

    /// [#download(String, DownloadOptions)] on a thread of its own.
    public CompletableFuture<byte[]> downloadAsync(String path, DownloadOptions options) {
        return calls.backend().async(() -> download(path, options));
    }

    /// A file as it comes. Whoever gets the stream closes it, at any time; its exceptions have the
    /// SDK's own as their cause.
    ///
    /// ```java
    /// try (InputStream film = files.downloadStream("film.mp4")) {
    ///     Files.copy(film, Path.of("film.mp4"));
    /// }
    /// ```
    public InputStream downloadStream(String path) {
        return downloadStream(path, DownloadOptions.defaults());
    }

    /// [#downloadStream(String)] on a thread of its own.
    public CompletableFuture<InputStream> downloadStreamAsync(String path) {
        return calls.backend().async(() -> downloadStream(path));
    }

    /// A file as it comes.
    public InputStream downloadStream(String path, DownloadOptions options) {
        return calls.open(downloading(path, options));
    }

    /// [#downloadStream(String, DownloadOptions)] on a thread of its own.
    public CompletableFuture<InputStream> downloadStreamAsync(
            String path, DownloadOptions options) {
        return calls.backend().async(() -> downloadStream(path, options));
    }

    /// An address under which anybody who has it reads a file, for a time.
    ///
    /// @param expiresIn a second at least
    public URI createSignedUrl(String path, Duration expiresIn) {
        return createSignedUrl(path, expiresIn, UrlOptions.defaults());
    }

    /// [#createSignedUrl(String, Duration)] on a thread of its own.
    public CompletableFuture<URI> createSignedUrlAsync(String path, Duration expiresIn) {
        return calls.backend().async(() -> createSignedUrl(path, expiresIn));
    }

    /// An address under which anybody who has it reads a file, for a time.
    public URI createSignedUrl(String path, Duration expiresIn, UrlOptions options) {
        return urls.signed(path, expiresIn, options);
    }

    /// [#createSignedUrl(String, Duration, UrlOptions)] on a thread of its own.
    public CompletableFuture<URI> createSignedUrlAsync(
            String path, Duration expiresIn, UrlOptions options) {
        return calls.backend().async(() -> createSignedUrl(path, expiresIn, options));
    }

    /// The same for several files, in their order. A file that is not there is told in its place.
    public List<SignedUrl> createSignedUrls(List<String> paths, Duration expiresIn) {
        return createSignedUrls(paths, expiresIn, UrlOptions.defaults());
    }

    /// [#createSignedUrls(List, Duration)] on a thread of its own.
    public CompletableFuture<List<SignedUrl>> createSignedUrlsAsync(
            List<String> paths, Duration expiresIn) {
        return calls.backend().async(() -> createSignedUrls(paths, expiresIn));
    }

    /// The same for several files.
    ///
    /// @param options without a transform
    public List<SignedUrl> createSignedUrls(
            List<String> paths, Duration expiresIn, UrlOptions options) {
        return urls.signed(paths, expiresIn, options);
    }

    /// [#createSignedUrls(List, Duration, UrlOptions)] on a thread of its own.
    public CompletableFuture<List<SignedUrl>> createSignedUrlsAsync(
            List<String> paths, Duration expiresIn, UrlOptions options) {
        return calls.backend().async(() -> createSignedUrls(paths, expiresIn, options));
    }

    /// Leave for somebody to send one new file, without a token of his own; Supabase lets it hold
    /// for two hours.
    public SignedUpload createSignedUploadUrl(String path) {
        return createSignedUploadUrl(path, false);
    }

    /// [#createSignedUploadUrl(String)] on a thread of its own.
    public CompletableFuture<SignedUpload> createSignedUploadUrlAsync(String path) {
        return calls.backend().async(() -> createSignedUploadUrl(path));
    }

    /// Leave for somebody to send one file.
    ///
    /// @param upsert whether it may replace one
    public SignedUpload createSignedUploadUrl(String path, boolean upsert) {
        return urls.upload(path, upsert);
    }

    /// [#createSignedUploadUrl(String, boolean)] on a thread of its own.
    public CompletableFuture<SignedUpload> createSignedUploadUrlAsync(String path, boolean upsert) {
        return calls.backend().async(() -> createSignedUploadUrl(path, upsert));
    }

    /// The address of a file in a public bucket. Nothing is sent, so it may be the address of none.
    public URI getPublicUrl(String path) {
        return getPublicUrl(path, UrlOptions.defaults());
    }

    /// The address of a file in a public bucket, to be saved or rendered.
    public URI getPublicUrl(String path, UrlOptions options) {
        return urls.open(path, options);
    }

    /// The first 100 files and folders in a folder, by name.
    ///
    /// @param prefix the folder, such as `ada`; empty for the bucket itself
    public List<FileObject> list(String prefix) {
        return list(prefix, ListOptions.defaults());
    }

    /// [#list(String)] on a thread of its own.
    public CompletableFuture<List<FileObject>> listAsync(String prefix) {
        return calls.backend().async(() -> list(prefix));
    }

    /// Files and folders in a folder. A bucket that is not there, or hidden, has none.
    public List<FileObject> list(String prefix, ListOptions options) {
        return calls.ask(
                StorageCalls.request(
                        "POST",
                        "/object/list/" + UrlEncoding.segment(bucket),
                        options.json(prefix)),
                FILES);
    }

    /// [#list(String, ListOptions)] on a thread of its own.
    public CompletableFuture<List<FileObject>> listAsync(String prefix, ListOptions options) {
        return calls.backend().async(() -> list(prefix, options));
    }

    /// A page of files, by the beginning of their whole names.
    public FilePage listV2(ListV2Options options) {
        return calls.ask(
                StorageCalls.request(
                        "POST", "/object/list-v2/" + UrlEncoding.segment(bucket), options.json()),
                FilePage.class);
    }

    /// [#listV2(ListV2Options)] on a thread of its own.
    public CompletableFuture<FilePage> listV2Async(ListV2Options options) {
        return calls.backend().async(() -> listV2(options));
    }

    /// All files, page after page of [#listV2], fetched as they are asked for; no folders.
    ///
    /// ```java
    /// long bytes = files.walk(ListV2Options.defaults().prefix("ada/")).mapToLong(f -> f.size().orElse(0)).sum();
    /// ```
    public Stream<FileObject> walk(ListV2Options options) {
        var files = new FileWalk(this::listV2, options);
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        files, Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    /// Gives a file another name.
    ///
    /// @throws StorageException where there is a file of that name:
    ///   [StorageException#isAlreadyExists]
    public void move(String from, String to) {
        move(from, to, CopyOptions.defaults());
    }

    /// [#move(String, String)] on a thread of its own.
    public CompletableFuture<Void> moveAsync(String from, String to) {
        return calls.backend().run(() -> move(from, to));
    }

    /// Gives a file another name, and maybe another bucket.
    ///
    /// @param options a bucket and no more
    public void move(String from, String to, CopyOptions options) {
        if (options.copyMetadata().isPresent()) {
            throw new IllegalArgumentException("a file that is moved keeps its metadata");
        }
        calls.tell(StorageCalls.request("POST", "/object/move", options.json(bucket, from, to)));
    }

    /// [#move(String, String, CopyOptions)] on a thread of its own.
    public CompletableFuture<Void> moveAsync(String from, String to, CopyOptions options) {
        return calls.backend().run(() -> move(from, to, options));
    }

    /// Copies a file within the bucket.
    ///
    /// @return the copy's path, with the bucket before it
    public String copy(String from, String to) {
        return copy(from, to, CopyOptions.defaults());
    }

    /// [#copy(String, String)] on a thread of its own.
    public CompletableFuture<String> copyAsync(String from, String to) {
        return calls.backend().async(() -> copy(from, to));
    }

    /// Copies a file, maybe to another bucket.
    ///
    /// @return the copy's path, with the bucket before it
    public String copy(String from, String to, CopyOptions options) {
        Map<String, Object> answer =
                calls.ask(
                        StorageCalls.request(
                                "POST", "/object/copy", options.json(bucket, from, to)),
                        OBJECT);
        return String.valueOf(
                answer.getOrDefault("Key", options.destinationBucket().orElse(bucket) + "/" + to));
    }

    /// [#copy(String, String, CopyOptions)] on a thread of its own.
    public CompletableFuture<String> copyAsync(String from, String to, CopyOptions options) {
        return calls.backend().async(() -> copy(from, to, options));
    }

    /// Removes files. Those that are not there, or that the caller may not remove, are passed over.
    ///
    /// @param paths 1 to 1,000, whole
    /// @return those that were removed
    public List<FileObject> remove(List<String> paths) {
        return calls.ask(
                StorageCalls.request(
                        "DELETE",
                        "/object/" + UrlEncoding.segment(bucket),
                        Map.of("prefixes", List.copyOf(paths))),
                FILES);
    }

    /// [#remove(List)] on a thread of its own.
    public CompletableFuture<List<FileObject>> removeAsync(List<String> paths) {
        return calls.backend().async(() -> remove(paths));
    }

    /// What storage knows of a file.
    public FileInfo info(String path) {
        return calls.ask(
                StorageCalls.request("GET", "/object/info/" + StoragePaths.address(bucket, path)),
                FileInfo.class);
    }

    /// [#info(String)] on a thread of its own.
    public CompletableFuture<FileInfo> infoAsync(String path) {
        return calls.backend().async(() -> info(path));
    }

    /// Whether the caller sees such a file. Asks for [#info], as storage-js does: a bucket that is
    /// not there, or a token that is none, is an error and no no.
    public boolean exists(String path) {
        try {
            var unused = info(path);
            return true;
        } catch (StorageException e) {
            if (e.isObjectNotFound()) {
                return false;
            }
            throw e;
        }
    }

    /// [#exists(String)] on a thread of its own.
    public CompletableFuture<Boolean> existsAsync(String path) {
        return calls.backend().async(() -> exists(path));
    }

    private HttpRequest downloading(String path, DownloadOptions options) {
        HttpRequest request =
                StorageCalls.request(
                        "GET",
                        (options.transform().isNone() ? "/object/" : "/render/image/authenticated/")
                                + StoragePaths.address(bucket, path));
        for (HttpRequest.Field field : options.transform().query()) {
            request = request.query(field.name(), field.value());
        }
        return calls.transfer(request, options.silence());
    }
}
