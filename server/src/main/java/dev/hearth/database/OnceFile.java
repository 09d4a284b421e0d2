package dev.hearth.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A file of a project that runs on a new database only: the roles before its migrations, the seeds
/// after them.
///
/// @param recorded how it is recorded: its path from the project's folder, with slashes, for
///   example `supabase/seed.sql`
/// @param path where it is
record OnceFile(String recorded, Path path) {
    private static final String FOLDER = "supabase";

    /// `supabase/roles.sql`, where there is one.
    static List<OnceFile> roles(Path project) {
        var file = project.resolve(FOLDER).resolve("roles.sql");
        return Files.isRegularFile(file) ? List.of(of(project, file)) : List.of();
    }

    /// The seeds that a configuration names: in the order of its patterns, sorted within each, each
    /// file once. A pattern that somebody chose and that finds nothing is told.
    static List<OnceFile> seeds(Path project, ProjectConfig config, MigrationProgress progress) {
        Map<Path, OnceFile> found = new LinkedHashMap<>();
        for (String pattern : config.seedPaths()) {
            List<Path> files = expand(project.resolve(FOLDER), pattern);
            if (files.isEmpty() && config.chosen()) {
                progress.warning("config.toml: no file matches the seed " + pattern);
            }
            files.forEach(file -> found.putIfAbsent(file, of(project, file)));
        }
        return List.copyOf(found.values());
    }

    private static OnceFile of(Path project, Path file) {
        var root = project.toAbsolutePath().normalize();
        var relative = root.relativize(file.toAbsolutePath().normalize());
        return new OnceFile(relative.toString().replace('\\', '/'), file);
    }

    /// As people see it: within the folder `supabase`.
    String name() {
        return recorded.startsWith(FOLDER + "/")
                ? recorded.substring(FOLDER.length() + 1)
                : recorded;
    }

    /// A star stays within one part of the path.
    private static List<Path> expand(Path folder, String pattern) {
        List<Path> reached = List.of(folder.toAbsolutePath().normalize());
        if (pattern.startsWith("/")) {
            reached = List.of(folder.toAbsolutePath().getRoot());
        }
        for (String part : pattern.split("/", -1)) {
            if (!part.isEmpty()) {
                reached = reached.stream().flatMap(from -> step(from, part)).toList();
            }
        }
        return reached.stream().filter(Files::isRegularFile).sorted().toList();
    }

    private static Stream<Path> step(Path from, String part) {
        if (part.chars().noneMatch(letter -> "*?[".indexOf(letter) >= 0)) {
            return Stream.of(from.resolve(part).normalize());
        }
        if (!Files.isDirectory(from)) {
            return Stream.empty();
        }
        // Braces are letters here, and a set is negated by a caret.
        var glob = part.replace("{", "\\{").replace("}", "\\}").replace("[^", "[!");
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        try (var inside = Files.list(from)) {
            return inside.filter(path -> matcher.matches(path.getFileName())).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
