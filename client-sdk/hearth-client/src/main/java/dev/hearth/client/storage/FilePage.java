package dev.hearth.client.storage;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;
import java.util.Optional;

/// A page of [StorageFileApi#listV2].
///
/// @param hasNext whether there is another
/// @param nextCursor where that begins
/// @param folders only with [ListV2Options#withDelimiter(boolean)]
/// @param objects the files
public record FilePage(
        @JsonProperty("hasNext") boolean hasNext,
        @JsonProperty("nextCursor") Optional<String> nextCursor,
        List<FileObject> folders,
        List<FileObject> objects) {

    /// Copies the lists; what an answer leaves out is an empty one.
    public FilePage {
        folders = folders == null ? List.of() : List.copyOf(folders);
        objects = objects == null ? List.of() : List.copyOf(objects);
    }
}
