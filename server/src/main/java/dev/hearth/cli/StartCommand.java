package dev.hearth.cli;

import dev.hearth.config.Config;
import dev.hearth.problem.Refusal;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// `hearth start`: runs until SIGTERM or Ctrl-C, then drains and stops.
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts the server, with a PostgreSQL of its own unless --database-url is given.",
        footer = {
            "",
            "Each option is also a variable, in the environment or in .env of the working folder;",
            "an option wins over the environment, which wins over .env."
        })
final class StartCommand implements Callable<Integer> {
    private final Tasks tasks;
    private final Environment environment;

    @Option(names = "--port", paramLabel = "PORT", description = "default: 54321 (HEARTH_PORT)")
    private @Nullable Integer port;

    @Option(
            names = "--db-port",
            paramLabel = "PORT",
            description = "of the embedded PostgreSQL; default: 54322 (HEARTH_DB_PORT)")
    private @Nullable Integer databasePort;

    @Option(names = "--data", paramLabel = "DIR", description = "default: .hearth (HEARTH_DATA)")
    private @Nullable Path data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "postgresql://owner:password@host:5432/database instead of the embedded one"
                            + " (HEARTH_DATABASE_URL)")
    private @Nullable String databaseUrl;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "default: 127.0.0.1 (HEARTH_BIND)")
    private @Nullable String bind;

    @Option(
            names = "--project",
            paramLabel = "DIR",
            description =
                    "applies DIR/supabase/migrations/*.sql, then seed.sql on a new database"
                            + " (HEARTH_PROJECT)")
    private @Nullable Path project;

    @Option(
            names = "--with",
            paramLabel = "PART",
            description = "further parts, with commas between: support-chat (HEARTH_WITH)")
    private @Nullable String with;

    @Option(
            names = "--skip-missing-extensions",
            description = "goes on where an extension is missing (HEARTH_SKIP_MISSING_EXTENSIONS)")
    private boolean skipMissingExtensions;

    /// For measuring, and for the launcher, which lets a first run teach the next ones.
    @Option(names = "--exit-when-ready", hidden = true)
    private boolean exitWhenReady;

    @Spec private @Nullable CommandSpec spec;

    StartCommand(Tasks tasks, Environment environment) {
        this.tasks = tasks;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        var begun = System.nanoTime();
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var err = Objects.requireNonNull(spec).commandLine().getErr();
        var options = options();
        var secrets = ProjectSecrets.of(environment, environment.settings(options, Map.of()));
        var config = Config.from(environment.settings(options, secrets.values()));
        var running = tasks.start(config, line -> err.println("  - " + line));
        var values = values(config, running);
        var folder = environment.resolve(config.data());
        // Before the state is written: whoever waits for it may end this process at once.
        var ended = endOnSignal(running, folder, err);
        write(folder, values);
        ReloadSignal.heed(running::reload);
        greet(out, values, secrets, Duration.ofNanos(System.nanoTime() - begun));
        if (!exitWhenReady) {
            ended.await();
        }
        return 0;
    }

    private Map<String, String> options() {
        var given = new HashMap<String, @Nullable Object>();
        given.put("HEARTH_PORT", port);
        given.put("HEARTH_DB_PORT", databasePort);
        given.put("HEARTH_DATA", data);
        given.put("HEARTH_DATABASE_URL", databaseUrl);
        given.put("HEARTH_BIND", bind);
        given.put("HEARTH_PROJECT", project);
        given.put("HEARTH_WITH", with);
        given.put("HEARTH_SKIP_MISSING_EXTENSIONS", skipMissingExtensions ? "true" : null);
        var options = new HashMap<String, String>();
        given.forEach(
                (name, value) -> {
                    if (value != null) {
                        options.put(name, value.toString());
                    }
                });
        return options;
    }

    /// Under the names that scripts of the usual local stack read.
    private static Map<String, String> values(Config config, Tasks.Running running) {
        var token = config.token();
        var values = new LinkedHashMap<String, String>();
        var http = config.http();
        values.put(
                "API_URL",
                http.port() == running.port()
                        ? http.publicUrl().toString()
                        : "http://%s:%d".formatted(http.bind(), running.port()));
        values.put("DB_URL", running.databaseUrl());
        token.publishableKeys().stream()
                .findFirst()
                .ifPresent(key -> values.put("PUBLISHABLE_KEY", key.value()));
        token.secretKeys().stream()
                .findFirst()
                .ifPresent(key -> values.put("SECRET_KEY", key.value()));
        values.put("ANON_KEY", token.anonKey().value());
        values.put("SERVICE_ROLE_KEY", token.serviceRoleKey().value());
        values.put("JWT_SECRET", token.jwtSecret().value());
        return values;
    }

    private static void write(Path folder, Map<String, String> values) {
        try {
            ServerState.ofThisProcess(values).write(folder);
        } catch (IOException e) {
            throw new Refusal(new CliProblem.Unreadable(folder, String.valueOf(e.getMessage())));
        }
    }

    /// One hook does all, in order: what others did beside it could end the database under a
    /// request that is still being answered.
    private static CountDownLatch endOnSignal(Tasks.Running running, Path folder, PrintWriter err) {
        var ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    err.println("  - stopping");
                                    running.close();
                                    forget(folder, err);
                                    err.println("  - stopped");
                                    ended.countDown();
                                },
                                "stop"));
        return ended;
    }

    private static void forget(Path folder, PrintWriter err) {
        try {
            ServerState.remove(folder);
        } catch (IOException e) {
            err.println("  - hearth.json stays behind: " + e.getMessage());
        }
    }

    private static void greet(
            PrintWriter out, Map<String, String> values, ProjectSecrets secrets, Duration took) {
        out.println();
        out.printf(Locale.ROOT, "  Hearth is ready, after %.1f s.%n%n", took.toMillis() / 1000.0);
        out.print(Banner.table(values));
        if (secrets.fresh()) {
            out.printf("%n  The keys were made now and kept in keys.json of the data folder.%n");
        }
        out.println();
        out.print(Banner.snippet(values));
        out.println();
        out.flush();
    }
}
