package dev.hearth.client.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// SQL to run, and where it came from.
///
/// @param name of its source, the same for the same one
record Script(String name, String sql) {

    /// Reads scripts: resources beside a class or from the root, or files.
    ///
    /// @throws TestServerException when there is none of that name
    static List<Script> find(Class<?> beside, List<String> names) {
        return names.stream().map(name -> find(beside, name)).toList();
    }

    private static Script find(Class<?> beside, String name) {
        URL resource = beside.getResource(name);
        if (resource == null) {
            resource = beside.getResource("/" + name);
        }
        try {
            if (resource != null) {
                try (InputStream content = resource.openStream()) {
                    return of(resource.toString(), content.readAllBytes());
                }
            }
            Path file = Path.of(name).toAbsolutePath();
            if (Files.exists(file)) {
                return of(file.toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new TestServerException("the migration " + name + " cannot be read", e);
        }
        throw new TestServerException(
                "there is no migration "
                        + name
                        + ": neither beside "
                        + beside.getName()
                        + ", nor at the root of the class path, nor as the file "
                        + Path.of(name).toAbsolutePath());
    }

    private static Script of(String name, byte[] content) {
        return new Script(name, new String(content, StandardCharsets.UTF_8));
    }
}
