package dev.hearth.database;

import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs PostgreSQL's programs: in the C locale, so that what they say can be read, and not as root.
///
/// PostgreSQL refuses the user id 0. Where this process has it, programs are run in a user
/// namespace without a mapping (`unshare --user`): they see themselves as `nobody`, and every file
/// of root as their own, while outside nothing changes hands. Signals reach them as ever.
final class Program {
    private static final boolean ROOT = ProcessUser.isRoot();

    private Program() {}

    /// What a program left behind.
    ///
    /// @param output standard output and error, as they came
    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /// Runs `program` to its end.
    static Result run(Path program, String... arguments) throws IOException {
        var process = start(program, List.of(arguments));
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + program + " ran");
        }
    }

    /// Starts `program`, its output joined into one stream and its input empty.
    static Process start(Path program, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        if (ROOT) {
            command.addAll(List.of("unshare", "--user", "--"));
        }
        command.add(program.toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // A caller's PGDATA, PGPORT or PGOPTIONS is meant for another server.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(Map.of("LC_ALL", "C", "TZ", "UTC"));
        var process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /// Refuses with the reason when this process is root and may not make a user namespace.
    ///
    /// @param data the data folder, for the advice
    static void demandOrdinaryUser(Path data) throws IOException {
        if (!ROOT) {
            return;
        }
        var shell = Path.of("/bin/sh");
        try {
            var said = run(shell, "-c", "test \"$(id -u)\" -ne 0");
            if (!said.succeeded()) {
                throw new Refusal(new EmbeddedProblem.RootRefused(data, said.output().strip()));
            }
        } catch (IOException e) {
            if (Files.exists(shell)) {
                throw new Refusal(
                        new EmbeddedProblem.RootRefused(data, "the program unshare is missing"));
            }
            throw e;
        }
    }
}
