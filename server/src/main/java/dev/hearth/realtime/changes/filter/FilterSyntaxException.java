package dev.hearth.realtime.changes.filter;

/// A filter that is not written as the grammar asks; its message is upstream's.
public final class FilterSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    FilterSyntaxException(String reason) {
        super("Error parsing `filter` params: " + reason);
    }
}
