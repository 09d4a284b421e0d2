package dev.hearth.client.storage;

import java.net.URI;
import java.util.Optional;

/// One answer of [StorageFileApi#createSignedUrls].
///
/// @param path as it was asked
/// @param url none where the file is not there, or hidden from the caller
/// @param error why there is none
public record SignedUrl(String path, Optional<URI> url, Optional<String> error) {

    /// Without the token, which lets anybody read the file.
    @Override
    public String toString() {
        return "SignedUrl[path=" + path + ", " + error.orElse("signed") + "]";
    }
}
