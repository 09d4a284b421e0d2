package dev.hearth.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The platform's SQL, run in a test database: the files of `sql/platform` in the order of their
/// names, as superuser, each in one transaction.
final class Platform {
    private static final String FOLDER = "dev/hearth/sql/platform";

    private Platform() {}

    static void install(TestDatabase database) {
        files().forEach(database::execute);
    }

    private static List<String> files() {
        var location = Platform.class.getClassLoader().getResource(FOLDER);
        if (location == null) {
            return List.of();
        }
        try {
            var uri = location.toURI();
            if (!uri.getScheme().equals("jar")) {
                return read(Path.of(uri));
            }
            var jar = URI.create(uri.toString().split("!", 2)[0]);
            try (var inside = FileSystems.newFileSystem(jar, Map.of())) {
                return read(inside.getPath(FOLDER));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> read(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*.sql")) {
            var texts = new TreeMap<String, String>();
            for (var file : files) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
            return List.copyOf(texts.values());
        }
    }
}
