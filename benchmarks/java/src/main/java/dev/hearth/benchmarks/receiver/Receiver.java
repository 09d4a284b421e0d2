package dev.hearth.benchmarks.receiver;

/// An SDK, as a program that listens would use it. One for each SDK.
public interface Receiver extends AutoCloseable {

    /// The name of the broadcasts.
    String EVENT = "note";

    /// Makes a client and joins channels one after the other; returns when the last is subscribed.
    ///
    /// @param url of the project
    /// @param topics before the number of each channel
    void open(String url, String key, String topics, int channels, Heard heard) throws Exception;

    /// Closes the client.
    @Override
    void close();
}
