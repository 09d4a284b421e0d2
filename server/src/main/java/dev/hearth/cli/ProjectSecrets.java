package dev.hearth.cli;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.config.Config;
import dev.hearth.config.Settings;
import dev.hearth.database.PrivateFiles;
import dev.hearth.problem.Refusal;
import dev.hearth.token.NewKeys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The keys of a project that was given none, in `<data>/keys.json` (owner only). They are made at
/// the first start and used by every later one.
///
/// @param values under the names of the settings; empty where the settings have all they need
/// @param fresh whether they were made now, and are to be shown once
record ProjectSecrets(Map<String, String> values, boolean fresh) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// None where `settings` have them or development's own apply; else those of the data folder,
    /// made when there are none.
    static ProjectSecrets of(Environment environment, Settings settings) {
        if (!Config.lacksKeys(settings)) {
            return new ProjectSecrets(Map.of(), false);
        }
        var data = environment.resolve(Path.of(settings.text("HEARTH_DATA").orElse(".hearth")));
        var file = data.resolve("keys.json");
        try {
            if (Files.exists(file)) {
                return new ProjectSecrets(read(file), false);
            }
            var made = NewKeys.make(Instant.now());
            PrivateFiles.makeFolder(data);
            PrivateFiles.replace(
                    file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(made));
            return new ProjectSecrets(made, true);
        } catch (IOException e) {
            throw new Refusal(new CliProblem.Unreadable(data, String.valueOf(e.getMessage())));
        }
    }

    private static Map<String, String> read(Path file) throws IOException {
        var values = new LinkedHashMap<String, String>();
        JSON.readTree(Files.readString(file))
                .properties()
                .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
        return values;
    }

    /// `migrate` uses no key, but settings are read as a whole: passing ones are enough.
    static Map<String, String> forMigration(Settings settings) {
        return Config.lacksKeys(settings) ? NewKeys.make(Instant.now()) : Map.of();
    }
}
