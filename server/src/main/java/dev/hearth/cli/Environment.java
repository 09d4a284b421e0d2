package dev.hearth.cli;

import dev.hearth.config.SettingProblem;
import dev.hearth.config.Settings;
import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where settings come from: options, then the environment, then `.env` in the working folder.
///
/// @param variables of the process
/// @param folder that it works in
record Environment(Map<String, String> variables, Path folder) {
    /// All sources in their order.
    ///
    /// @param options under the names of the environment
    /// @param last settings for what none of the others knows
    Settings settings(Map<String, String> options, Map<String, String> last) {
        return Settings.of(List.of(options, variables, dotEnv(), last));
    }

    private Map<String, String> dotEnv() {
        try {
            return DotEnv.parse(Files.readString(folder.resolve(".env")));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw new Refusal(
                    new SettingProblem(
                            ".env",
                            "The file .env cannot be read: " + e.getMessage(),
                            "Mend its rights, or start in another folder."));
        }
    }

    /// A folder that an option or variable names, seen from the working folder.
    Path resolve(Path path) {
        return folder.resolve(path);
    }
}
