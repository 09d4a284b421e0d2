package dev.hearth.realtime.changes.filter;

/// A filter that is not written as the grammar asks; its message is upstream's.
public final class FilterSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String told;

    FilterSyntaxException(String reason) {
        super("Error parsing `filter` params: " + reason);
        told = "Error parsing `filter` params: " + reason;
    }

    /// What the subscriber is told.
    public String told() {
        return told;
    }
}
