package dev.hearth.client.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// SQL to run, and where it came from.
///
/// @param name of its source, the same for the same one
record Script(String name, String sql) {

    /// Reads scripts: resources beside a class or from the root, or files; of a folder those that
    /// end in `.sql`, in the order of their names.
    ///
    /// @throws TestServerException when there is none of that name
    static List<Script> find(Class<?> beside, List<String> names) {
        return names.stream().flatMap(name -> find(beside, name).stream()).toList();
    }

    private static List<Script> find(Class<?> beside, String name) {
        URL resource = beside.getResource(name);
        if (resource == null) {
            resource = beside.getResource("/" + name);
        }
        try {
            if (resource == null) {
                return files(Path.of(name).toAbsolutePath(), beside, name);
            }
            if (resource.getProtocol().equals("file")) {
                return files(Path.of(URI.create(resource.toString())), beside, name);
            }
            try (InputStream content = resource.openStream()) {
                return List.of(of(resource.toString(), content.readAllBytes()));
            }
        } catch (IOException e) {
            throw new TestServerException("the migration " + name + " cannot be read", e);
        }
    }

    private static List<Script> files(Path path, Class<?> beside, String name) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(of(path.toString(), Files.readAllBytes(path)));
        }
        if (!Files.isDirectory(path)) {
            throw new TestServerException(
                    "there is no migration "
                            + name
                            + ": neither beside "
                            + beside.getName()
                            + ", nor at the root of the class path, nor as the file "
                            + Path.of(name).toAbsolutePath());
        }
        var scripts = new ArrayList<Script>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(path, "*.sql")) {
            for (Path file : found) {
                scripts.add(of(file.toString(), Files.readAllBytes(file)));
            }
        }
        if (scripts.isEmpty()) {
            throw new TestServerException(
                    "the folder " + path + " holds no file that ends in .sql");
        }
        scripts.sort(Comparator.comparing(Script::name));
        return scripts;
    }

    private static Script of(String name, byte[] content) {
        return new Script(name, new String(content, StandardCharsets.UTF_8));
    }
}
