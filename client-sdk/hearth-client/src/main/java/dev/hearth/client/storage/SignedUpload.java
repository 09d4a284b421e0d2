package dev.hearth.client.storage;

import java.net.URI;

/// Leave to send one file, for whoever has it: [StorageFileApi#createSignedUploadUrl].
///
/// @param url to which a file may be sent with PUT
/// @param token for [StorageFileApi#uploadToSignedUrl(String, String, byte[], UploadOptions)]
/// @param path the only one that it holds for
public record SignedUpload(URI url, String token, String path) {

    /// Without the token.
    @Override
    public String toString() {
        return "SignedUpload[path=" + path + "]";
    }
}
