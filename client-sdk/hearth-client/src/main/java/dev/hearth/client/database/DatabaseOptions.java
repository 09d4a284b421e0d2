package dev.hearth.client.database;

/// How this room of a client behaves. Immutable.
public final class DatabaseOptions {

    private DatabaseOptions(Builder builder) {}

    /// The usual ones.
    public static Builder builder() {
        return new Builder();
    }

    /// Makes options. For one thread.
    public static final class Builder {

        private Builder() {}

        /// What was said so far.
        public DatabaseOptions build() {
            return new DatabaseOptions(this);
        }
    }
}
