package dev.hearth.database;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.util.Arrays;
import java.util.List;

/// The flushes that were sent before, by the texts of their statements: they are joined once, and
/// what was learned of them is kept. Finding one costs next to nothing where the texts are the same
/// objects each time. Safe for any thread.
final class Flushes {

    static final int MAXIMUM = 10_000;

    private final Cache<List<String>, Flush> known =
            Caffeine.newBuilder().maximumSize(MAXIMUM).executor(Runnable::run).build();

    Flush of(List<Command> commands) {
        String[] texts = new String[commands.size()];
        for (int index = 0; index < texts.length; index++) {
            texts[index] = commands.get(index).text();
        }
        return known.get(Arrays.asList(texts), key -> new Flush(String.join(";", key)));
    }

    void forgetAll() {
        known.invalidateAll();
    }
}
