package dev.hearth.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The main process of a cluster, as its `postmaster.pid` tells: process id, folder, start time,
/// port, socket folder, address, shared memory, status; a line each.
///
/// @param ready whether it answers connections
record Postmaster(long pid, int port, boolean ready) {
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /// What the file says, whether or not that process still lives; empty without a file or while
    /// its first lines are being written.
    static Optional<Postmaster> read(Path cluster) throws IOException {
        try {
            return parse(Files.readAllLines(file(cluster)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// From the lines of the file.
    static Optional<Postmaster> parse(List<String> lines) {
        try {
            if (lines.size() <= PORT_LINE) {
                return Optional.empty();
            }
            var ready =
                    lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
            return Optional.of(
                    new Postmaster(
                            Long.parseLong(lines.getFirst().strip()),
                            Integer.parseInt(lines.get(PORT_LINE).strip()),
                            ready));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// The server that runs on `cluster` now, if any.
    static Optional<Postmaster> running(Path cluster) throws IOException {
        return read(cluster).filter(postmaster -> postmaster.livesOn(cluster));
    }

    /// Whether the process lives and is a PostgreSQL on this folder: after a restart of the machine
    /// or of a container the number may belong to anybody. A process that has ended and that nobody
    /// has waited for has no command any more, so it does not count.
    boolean livesOn(Path cluster) {
        var process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        var command = process.flatMap(handle -> handle.info().command());
        return command.filter(name -> name.endsWith("postgres")).isPresent() && worksIn(cluster);
    }

    /// PostgreSQL's working folder is its cluster; where the system does not tell, it may be.
    private boolean worksIn(Path cluster) {
        try {
            var folder = Path.of("/proc", Long.toString(pid), "cwd");
            return folder.toRealPath().equals(cluster.toRealPath());
        } catch (IOException e) {
            return true;
        }
    }
}
