package dev.hearth.database;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// A process that starts PostgreSQL, says so, and ends when its input does, without closing
/// anything.
final class HoldingProcess {
    private HoldingProcess() {}

    public static void main(String[] arguments) throws IOException {
        var postgres = TestFolders.start(Path.of(arguments[0]), Path.of(arguments[1]));
        System.out.println("started " + postgres.pid());
        if (arguments.length > 2) {
            return;
        }
        System.in.transferTo(OutputStream.nullOutputStream());
    }
}
