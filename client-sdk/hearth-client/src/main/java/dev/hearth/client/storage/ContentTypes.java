package dev.hearth.client.storage;

import java.util.Map;

/// Content types by the end of a file's name. A table of our own: that of the Java virtual machine
/// is another in each release.
final class ContentTypes {

    private static final Map<String, String> BY_END =
            Map.ofEntries(
                    Map.entry("avif", "image/avif"),
                    Map.entry("bmp", "image/bmp"),
                    Map.entry("css", "text/css"),
                    Map.entry("csv", "text/csv"),
                    Map.entry("gif", "image/gif"),
                    Map.entry("gz", "application/gzip"),
                    Map.entry("heic", "image/heic"),
                    Map.entry("html", "text/html"),
                    Map.entry("ico", "image/vnd.microsoft.icon"),
                    Map.entry("jpeg", "image/jpeg"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("js", "text/javascript"),
                    Map.entry("json", "application/json"),
                    Map.entry("md", "text/markdown"),
                    Map.entry("mp3", "audio/mpeg"),
                    Map.entry("mp4", "video/mp4"),
                    Map.entry("ogg", "audio/ogg"),
                    Map.entry("pdf", "application/pdf"),
                    Map.entry("png", "image/png"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("tif", "image/tiff"),
                    Map.entry("tiff", "image/tiff"),
                    Map.entry("txt", "text/plain"),
                    Map.entry("wav", "audio/wav"),
                    Map.entry("webm", "video/webm"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("xml", "application/xml"),
                    Map.entry("zip", "application/zip"));

    private ContentTypes() {}

    static String of(String path) {
        return BY_END.getOrDefault(
                path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
