package dev.hearth.client.storage;

import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.json.TypeRef;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;

/// Sends files to one bucket, as storage-js 2.119 sends what is no Blob. Safe for any thread.
record Uploads(StorageCalls calls, String bucket) {

    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

    /// A new file.
    Uploaded create(String path, Content content, UploadOptions options) {
        String clean = StoragePaths.clean(path);
        HttpRequest request = to("POST", "/object/", clean);
        return sent(
                request.header("x-upsert", Boolean.toString(options.upsert())),
                clean,
                content,
                options);
    }

    /// In place of a file. PUT replaces anyway; storage-js sends `x-upsert` with POST only.
    Uploaded replace(String path, Content content, UploadOptions options) {
        String clean = StoragePaths.clean(path);
        return sent(to("PUT", "/object/", clean), clean, content, options);
    }

    /// With somebody's leave.
    Uploaded signed(String path, String token, Content content, UploadOptions options) {
        String clean = StoragePaths.clean(path);
        HttpRequest request = to("PUT", "/object/upload/sign/", clean).query("token", token);
        return sent(
                request.header("x-upsert", Boolean.toString(options.upsert())),
                clean,
                content,
                options);
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

    private Uploaded sent(HttpRequest bare, String path, Content content, UploadOptions options) {
        try {
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
            String type = request.header("content-type").orElseGet(() -> options.typeOf(path));
            request = calls.transfer(request.body(content.body(type)), options.silence());
            Map<String, Object> answer = calls.ask(request, OBJECT);
            return new Uploaded(
                    path,
                    String.valueOf(answer.getOrDefault("Key", bucket + "/" + path)),
                    Optional.ofNullable(answer.get("Id")).map(String::valueOf));
        } finally {
            content.done();
        }
    }
}
