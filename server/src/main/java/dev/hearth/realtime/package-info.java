/// Realtime: channels over WebSockets with broadcast, presence and database changes. Inside are
/// `wire` (frames of both protocol versions), `channel` (topics, members, presence) and `changes`
/// (subscriptions, filters, row security, delivery).
@NullMarked
package dev.hearth.realtime;

import org.jspecify.annotations.NullMarked;
