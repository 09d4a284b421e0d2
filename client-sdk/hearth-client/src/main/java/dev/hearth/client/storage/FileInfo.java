package dev.hearth.client.storage;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What storage knows of a file: [StorageFileApi#info].
///
/// @param name whole, without the bucket
/// @param size in bytes
/// @param metadata the program's own, from [UploadOptions#metadata()]
public record FileInfo(
        Optional<String> id,
        String name,
        Optional<String> version,
        Optional<String> bucketId,
        Optional<Long> size,
        Optional<String> contentType,
        Optional<String> contentEncoding,
        Optional<String> cacheControl,
        Optional<String> etag,
        Optional<Instant> createdAt,
        Optional<Instant> lastModified,
        Map<String, @Nullable Object> metadata) {

    /// Copies the map; what an answer leaves out is an empty one.
    public FileInfo {
        metadata = FileObject.copy(metadata);
    }
}
