package dev.hearth.database;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How a transaction begins.
///
/// @param readOnly whether it may not write
/// @param isolation the level that is asked for; empty for the role's own, and then for `read
///   committed`
public record Mode(boolean readOnly, Optional<Isolation> isolation) {

    /// May not write.
    public static final Mode READ = new Mode(true, Optional.empty());

    /// May write.
    public static final Mode WRITE = new Mode(false, Optional.empty());

    private static final Map<Mode, Command> BEGIN =
            Map.of(READ, Command.of(READ.text()), WRITE, Command.of(WRITE.text()));

    /// The isolation levels that PostgreSQL tells apart, the stricter one later.
    public enum Isolation {
        READ_COMMITTED("read committed"),
        REPEATABLE_READ("repeatable read"),
        SERIALIZABLE("serializable");

        private final String words;

        Isolation(String words) {
            this.words = words;
        }

        /// The level of a setting's text; empty for `read uncommitted`, which is none of its own,
        /// and for anything else.
        public static Optional<Isolation> of(String text) {
            String plain = text.strip().toLowerCase(Locale.ROOT);
            for (Isolation each : values()) {
                if (each.words.equals(plain)) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        }
    }

    /// The same at the level that the role asks for, where nothing else did.
    Mode orElse(Optional<String> roleIsolation) {
        return isolation.isPresent()
                ? this
                : new Mode(readOnly, roleIsolation.flatMap(Isolation::of));
    }

    Command begin() {
        Command begin = BEGIN.get(this);
        return begin == null ? Command.of(text()) : begin;
    }

    /// The statement that begins. It leaves nothing to the defaults of the session, which an
    /// earlier caller may have changed: what is left out here would be theirs.
    private String text() {
        return "begin isolation level "
                + isolation.orElse(Isolation.READ_COMMITTED).words
                + (readOnly ? " read only" : " read write")
                + " not deferrable";
    }
}
