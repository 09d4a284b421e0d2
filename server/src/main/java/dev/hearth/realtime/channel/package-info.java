/// Sockets, channels, topics, presence and fan-out. Its entry is
/// [Hub][dev.hearth.realtime.channel.Hub]: it takes sockets and broadcasts. The page on threads and
/// locks stands in the room above.
///
/// | noun | is |
/// |---|---|
/// | `Connection` | one socket: parses, answers heartbeats, hands everything else to a lane |
/// | `Lane` | one topic of one socket: keeps its order, also while a join blocks |
/// | `Channel` | one joined channel: what its messages do |
/// | `Topic` | everybody in one room, and the room's presence |
/// | `Outlet`, `FanOut`, `Pace` | what leaves at once and what is gathered |
///
/// Mirrors supabase/realtime `lib/realtime_web/channels/realtime_channel.ex` and its handlers.
@NullMarked
package dev.hearth.realtime.channel;

import org.jspecify.annotations.NullMarked;
