package dev.hearth.cli;

import dev.hearth.config.Config;
import dev.hearth.problem.Refusal;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/// `hearth migrate`: the platform's SQL into a database that somebody else runs.
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description =
                "Brings the platform's SQL into a given database, or takes the slot out of it.")
final class MigrateCommand implements Callable<Integer> {
    private final Tasks tasks;
    private final Environment environment;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "postgresql://owner:password@host:5432/database; the owner needs CREATEROLE,"
                            + " CREATE on the database and REPLICATION (HEARTH_DATABASE_URL)")
    private @Nullable String databaseUrl;

    @Option(
            names = "--with",
            paramLabel = "PART",
            description = "Further parts, with commas between: support-chat (HEARTH_WITH)")
    private @Nullable String with;

    @Option(
            names = "--remove-slot",
            description =
                    "Drops the server's replication slot instead; do so before a database is given"
                            + " up, or its log is kept for ever")
    private boolean removeSlot;

    @Option(
            names = "--skip-missing-extensions",
            description =
                    "Goes on where an extension is not installed (HEARTH_SKIP_MISSING_EXTENSIONS)")
    private boolean skipMissingExtensions;

    @Spec private @Nullable CommandSpec spec;

    MigrateCommand(Tasks tasks, Environment environment) {
        this.tasks = tasks;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var options = new HashMap<String, String>();
        if (databaseUrl != null) {
            options.put("HEARTH_DATABASE_URL", databaseUrl);
        }
        if (with != null) {
            options.put("HEARTH_WITH", with);
        }
        if (skipMissingExtensions) {
            options.put("HEARTH_SKIP_MISSING_EXTENSIONS", "true");
        }
        var settings = environment.settings(options, Map.of());
        if (settings.text("HEARTH_DATABASE_URL").isEmpty()) {
            throw new Refusal(new CliProblem.NoDatabase());
        }
        var keys = ProjectSecrets.forMigration(settings);
        var config = Config.from(environment.settings(options, keys));
        var err = Objects.requireNonNull(spec).commandLine().getErr();
        if (removeSlot) {
            tasks.removeSlot(config, err::println);
        } else {
            tasks.migrate(config, err::println);
        }
        return 0;
    }
}
