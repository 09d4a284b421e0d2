package dev.hearth.client.auth;

/// A listener that is on. To close it switches it off; twice does no harm.
public interface Subscription extends AutoCloseable {

    /// Hears no more. What it is just being told, it is told to the end.
    @Override
    void close();

    /// The same, by the name of supabase-js.
    default void unsubscribe() {
        close();
    }
}
