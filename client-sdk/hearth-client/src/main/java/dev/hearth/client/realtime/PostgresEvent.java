package dev.hearth.client.realtime;

/// What happened to a row.
public enum PostgresEvent {
    /// A new row.
    INSERT,
    /// Another value in a row.
    UPDATE,
    /// A row less.
    DELETE,
    /// Any of them; only to ask with.
    ALL;

    /// As the protocol writes it.
    String wire() {
        return this == ALL ? "*" : name();
    }
}
