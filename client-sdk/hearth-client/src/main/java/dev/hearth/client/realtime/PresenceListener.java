package dev.hearth.client.realtime;

import java.util.List;

/// Hears who comes or goes.
///
/// @param <T> what they track
@FunctionalInterface
public interface PresenceListener<T> {

    /// @param key under which they are there
    /// @param current who else is there, or still there, under that key
    /// @param changed who came, or went
    void on(String key, List<Presence<T>> current, List<Presence<T>> changed);
}
