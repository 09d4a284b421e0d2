package dev.hearth.realtime.changes.subscription;

/// A binding that cannot be put in force as it is; its message is upstream's, for the subscriber.
final class RefusedBinding extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean mayHealByItself;

    private RefusedBinding(String message, boolean mayHealByItself) {
        super(message, null, false, false);
        reason = message;
        this.mayHealByItself = mayHealByItself;
    }

    /// What the subscriber is told.
    String reason() {
        return reason;
    }

    /// Wrong parameters, which stay wrong.
    static RefusedBinding forGood(String message) {
        return new RefusedBinding(message, false);
    }

    /// A table that may be published later.
    static RefusedBinding forNow(String message) {
        return new RefusedBinding(message, true);
    }

    /// Whether to try again when the publication changes.
    boolean mayHealByItself() {
        return mayHealByItself;
    }
}
