package dev.hearth.client.storage;

import java.util.Optional;

/// What an address does besides naming a file: immutable, each method gives another one.
///
/// ```java
/// URI address = files.getPublicUrl("a.pdf", UrlOptions.defaults().asDownload("invoice.pdf"));
/// ```
///
/// @param download the name under which a browser saves the file; empty for its own; none when it
///   shows the file
/// @param transform how an image is rendered first; [Transform#defaults] for the file as it is
/// @param cacheNonce anything that makes the address another one, so that no cache knows it
public record UrlOptions(
        Optional<String> download, Transform transform, Optional<String> cacheNonce) {

    /// The file as it is, shown by a browser.
    public static UrlOptions defaults() {
        return new UrlOptions(Optional.empty(), Transform.defaults(), Optional.empty());
    }

    /// A browser saves it under its own name.
    public UrlOptions asDownload() {
        return new UrlOptions(Optional.of(""), transform, cacheNonce);
    }

    /// A browser saves it under this name.
    public UrlOptions asDownload(String name) {
        return new UrlOptions(Optional.of(name), transform, cacheNonce);
    }

    /// Renders an image first.
    public UrlOptions transform(Transform way) {
        return new UrlOptions(download, way, cacheNonce);
    }

    /// Makes the address another one.
    public UrlOptions cacheNonce(String nonce) {
        return new UrlOptions(download, transform, Optional.of(nonce));
    }
}
