package dev.hearth.database;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The types of the places of statements that have run before, by their text. Safe for any thread.
///
/// The driver asks for the types of values that it is not told, and from the second time on it
/// sends such a statement in a flush of its own; whatever it is told goes with the others.
final class ParameterTypes {

    static final int MAXIMUM = 10_000;

    private final Cache<String, int[]> known = Caffeine.newBuilder().maximumSize(MAXIMUM).build();

    /// The types of all places of the commands; empty unless every one of them is known.
    Optional<int[]> of(List<Command> commands) {
        int count = 0;
        for (Command command : commands) {
            count += command.values().size();
        }
        int[] all = new int[count];
        int filled = 0;
        for (Command command : commands) {
            if (command.values().isEmpty()) {
                continue;
            }
            int[] types = known.getIfPresent(command.text());
            if (types == null) {
                return Optional.empty();
            }
            System.arraycopy(types, 0, all, filled, types.length);
            filled += types.length;
        }
        return Optional.of(all);
    }

    /// Keeps what the database said.
    ///
    /// @param types of the places of all commands, in order
    void learn(List<Command> commands, int[] types) {
        int from = 0;
        for (Command command : commands) {
            int to = from + command.values().size();
            if (to > from) {
                known.put(command.text(), Arrays.copyOfRange(types, from, to));
            }
            from = to;
        }
    }

    /// @return whether there was anything to forget
    boolean forget(List<Command> commands) {
        boolean any = false;
        for (Command command : commands) {
            any |= known.asMap().remove(command.text()) != null;
        }
        return any;
    }

    void forgetAll() {
        known.invalidateAll();
    }
}
