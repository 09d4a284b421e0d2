package dev.hearth.client.realtime;

/// What happened to who is there.
public enum PresenceEvent {
    /// The whole was brought up to date.
    SYNC,
    /// Somebody came, or changed.
    JOIN,
    /// Somebody went, or changed.
    LEAVE
}
