package dev.hearth.database;

import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// A migration of a project: `20240131120000_add_rooms.sql`.
///
/// @param version the digits before the first underscore, kept as text and ordered as text
/// @param name what stands between that underscore and `.sql`; may be empty
record MigrationFile(String version, String name, Path path) {

    private static final Pattern FILE_NAME = Pattern.compile("([0-9]+)_(.*)\\.sql");

    /// The migrations of a folder in the order in which they run; none when there is no such
    /// folder. Files with another name are not migrations, and are told.
    ///
    /// @throws Refusal when two files carry the same version
    static List<MigrationFile> in(Path folder, MigrationProgress progress) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            List<MigrationFile> found =
                    files.filter(Files::isRegularFile)
                            .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                            .mapMulti(
                                    (Path path, Consumer<MigrationFile> out) ->
                                            parse(path, progress, out))
                            .toList();
            refuseSameVersion(found);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As people see it in the folder.
    String fileName() {
        return path.getFileName().toString();
    }

    private static void parse(Path path, MigrationProgress progress, Consumer<MigrationFile> out) {
        String fileName = path.getFileName().toString();
        var parts = FILE_NAME.matcher(fileName);
        if (parts.matches()) {
            out.accept(new MigrationFile(parts.group(1), parts.group(2), path));
        } else if (fileName.endsWith(".sql")) {
            progress.warning(fileName + " is skipped: a migration is named <timestamp>_name.sql");
        }
    }

    private static void refuseSameVersion(List<MigrationFile> files) {
        Map<String, MigrationFile> byVersion = new HashMap<>();
        for (MigrationFile file : files) {
            MigrationFile other = byVersion.putIfAbsent(file.version(), file);
            if (other != null) {
                throw new Refusal(
                        new MigrationProblem.SameVersion(
                                file.version(), other.fileName(), file.fileName()));
            }
        }
    }
}
