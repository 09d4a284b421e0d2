package dev.hearth.database;

/// Hears what the migrations do, for a person who waits. Called on the thread that runs them.
public interface MigrationProgress {

    /// A file is about to run.
    ///
    /// @param file its name, for example `20240131120000_add_rooms.sql`
    void applying(String file);

    /// Something was left out or could not be done, and the run goes on.
    ///
    /// @param text a sentence, with the statement that mends it where there is one; no secret
    void warning(String text);

    /// Nobody listens.
    static MigrationProgress silent() {
        return new MigrationProgress() {
            @Override
            public void applying(String file) {}

            @Override
            public void warning(String text) {}
        };
    }
}
