package dev.hearth.client.storage;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A file or a folder in a list. A folder is nothing but the beginning of names, and has no more
/// than its name.
///
/// @param name in [StorageFileApi#list] below the folder asked for; elsewhere whole
/// @param id of its row in `storage.objects`; none for folders
/// @param key the last part of the name; told by [StorageFileApi#listV2] with folders
/// @param metadata what storage knows: `size`, `mimetype`, `eTag`, `cacheControl`, ...
/// @param userMetadata the program's own, told of removed files
public record FileObject(
        String name,
        Optional<String> id,
        Optional<String> key,
        Optional<String> bucketId,
        Optional<String> owner,
        Optional<String> version,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        Optional<Instant> lastAccessedAt,
        Map<String, @Nullable Object> metadata,
        Map<String, @Nullable Object> userMetadata) {

    /// Copies the maps; what an answer leaves out is an empty one.
    public FileObject {
        metadata = copy(metadata);
        userMetadata = copy(userMetadata);
    }

    static Map<String, @Nullable Object> copy(@Nullable Map<String, @Nullable Object> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /// Whether it is a folder.
    public boolean isFolder() {
        return id.isEmpty();
    }

    /// How large it is, in bytes.
    public OptionalLong size() {
        return metadata.get("size") instanceof Number bytes
                ? OptionalLong.of(bytes.longValue())
                : OptionalLong.empty();
    }

    /// Its content type.
    public Optional<String> contentType() {
        return metadata.get("mimetype") instanceof String type
                ? Optional.of(type)
                : Optional.empty();
    }
}
