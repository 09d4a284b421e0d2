package dev.hearth.client.storage;

import java.util.Optional;

/// A file that was taken.
///
/// @param path in its bucket
/// @param fullPath with the bucket before it
/// @param id of its row in `storage.objects`; Supabase tells none for signed uploads
public record Uploaded(String path, String fullPath, Optional<String> id) {}
