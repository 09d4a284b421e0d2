package dev.hearth.realtime.changes.value;

/// What the canonical texts of a type tell about its values without asking the database.
public enum Equality {
    /// Nothing: numeric (`1.0` equals `1.00`), citext, jsonb, regular types of users, ….
    NONE,
    /// Equal texts are equal values, different texts different ones; order is unknown.
    TEXT,
    /// Likewise, and values are ordered as whole numbers.
    WHOLE,
    /// Likewise, and values are ordered as points in time.
    TIME;

    /// Whether `=` can be decided by comparing texts.
    public boolean byText() {
        return this != NONE;
    }

    /// Whether `<` can be decided here.
    public boolean ordered() {
        return this == WHOLE || this == TIME;
    }
}
