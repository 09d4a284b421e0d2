package dev.hearth.client.auth;

import java.util.Locale;

/// Which sessions of a user end.
public enum SignOutScope {
    /// All of them, everywhere.
    GLOBAL,
    /// This one.
    LOCAL,
    /// All but this one.
    OTHERS;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
