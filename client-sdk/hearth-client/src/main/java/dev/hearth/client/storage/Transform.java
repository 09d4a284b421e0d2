package dev.hearth.client.storage;

import dev.hearth.client.internal.http.HttpRequest.Field;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How an image is rendered before it is sent: immutable, each method gives another one.
///
/// ```java
/// byte[] small = files.download("cat.png", DownloadOptions.defaults().transform(Transform.size(200, 200)));
/// ```
///
/// @param width in pixels
/// @param height in pixels
/// @param resize how it is fitted; [Resize#COVER] where none is said
/// @param quality 20 to 100; the server's own is 80
/// @param format `origin` to keep the file's own; otherwise the server chooses what the caller
///   accepts
public record Transform(
        Optional<Integer> width,
        Optional<Integer> height,
        Optional<Resize> resize,
        Optional<Integer> quality,
        Optional<String> format) {

    /// How an image is fitted.
    public enum Resize {
        /// Fills the size, and cuts off what is too much.
        COVER,
        /// Stays whole within the size.
        CONTAIN,
        /// Is stretched to the size.
        FILL;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// As it is.
    public static Transform defaults() {
        return new Transform(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// To this size.
    public static Transform size(int width, int height) {
        return defaults().width(width).height(height);
    }

    /// The width in pixels.
    public Transform width(int pixels) {
        return new Transform(positive("width", pixels), height, resize, quality, format);
    }

    /// The height in pixels.
    public Transform height(int pixels) {
        return new Transform(width, positive("height", pixels), resize, quality, format);
    }

    /// How it is fitted.
    public Transform resize(Resize way) {
        return new Transform(width, height, Optional.of(way), quality, format);
    }

    /// The quality, 20 to 100.
    public Transform quality(int percent) {
        return new Transform(width, height, resize, positive("quality", percent), format);
    }

    /// Keeps the file's own format.
    public Transform originalFormat() {
        return new Transform(width, height, resize, quality, Optional.of("origin"));
    }

    private static Optional<Integer> positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException("the " + name + " is above 0, not " + value);
        }
        return Optional.of(value);
    }

    boolean isNone() {
        return json().isEmpty();
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        width.ifPresent(pixels -> json.put("width", pixels));
        height.ifPresent(pixels -> json.put("height", pixels));
        resize.ifPresent(way -> json.put("resize", way.wire()));
        quality.ifPresent(percent -> json.put("quality", percent));
        format.ifPresent(kept -> json.put("format", kept));
        return json;
    }

    List<Field> query() {
        var query = new ArrayList<Field>();
        width.ifPresent(pixels -> query.add(new Field("width", pixels.toString())));
        height.ifPresent(pixels -> query.add(new Field("height", pixels.toString())));
        resize.ifPresent(way -> query.add(new Field("resize", way.wire())));
        format.ifPresent(kept -> query.add(new Field("format", kept)));
        quality.ifPresent(percent -> query.add(new Field("quality", percent.toString())));
        return query;
    }
}
