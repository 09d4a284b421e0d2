package dev.hearth.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;

import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/// What a project's `supabase/config.toml` says of its SQL files; the rest of that file is for the
/// usual command line, whose defaults (`supabase/cli`, `pkg/config`) hold where it says nothing.
///
/// ```
/// [db.migrations]
/// enabled = true
/// [db.seed]
/// enabled = true
/// sql_paths = ["./seed.sql", "./seeds/*.sql"]
/// ```
///
/// @param migrations whether the migrations run
/// @param seedPaths the seeds in their order, from the folder `supabase`, with `*`, `?` and `[…]`;
///   none where seeding is switched off
/// @param chosen whether the file names the paths, rather than the default
record ProjectConfig(boolean migrations, List<String> seedPaths, boolean chosen) {
    private static final ObjectMapper TOML = new TomlMapper();
    private static final List<String> USUAL_SEED = List.of("seed.sql");

    ProjectConfig {
        seedPaths = List.copyOf(seedPaths);
    }

    /// From the folder `supabase` of a project.
    ///
    /// @throws Refusal with [MigrationProblem.ConfigUnreadable]
    static ProjectConfig in(Path folder) {
        var file = folder.resolve("config.toml");
        if (!Files.isRegularFile(file)) {
            return new ProjectConfig(true, USUAL_SEED, false);
        }
        try {
            return of(TOML.readTree(Files.readString(file)).path("db"));
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new Refusal(
                    new MigrationProblem.ConfigUnreadable(
                            file, place == null ? 1 : place.getLineNr(), e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProjectConfig of(JsonNode database) {
        boolean migrations = database.path("migrations").path("enabled").asBoolean(true);
        JsonNode seed = database.path("seed");
        if (!seed.path("enabled").asBoolean(true)) {
            return new ProjectConfig(migrations, List.of(), true);
        }
        JsonNode paths = seed.path("sql_paths");
        return paths.isArray()
                ? new ProjectConfig(
                        migrations,
                        StreamSupport.stream(paths.spliterator(), false)
                                .map(JsonNode::asText)
                                .filter(path -> !path.isEmpty())
                                .toList(),
                        true)
                : new ProjectConfig(migrations, USUAL_SEED, false);
    }
}
