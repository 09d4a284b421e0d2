package dev.hearth.cli;

import dev.hearth.problem.Problem;
import dev.hearth.problem.Refusal;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;

/// The commands, on given tasks, environment, folder and outputs, so that tests can run them.
///
/// | exit code | means |
/// |---|---|
/// | 0 | done |
/// | 1 | refused, with the reason on standard error |
/// | 2 | not understood, with the usage |
public final class CommandLineInterface {
    private static final int REFUSED = 1;

    private CommandLineInterface() {}

    /// Runs one command for the process that this is.
    ///
    /// @return the exit code
    public static int run(Tasks tasks, String... arguments) {
        var environment = new Environment(System.getenv(), Path.of(""));
        return run(tasks, environment, writer(System.out), writer(System.err), arguments);
    }

    static int run(
            Tasks tasks,
            Environment environment,
            PrintWriter out,
            PrintWriter err,
            String... arguments) {
        var line = new CommandLine(new Root());
        line.addSubcommand(new StartCommand(tasks, environment));
        line.addSubcommand(new StatusCommand(environment));
        line.addSubcommand(new MigrateCommand(tasks, environment));
        line.addSubcommand(new KeysCommand());
        line.setOut(out);
        line.setErr(err);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionExceptionHandler(
                (failure, _, _) -> {
                    if (failure instanceof Refusal refusal) {
                        tell(refusal.problem(), err);
                    } else {
                        err.println("hearth: this is a fault of Hearth's own:");
                        failure.printStackTrace(err);
                    }
                    return REFUSED;
                });
        return line.execute(arguments);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
    }

    static void tell(Problem problem, PrintWriter err) {
        err.println("hearth: " + problem.message());
        problem.details().ifPresent(details -> err.println("  " + details));
        problem.hint().ifPresent(hint -> err.println("  " + hint));
    }

    @Command(
            name = "hearth",
            description = "Supabase's API in one Java process, in front of any PostgreSQL.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND")
    private static final class Root implements Runnable {
        @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

        /// Without a command there is nothing to do.
        @Override
        public void run() {
            if (spec != null) {
                throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
            }
        }
    }

    private static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = CommandLineInterface.class.getPackage().getImplementationVersion();
            return new String[] {"hearth " + (version == null ? "(not packaged)" : version)};
        }
    }
}
