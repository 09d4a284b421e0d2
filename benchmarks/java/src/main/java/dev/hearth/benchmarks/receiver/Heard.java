package dev.hearth.benchmarks.receiver;

/// Who is told of each note that an SDK has received and decoded. Safe for any thread.
public interface Heard {

    /// @param id of the note
    /// @param sent `System.nanoTime()` of the sender, which all processes of a machine share; 0 for
    ///   notes that nobody times
    void note(long id, long sent);
}
