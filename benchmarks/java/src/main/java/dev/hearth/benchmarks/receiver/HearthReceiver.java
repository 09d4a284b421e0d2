package dev.hearth.benchmarks.receiver;

import dev.hearth.client.SupabaseClient;

import java.time.Duration;

/// The Java SDK as it comes.
public final class HearthReceiver implements Receiver {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SupabaseClient client;

    /// Serves its input until that ends.
    public static void main(String[] arguments) throws Exception {
        ReceiverProcess.serve(HearthReceiver::new);
    }

    @Override
    public void open(String url, String key, String topics, int channels, Heard heard) {
        client = SupabaseClient.create(url, key);
        for (int i = 0; i < channels; i++) {
            var _ =
                    client.channel(topics + i)
                            .onBroadcast(
                                    EVENT,
                                    Note.class,
                                    note -> heard.note(note.payload().id(), note.payload().sent()))
                            .subscribe(PATIENCE);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
