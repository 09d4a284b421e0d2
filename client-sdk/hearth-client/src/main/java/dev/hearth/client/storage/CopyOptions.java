package dev.hearth.client.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where and how a file is copied or moved: immutable, each method gives another one.
///
/// @param destinationBucket none for the same
/// @param copyMetadata whether content type, cache control and the program's metadata go along;
///   none for yes
/// @param cacheControl the whole header, such as `max-age=60`, when metadata does not go along
/// @param contentType when metadata does not go along
public record CopyOptions(
        Optional<String> destinationBucket,
        Optional<Boolean> copyMetadata,
        Optional<String> cacheControl,
        Optional<String> contentType) {

    /// Within the bucket, with everything.
    public static CopyOptions defaults() {
        return new CopyOptions(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// To another bucket.
    public CopyOptions destinationBucket(String bucket) {
        return new CopyOptions(
                Optional.of(StoragePaths.bucket(bucket)), copyMetadata, cacheControl, contentType);
    }

    /// Whether metadata goes along.
    public CopyOptions copyMetadata(boolean along) {
        return new CopyOptions(destinationBucket, Optional.of(along), cacheControl, contentType);
    }

    /// The header of the copy; metadata does not go along.
    public CopyOptions cacheControl(String header) {
        return new CopyOptions(
                destinationBucket, Optional.of(false), Optional.of(header), contentType);
    }

    /// The content type of the copy; metadata does not go along.
    public CopyOptions contentType(String type) {
        return new CopyOptions(
                destinationBucket, Optional.of(false), cacheControl, Optional.of(type));
    }

    Map<String, Object> json(String bucket, String from, String to) {
        var json = new LinkedHashMap<String, Object>();
        json.put("bucketId", bucket);
        json.put("sourceKey", from);
        json.put("destinationKey", to);
        destinationBucket.ifPresent(other -> json.put("destinationBucket", other));
        copyMetadata.ifPresent(along -> json.put("copyMetadata", along));
        if (!copyMetadata.orElse(true)) {
            var own = new LinkedHashMap<String, Object>();
            cacheControl.ifPresent(header -> own.put("cacheControl", header));
            contentType.ifPresent(type -> own.put("mimetype", type));
            if (!own.isEmpty()) {
                json.put("metadata", own);
            }
        }
        return json;
    }
}
