package dev.hearth.benchmarks.sdk;

import dev.hearth.benchmarks.receiver.ReceiverProcess;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// What is sent: some 220 bytes of JSON, seven fields.
final class Notes {

    /// Of the numbers of one batch.
    static final long SUM = ReceiverProcess.BATCH * (ReceiverProcess.BATCH - 1L) / 2;

    private static final String TEXT =
            "The lift on the second floor is out of order again; please use the stairs until noon.";

    private Notes() {}

    /// @param sent `System.nanoTime()`, or 0 where nobody times it
    static byte[] note(long id, long sent) {
        return """
        {"id":%d,"author":"Ann of the front desk","text":"%s","urgent":%b,"room":%d,\
        "tags":["house","lift"],"sent":%d}\
        """
                .formatted(id, TEXT, id % 7 == 0, id % 50, sent)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Frames of a batch of notes, which go to the channels in turn.
    static byte[] batch(Source.Sender sender, int channels) {
        var frames = new ByteArrayOutputStream();
        for (int id = 0; id < ReceiverProcess.BATCH; id++) {
            frames.writeBytes(sender.frame(id % channels, note(id, 0)));
        }
        return frames.toByteArray();
    }
}
