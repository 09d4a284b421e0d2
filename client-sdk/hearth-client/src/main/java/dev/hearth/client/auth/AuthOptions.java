package dev.hearth.client.auth;

/// How this room of a client behaves. Immutable.
public final class AuthOptions {

    private AuthOptions(Builder builder) {}

    /// The usual ones.
    public static Builder builder() {
        return new Builder();
    }

    /// Makes options. For one thread.
    public static final class Builder {

        private Builder() {}

        /// What was said so far.
        public AuthOptions build() {
            return new AuthOptions(this);
        }
    }
}
