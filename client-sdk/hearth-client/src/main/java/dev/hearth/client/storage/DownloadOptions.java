package dev.hearth.client.storage;

import java.time.Duration;
import java.util.Optional;

/// How a file is fetched: immutable, each method gives another one.
///
/// @param transform how an image is rendered first; [Transform#defaults] for the file as it is
/// @param silence the longest time in which no byte comes; none for the client's own timeout. There
///   is no end for the whole
public record DownloadOptions(Transform transform, Optional<Duration> silence) {

    /// The file as it is.
    public static DownloadOptions defaults() {
        return new DownloadOptions(Transform.defaults(), Optional.empty());
    }

    /// Renders an image first.
    public DownloadOptions transform(Transform way) {
        return new DownloadOptions(way, silence);
    }

    /// The longest time in which no byte comes; zero for no end at all.
    public DownloadOptions silence(Duration longest) {
        return new DownloadOptions(transform, Optional.of(longest));
    }
}
