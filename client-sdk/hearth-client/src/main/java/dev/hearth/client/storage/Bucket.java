package dev.hearth.client.storage;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A bucket, as storage tells it.
///
/// @param isPublic whether anybody may read its files
/// @param type such as `STANDARD`; [StorageClient#getBucket] tells none
/// @param fileSizeLimit in bytes; none for the server's own
/// @param allowedMimeTypes none when every type is taken
public record Bucket(
        String id,
        String name,
        Optional<String> owner,
        @JsonProperty("public") boolean isPublic,
        Optional<String> type,
        Optional<Long> fileSizeLimit,
        Optional<List<String>> allowedMimeTypes,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt) {

    /// Copies the list.
    public Bucket {
        allowedMimeTypes = allowedMimeTypes.map(List::copyOf);
    }
}
