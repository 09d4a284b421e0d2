package dev.hearth.database;

import dev.hearth.problem.Problem;

import java.nio.file.Path;

/// Why the embedded PostgreSQL cannot run here, for the person at the terminal: the message says
/// what is wrong, the hint what would work. Never holds a password.
public sealed interface EmbeddedProblem extends Problem {
    /// No binaries for this operating system and processor on the class path.
    ///
    /// @param platform as in the name of the archive, for example `linux-arm_64`
    record NoBinaries(String platform) implements EmbeddedProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "postgres_binaries_missing",
                            "This build holds no embedded PostgreSQL for " + platform + ".")
                    .withHint(
                            "Build Hearth on this machine, or run it in front of your own"
                                    + " PostgreSQL 15 to 18: hearth start --database-url"
                                    + " postgresql://user:password@host:5432/database");
        }
    }

    /// The data folder was written by another major version of PostgreSQL.
    record OtherMajorVersion(Path cluster, int found, int wanted) implements EmbeddedProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "data_folder_of_another_version",
                            "The database in %s was written by PostgreSQL %d, and this Hearth brings PostgreSQL %d."
                                    .formatted(cluster, found, wanted))
                    .withHint(
                            """
                            To move it, start the Hearth that brings PostgreSQL %d on this folder and dump it \
                            with pg_dumpall; then start this one on a new folder (--data or HEARTH_DATA) and \
                            restore the dump with psql.\
                            """
                                    .formatted(found));
        }
    }

    /// Another process holds the data folder.
    ///
    /// @param holder what the lock file says of it, for example `process 4711, port 54321, since
    ///   2026-01-01T00:00:00Z`
    record InUse(Path data, String holder) implements EmbeddedProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "data_folder_in_use",
                            "The data folder %s is in use by another Hearth (%s)."
                                    .formatted(data, holder))
                    .withHint(
                            "Stop that one, or choose another folder with --data or HEARTH_DATA.");
        }
    }

    /// The data folder cannot be made or written.
    record NotWritable(Path data, String reason) implements EmbeddedProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "data_folder_not_writable",
                            "The data folder %s cannot be written (%s).".formatted(data, reason))
                    .withHint("Choose another one with --data or HEARTH_DATA, or mend its rights.");
        }
    }

    /// The disk is full, or too full to begin.
    ///
    /// @param freeBytes what was left when the attempt failed
    record DiskFull(Path data, long freeBytes) implements EmbeddedProblem {
        private static final long MEBIBYTE = 1024 * 1024;

        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "disk_full",
                            "The disk of %s is full: %d MB are free, and a new database needs about %d MB."
                                    .formatted(
                                            data,
                                            freeBytes / MEBIBYTE,
                                            EmbeddedPostgres.ROOM_FOR_A_NEW_DATABASE / MEBIBYTE))
                    .withHint(
                            "Make room, or choose a folder on another disk with --data or"
                                    + " HEARTH_DATA. Nothing that was committed is lost.");
        }
    }

    /// Something else listens on the database's port.
    record PortTaken(int port) implements EmbeddedProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "database_port_taken",
                            "Port %d of 127.0.0.1, meant for PostgreSQL, is taken by another program."
                                    .formatted(port))
                    .withHint("Choose another port with --db-port or HEARTH_DB_PORT.");
        }
    }

    /// PostgreSQL refuses to run as root, and this machine refuses the user namespace that helps.
    /// Nothing is handed to another user by itself: the data folder, the passwords in it and the
    /// address of the database would then belong to somebody whom nobody chose.
    ///
    /// @param data the data folder
    record RootRefused(Path data, String reason) implements EmbeddedProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "postgres_refuses_root",
                            "PostgreSQL does not run as root, and `unshare --user`, which would help, failed (%s)."
                                    .formatted(reason))
                    .withHint(
                            """
                            Run Hearth as an ordinary user: useradd --create-home hearth; chown -R hearth %1$s; \
                            runuser -u hearth -- ./hearth start --data %1$s (in a container: USER in its file, \
                            or --user 1000). Or run it in front of a PostgreSQL of your own: hearth start \
                            --database-url postgresql://user:password@host:5432/database\
                            """
                                    .formatted(data));
        }
    }

    /// PostgreSQL itself said no.
    ///
    /// @param step what was being done, for example `initdb`
    /// @param lastWords the end of its output
    /// @param where its files and its log
    record Failed(String step, String lastWords, Path where) implements EmbeddedProblem {
        @Override
        public Facts facts() {
            return Facts.of(
                            500,
                            "postgres_failed",
                            "The embedded PostgreSQL did not come up (%s). Its last words:%n%s"
                                    .formatted(step, lastWords.strip()))
                    .withHint("See also " + where);
        }
    }
}
