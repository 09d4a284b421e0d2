package dev.hearth.client.test;

import org.jspecify.annotations.Nullable;

/// Something that a [RealtimeProbe] heard.
///
/// @param kind `postgres_changes`, `broadcast`, `presence`, `system` or `resync`
/// @param name what it is called there: `INSERT`, `UPDATE`, `DELETE`; the broadcast's event; `JOIN`
///   or `LEAVE`; the system message's status; empty
/// @param payload the row as it is now (of a deleted one, as it was), the broadcast's payload, what
///   was tracked; null where there is none
/// @param source the whole: a [dev.hearth.client.realtime.PostgresChange],
///   [dev.hearth.client.realtime.Broadcast], [dev.hearth.client.realtime.Presence] or
///   [dev.hearth.client.realtime.SystemMessage]; null for a resync
public record RealtimeEvent(
        String kind, String name, @Nullable Object payload, @Nullable Object source) {

    @Override
    public String toString() {
        return kind + (name.isEmpty() ? "" : " " + name) + (payload == null ? "" : " " + payload);
    }
}
