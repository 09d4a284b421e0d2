package dev.hearth.cli;

import dev.hearth.problem.Refusal;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/// `hearth status`: addresses and keys of the server that runs on a data folder.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Prints addresses and keys of the running server.")
final class StatusCommand implements Callable<Integer> {
    /// Forms of the output, as `-o` names them.
    enum Output {
        text,
        env,
        json
    }

    private final Environment environment;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private Output output = Output.text;

    @Option(
            names = "--data",
            description = "The server's data folder; default: .hearth (HEARTH_DATA)")
    private @Nullable Path data;

    @Spec private @Nullable CommandSpec spec;

    StatusCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var options = new HashMap<String, String>();
        if (data != null) {
            options.put("HEARTH_DATA", data.toString());
        }
        var settings = environment.settings(options, Map.of());
        var folder = environment.resolve(Path.of(settings.text("HEARTH_DATA").orElse(".hearth")));
        print(read(folder));
        return 0;
    }

    private static ServerState read(Path folder) {
        try {
            return ServerState.read(folder)
                    .orElseThrow(() -> new Refusal(new CliProblem.NotRunning(folder)));
        } catch (IOException e) {
            throw new Refusal(new CliProblem.Unreadable(folder, String.valueOf(e.getMessage())));
        }
    }

    private void print(ServerState state) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        switch (output) {
            case text -> out.print(Banner.table(state.values()));
            case env -> out.print(state.env());
            case json -> out.println(state.json());
        }
        out.flush();
    }
}
