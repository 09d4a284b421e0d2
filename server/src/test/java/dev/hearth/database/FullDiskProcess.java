package dev.hearth.database;

import dev.hearth.problem.Refusal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Run with its data folder on a small disk of its own: commits a row, fills the disk, tries to
/// start again, makes room, starts again, and prints what it met.
final class FullDiskProcess {
    private FullDiskProcess() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        var disk = Path.of(arguments[0]);
        var binaries = Path.of(arguments[1]);
        try (var folder = DataFolder.hold(disk.resolve("data"), 0)) {
            try (var postgres = start(folder, binaries)) {
                ask(postgres, "create table kept as select 42 as value");
            }
            var filler = disk.resolve("filler");
            fill(filler);
            try {
                start(folder, binaries).close();
                System.out.println("started on a full disk");
            } catch (Refusal e) {
                System.out.println(e.problem().code() + ": " + e.getMessage());
            }
            Files.delete(filler);
            try (var postgres = start(folder, binaries)) {
                System.out.println("kept " + ask(postgres, "select value from kept"));
            }
        } catch (Refusal e) {
            System.out.println(e.problem().code() + ": " + e.getMessage());
        }
    }

    private static EmbeddedPostgres start(DataFolder folder, Path binaries) {
        return EmbeddedPostgres.start(
                folder, TestFolders.settings(binaries), StartProgress.silent());
    }

    private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
        var password = postgres.folder().credentials().find(EmbeddedPostgres.SUPERUSER);
        try (var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl("postgres"),
                                EmbeddedPostgres.SUPERUSER,
                                password.orElseThrow());
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            var rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }

    private static void fill(Path filler) throws IOException {
        var block = new byte[4096];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            System.out.println("filled: " + e.getMessage());
        }
    }
}
