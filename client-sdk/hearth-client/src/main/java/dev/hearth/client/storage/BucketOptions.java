package dev.hearth.client.storage;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a bucket shall be: immutable, each method gives another one. Limits that are not named stay
/// as they are.
///
/// ```java
/// storage.createBucket("avatars", BucketOptions.publicly().fileSizeLimit("2MB").allowedMimeTypes("image/*"));
/// ```
public final class BucketOptions {

    private final boolean open;
    private final Map<String, @Nullable Object> limits;

    private BucketOptions(boolean open, Map<String, @Nullable Object> limits) {
        this.open = open;
        this.limits = limits;
    }

    /// Files are read by whoever a policy lets; the default.
    public static BucketOptions privately() {
        return new BucketOptions(false, Map.of());
    }

    /// Anybody reads files whose address he knows. To write them still takes a policy.
    public static BucketOptions publicly() {
        return new BucketOptions(true, Map.of());
    }

    /// The largest file, in bytes.
    public BucketOptions fileSizeLimit(long bytes) {
        return with("file_size_limit", bytes);
    }

    /// The largest file with a unit of 1,000, such as `2MB`.
    public BucketOptions fileSizeLimit(String size) {
        return with("file_size_limit", size);
    }

    /// The largest file is the server's own limit again.
    public BucketOptions noFileSizeLimit() {
        return with("file_size_limit", null);
    }

    /// The types taken, such as `image/png` or `image/*`.
    public BucketOptions allowedMimeTypes(String... types) {
        return with("allowed_mime_types", List.of(types));
    }

    /// Every type is taken again.
    public BucketOptions anyMimeType() {
        return with("allowed_mime_types", null);
    }

    private BucketOptions with(String name, @Nullable Object value) {
        var more = new LinkedHashMap<String, @Nullable Object>(limits);
        more.put(name, value);
        return new BucketOptions(open, Collections.unmodifiableMap(more));
    }

    /// As storage takes it.
    Map<String, @Nullable Object> json(String id) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", id);
        json.put("name", id);
        json.put("public", open);
        json.putAll(limits);
        return json;
    }
}
