package dev.hearth.cli;

import dev.hearth.config.Config;
import dev.hearth.database.DataFolder;
import dev.hearth.database.EmbeddedPostgres;
import dev.hearth.database.EmbeddedSettings;
import dev.hearth.database.StartProgress;

import java.nio.file.Path;

/// The command line over a server that is only its PostgreSQL, in a process of its own.
final class StartedProcess {
    private static final Path BINARIES = Path.of("target", "postgres").toAbsolutePath();

    private StartedProcess() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineInterface.run(new PostgresOnly(), arguments));
    }

    private static final class PostgresOnly implements Tasks {
        @Override
        public Running start(Config config, StartProgress progress) {
            var folder = DataFolder.hold(config.data(), config.http().port());
            var settings = EmbeddedSettings.onPort(config.database().embeddedPort());
            var postgres =
                    EmbeddedPostgres.start(
                            folder, settings.withBinaries(BINARIES).closedByCaller(), progress);
            return new PostgresRunning(config, folder, postgres);
        }

        @Override
        public void migrate(Config config, StartProgress progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removeSlot(Config config, StartProgress progress) {
            throw new UnsupportedOperationException();
        }
    }

    private record PostgresRunning(Config config, DataFolder folder, EmbeddedPostgres postgres)
            implements Tasks.Running {
        @Override
        public int port() {
            return config.http().port();
        }

        @Override
        public String databaseUrl() {
            return "postgresql://postgres:postgres@127.0.0.1:" + postgres.port() + "/postgres";
        }

        @Override
        public void reload() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            System.err.println("draining");
            postgres.close();
            folder.close();
        }
    }
}
