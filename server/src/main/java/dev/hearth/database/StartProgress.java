package dev.hearth.database;

/// Hears what a start is busy with, one short line each, for a person who waits: `unpacking
/// PostgreSQL`. Called on the starting thread, only for steps that take noticeable time or that the
/// person should know of.
@FunctionalInterface
public interface StartProgress {
    /// `line` has no full stop and no secret.
    void step(String line);

    /// Nobody listens.
    static StartProgress silent() {
        return line -> {};
    }
}
