package dev.hearth.client.storage;

import dev.hearth.client.error.StorageException;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.http.HttpRequest.Field;
import dev.hearth.client.internal.http.UrlEncoding;
import dev.hearth.client.json.TypeRef;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Addresses of files: for anybody, or signed for whoever has them. Safe for any thread.
record StorageUrls(StorageCalls calls, String bucket) {

    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};
    private static final TypeRef<List<Map<String, Object>>> OBJECTS = new TypeRef<>() {};

    /// For anybody.
    URI open(String path, UrlOptions options) {
        HttpRequest address =
                HttpRequest.of(
                        "GET",
                        (options.transform().isNone() ? "/object" : "/render/image")
                                + "/public/"
                                + StoragePaths.address(bucket, path));
        List<Field> query = new ArrayList<>();
        options.download().ifPresent(name -> query.add(new Field("download", name)));
        query.addAll(options.transform().query());
        options.cacheNonce().ifPresent(nonce -> query.add(new Field("cacheNonce", nonce)));
        for (Field field : query) {
            address = address.query(field.name(), field.value());
        }
        return URI.create(calls.address() + address.target());
    }

    /// For whoever has it, for a time.
    URI signed(String path, Duration expiresIn, UrlOptions options) {
        var asked = new LinkedHashMap<String, Object>();
        asked.put("expiresIn", seconds(expiresIn));
        if (!options.transform().isNone()) {
            asked.put("transform", options.transform().json());
        }
        Map<String, Object> answer =
                calls.ask(
                        StorageCalls.request(
                                "POST",
                                "/object/sign/" + StoragePaths.address(bucket, path),
                                asked),
                        OBJECT);
        return address(text(answer, "signedURL"), options);
    }

    /// For whoever has them, for a time.
    List<SignedUrl> signed(List<String> paths, Duration expiresIn, UrlOptions options) {
        if (!options.transform().isNone()) {
            throw new IllegalArgumentException(
                    "several files are signed as they are; use createSignedUrl for a transform");
        }
        var asked = new LinkedHashMap<String, Object>();
        asked.put("expiresIn", seconds(expiresIn));
        asked.put("paths", List.copyOf(paths));
        List<Map<String, Object>> answers =
                calls.ask(
                        StorageCalls.request(
                                "POST", "/object/sign/" + UrlEncoding.segment(bucket), asked),
                        OBJECTS);
        var signed = new ArrayList<SignedUrl>();
        for (Map<String, Object> answer : answers) {
            signed.add(
                    new SignedUrl(
                            text(answer, "path"),
                            Optional.of(text(answer, "signedURL"))
                                    .filter(url -> !url.isEmpty())
                                    .map(url -> address(url, options)),
                            Optional.of(text(answer, "error")).filter(why -> !why.isEmpty())));
        }
        return List.copyOf(signed);
    }

    /// Leave to send a file.
    SignedUpload upload(String path, boolean upsert) {
        HttpRequest request =
                StorageCalls.request(
                        "POST",
                        "/object/upload/sign/" + StoragePaths.address(bucket, path),
                        Map.of());
        Map<String, Object> answer =
                calls.ask(upsert ? request.header("x-upsert", "true") : request, OBJECT);
        String url = text(answer, "url");
        int token = url.lastIndexOf("?token=");
        if (token < 0 || token + "?token=".length() == url.length()) {
            throw withoutToken();
        }
        return new SignedUpload(
                address(url, UrlOptions.defaults()),
                URLDecoder.decode(
                        url.substring(token + "?token=".length()), StandardCharsets.UTF_8),
                path);
    }

    /// Storage tells the path as it is, and the query as it stands in an address.
    private URI address(String told, UrlOptions options) {
        int query = told.lastIndexOf("?token=");
        if (query < 0) {
            throw withoutToken();
        }
        HttpRequest more = HttpRequest.of("GET", "");
        if (options.download().isPresent()) {
            more = more.query("download", options.download().get());
        }
        if (options.cacheNonce().isPresent()) {
            more = more.query("cacheNonce", options.cacheNonce().get());
        }
        return URI.create(
                calls.address()
                        + UrlEncoding.path(told.substring(0, query))
                        + told.substring(query)
                        + more.target().replaceFirst("^\\?", "&"));
    }

    private static StorageException withoutToken() {
        return new StorageException("storage signed without a token", 200, null, null, null, null);
    }

    private static String text(Map<String, Object> answer, String name) {
        return answer.get(name) instanceof String said ? said : "";
    }

    private static long seconds(Duration expiresIn) {
        if (expiresIn.toSeconds() < 1) {
            throw new IllegalArgumentException("an address holds for a second at least");
        }
        return expiresIn.toSeconds();
    }
}
