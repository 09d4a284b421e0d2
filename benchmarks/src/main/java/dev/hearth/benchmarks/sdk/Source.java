package dev.hearth.benchmarks.sdk;

import java.io.IOException;

/// Where notes come from: a project that receivers join, and a way to send to its channels.
interface Source extends AutoCloseable {

    String url();

    String key();

    /// Prepares to send to channels that a receiver has joined.
    ///
    /// @param topics before the number of each channel
    Sender sender(String topics, int channels) throws IOException;

    @Override
    void close() throws IOException;

    /// Sends to the channels of one receiver.
    interface Sender extends AutoCloseable {

        /// A frame that carries a note to one of the channels.
        byte[] frame(int channel, byte[] note);

        /// Sends frames, in one write.
        void send(byte[] frames) throws IOException;

        @Override
        void close() throws IOException;
    }
}
