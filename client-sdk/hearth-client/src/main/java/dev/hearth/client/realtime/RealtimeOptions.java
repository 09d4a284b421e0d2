package dev.hearth.client.realtime;

/// How this room of a client behaves. Immutable.
public final class RealtimeOptions {

    private RealtimeOptions(Builder builder) {}

    /// The usual ones.
    public static Builder builder() {
        return new Builder();
    }

    /// Makes options. For one thread.
    public static final class Builder {

        private Builder() {}

        /// What was said so far.
        public RealtimeOptions build() {
            return new RealtimeOptions(this);
        }
    }
}
