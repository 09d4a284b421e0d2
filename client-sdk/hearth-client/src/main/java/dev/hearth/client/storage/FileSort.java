package dev.hearth.client.storage;

import java.util.Locale;

/// A column by which files are listed.
public enum FileSort {
    /// The name.
    NAME,
    /// When it was made.
    CREATED_AT,
    /// When it was changed last.
    UPDATED_AT,
    /// When it was read last; not for [StorageFileApi#listV2].
    LAST_ACCESSED_AT;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
