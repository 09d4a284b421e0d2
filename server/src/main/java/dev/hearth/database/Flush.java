package dev.hearth.database;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Statements that leave together, as one text, and the types of their places once they have run.
/// Safe for any thread.
///
/// The driver asks for the types of values that it is not told, and from the second time on it
/// sends such a statement in a flush of its own; whatever it is told goes with the others.
final class Flush {

    private final String text;
    private volatile int @Nullable [] types;

    /// @param text the statements with `;` between them
    Flush(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /// The types of all places, in order; empty until somebody has learned them.
    Optional<int[]> types() {
        return Optional.ofNullable(types);
    }

    /// Keeps what the database said.
    void learn(int[] said) {
        types = said;
    }

    /// @return whether there was anything to forget
    boolean forget() {
        boolean known = types != null;
        types = null;
        return known;
    }
}
