package dev.hearth.client.functions;

import dev.hearth.client.internal.http.Body;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A form as a body, sent as `multipart/form-data`: immutable, each method gives another one.
///
/// ```java
/// functions.invokeRaw("scan", FunctionForm.empty()
///     .field("lang", "de")
///     .file("page", "page.png", "image/png", Path.of("page.png")));
/// ```
public final class FunctionForm {

    private static final FunctionForm EMPTY = new FunctionForm(List.of());

    private final List<Body.Part> parts;

    private FunctionForm(List<Body.Part> parts) {
        this.parts = parts;
    }

    /// A form with nothing in it.
    public static FunctionForm empty() {
        return EMPTY;
    }

    /// With one more field of text.
    public FunctionForm field(String name, String value) {
        return and(new Body.Part(name, "", Body.of("", value.getBytes(StandardCharsets.UTF_8))));
    }

    /// With one more file.
    ///
    /// @param contentType such as `image/png`
    public FunctionForm file(String name, String fileName, String contentType, byte[] bytes) {
        return and(new Body.Part(name, fileName, Body.of(contentType, bytes)));
    }

    /// With one more file from the disk, which is read when the form is sent.
    ///
    /// @throws IllegalArgumentException when there is none
    public FunctionForm file(String name, String fileName, String contentType, Path file) {
        return and(new Body.Part(name, fileName, onDisk(contentType, file)));
    }

    static Body onDisk(String contentType, Path file) {
        try {
            return new Body.Stream(
                    contentType, Files.size(file), () -> Files.newInputStream(file), true);
        } catch (IOException e) {
            throw new IllegalArgumentException("there is no file " + file + " to send", e);
        }
    }

    private FunctionForm and(Body.Part part) {
        var more = new ArrayList<Body.Part>(parts);
        more.add(part);
        return new FunctionForm(List.copyOf(more));
    }

    Body body() {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("the form is empty; add a field or a file");
        }
        return new Body.Form(parts);
    }
}
