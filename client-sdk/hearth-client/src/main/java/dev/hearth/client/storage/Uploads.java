package dev.hearth.client.storage;

import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.json.TypeRef;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Function;

/// Sends files to one bucket, as storage-js 2.119 sends what is no Blob. Safe for any thread.
record Uploads(StorageCalls calls, String bucket) {

    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

    /// A new file.
    Uploaded create(String path, Content content, UploadOptions options) {
        return sent(
                path, content, options, clean -> upserting(to("POST", "/object/", clean), options));
    }

    /// In place of a file. PUT replaces anyway; storage-js sends `x-upsert` with POST only.
    Uploaded replace(String path, Content content, UploadOptions options) {
        return sent(path, content, options, clean -> to("PUT", "/object/", clean));
    }

    /// With somebody's leave.
    Uploaded signed(String path, String token, Content content, UploadOptions options) {
        return sent(
                path,
                content,
                options,
                clean ->
                        upserting(to("PUT", "/object/upload/sign/", clean), options)
                                .query("token", token));
    }

    private static HttpRequest upserting(HttpRequest request, UploadOptions options) {
        return request.header("x-upsert", Boolean.toString(options.upsert()));
    }

    /// What a stream gives.
    Content of(InputStream stream, UploadOptions options) {
        return Content.of(stream, options.length());
    }

    /// What a publisher gives.
    Content of(Flow.Publisher<? extends ByteBuffer> publisher, UploadOptions options) {
        return Content.of(
                new PublishedBytes(
                        publisher, calls.backend().timers(), calls.silence(options.silence())),
                options.length());
    }

    private HttpRequest to(String method, String where, String path) {
        return StorageCalls.request(method, where + StoragePaths.address(bucket, path));
    }

    /// @param request for the path, cleaned; whatever is wrong with it, the content is let go of
    private Uploaded sent(
            String path,
            Content content,
            UploadOptions options,
            Function<String, HttpRequest> request) {
        try {
            String clean = StoragePaths.clean(path);
            HttpRequest dressed = dressed(request.apply(clean), options);
            String type = dressed.header("content-type").orElseGet(() -> options.typeOf(clean));
            Map<String, Object> answer =
                    calls.ask(
                            calls.transfer(dressed.body(content.body(type)), options.silence()),
                            OBJECT);
            return new Uploaded(
                    clean,
                    String.valueOf(answer.getOrDefault("Key", bucket + "/" + clean)),
                    Optional.ofNullable(answer.get("Id")).map(String::valueOf));
        } finally {
            content.done();
        }
    }

    private HttpRequest dressed(HttpRequest bare, UploadOptions options) {
        HttpRequest request = bare.header("cache-control", "max-age=" + options.cacheControl());
        if (options.contentEncoding().isPresent()) {
            request = request.header("content-encoding", options.contentEncoding().get());
        }
        if (!options.metadata().isEmpty()) {
            byte[] json = calls.backend().json().write(options.metadata());
            request = request.header("x-metadata", Base64.getEncoder().encodeToString(json));
        }
        for (Map.Entry<String, String> header : options.headers().entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request;
    }
}
