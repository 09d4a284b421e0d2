package dev.hearth.client.storage;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How a file is sent: immutable, each method gives another one.
///
/// ```java
/// files.upload("a.png", bytes, UploadOptions.defaults().upsert(true).cacheControl(Duration.ofDays(1)));
/// ```
///
/// @param contentType none for the one that goes with the end of the file's name, or else
///   `application/octet-stream`; storage-js says `text/plain;charset=UTF-8` of every body that has
///   no type of its own
/// @param cacheControl how long browsers keep it, in seconds, as text; 3600 by default
/// @param contentEncoding such as `gzip`, when the bytes are compressed already
/// @param upsert whether a file of that name is replaced; `update` does so anyway
/// @param metadata the program's own, to be read again by `info`; values become JSON
/// @param length of a stream or publisher in bytes, where it is known; without it the body goes in
///   chunks
/// @param silence the longest time in which no byte moves; none for the client's own timeout. There
///   is no end for the whole
/// @param headers of the program's own; they win
public record UploadOptions(
        Optional<String> contentType,
        String cacheControl,
        Optional<String> contentEncoding,
        boolean upsert,
        Map<String, Object> metadata,
        Optional<Long> length,
        Optional<Duration> silence,
        Map<String, String> headers) {

    /// Copies the maps.
    public UploadOptions {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// Kept by browsers for an hour, refused where there is such a file.
    public static UploadOptions defaults() {
        return new UploadOptions(
                Optional.empty(),
                "3600",
                Optional.empty(),
                false,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /// The content type, such as `image/png`.
    ///
    /// @throws IllegalArgumentException when it is none
    public UploadOptions contentType(String type) {
        if (!type.matches("[!-~&&[^/;]]+/[!-~&&[^/;]]+( *;[ -~]*)?")) {
            throw new IllegalArgumentException(
                    "\"" + type + "\" is no content type; an example is image/png");
        }
        return new UploadOptions(
                Optional.of(type),
                cacheControl,
                contentEncoding,
                upsert,
                metadata,
                length,
                silence,
                headers);
    }

    /// How long browsers keep it, as storage-js takes it: `3600`, or `3600, immutable`.
    public UploadOptions cacheControl(String seconds) {
        return new UploadOptions(
                contentType, seconds, contentEncoding, upsert, metadata, length, silence, headers);
    }

    /// How long browsers keep it.
    public UploadOptions cacheControl(Duration age) {
        return cacheControl(Long.toString(age.toSeconds()));
    }

    /// The bytes are compressed already, with `gzip` for example.
    public UploadOptions contentEncoding(String encoding) {
        return new UploadOptions(
                contentType,
                cacheControl,
                Optional.of(encoding),
                upsert,
                metadata,
                length,
                silence,
                headers);
    }

    /// Whether a file of that name is replaced.
    public UploadOptions upsert(boolean replaces) {
        return new UploadOptions(
                contentType,
                cacheControl,
                contentEncoding,
                replaces,
                metadata,
                length,
                silence,
                headers);
    }

    /// What the program wants to know of the file later.
    public UploadOptions metadata(Map<String, ?> own) {
        return new UploadOptions(
                contentType,
                cacheControl,
                contentEncoding,
                upsert,
                new LinkedHashMap<>(own),
                length,
                silence,
                headers);
    }

    /// The length of a stream or publisher in bytes.
    ///
    /// @throws IllegalArgumentException when it is below 0
    public UploadOptions length(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a stream has no " + bytes + " bytes");
        }
        return new UploadOptions(
                contentType,
                cacheControl,
                contentEncoding,
                upsert,
                metadata,
                Optional.of(bytes),
                silence,
                headers);
    }

    /// The longest time in which no byte moves; zero for no end at all.
    public UploadOptions silence(Duration longest) {
        return new UploadOptions(
                contentType,
                cacheControl,
                contentEncoding,
                upsert,
                metadata,
                length,
                Optional.of(longest),
                headers);
    }

    /// A header of the program's own instead of ours.
    public UploadOptions header(String name, String value) {
        var more = new LinkedHashMap<String, String>(headers);
        more.put(name, value);
        return new UploadOptions(
                contentType,
                cacheControl,
                contentEncoding,
                upsert,
                metadata,
                length,
                silence,
                more);
    }

    /// The content type for a file's name.
    String typeOf(String path) {
        return contentType.orElseGet(() -> ContentTypes.of(path.toLowerCase(Locale.ROOT)));
    }
}
