package dev.hearth;

import dev.hearth.cli.CommandLineInterface;
import dev.hearth.cli.Tasks;
import dev.hearth.config.Config;
import dev.hearth.database.GivenDatabase;
import dev.hearth.database.StartProgress;

/// The program: reads the command line and does what it says.
public final class Main {

    private Main() {}

    /// Runs one command; the exit code is 0 when it is done, 1 when it was refused, 2 when it was
    /// not understood.
    public static void main(String[] arguments) {
        System.exit(CommandLineInterface.run(new Work(), arguments));
    }

    /// The commands' tasks on the real parts.
    private static final class Work implements Tasks {

        @Override
        public Running start(Config config, StartProgress progress) {
            return new RunningServer(Server.start(config, progress));
        }

        @Override
        public void migrate(Config config, StartProgress progress) {
            GivenDatabase.migrate(config, progress);
        }

        @Override
        public void removeSlot(Config config, StartProgress progress) {
            SlotRemoval.run(config, progress);
        }
    }

    private record RunningServer(Server server) implements Tasks.Running {

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public String databaseUrl() {
            return server.databaseUrl();
        }

        @Override
        public void reload() {
            server.reload();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
