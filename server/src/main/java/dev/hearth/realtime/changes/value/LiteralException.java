package dev.hearth.realtime.changes.value;

/// A text that is not what PostgreSQL's output function for its type writes.
public final class LiteralException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /// @param what the kind of literal; never the text itself, which is row data
    LiteralException(String what) {
        super("not the text of " + what);
    }
}
