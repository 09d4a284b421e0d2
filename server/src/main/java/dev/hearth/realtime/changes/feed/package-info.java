/// What channels see of changes, and all that they see: they subscribe with
/// [Subscriptions][dev.hearth.realtime.changes.feed.Subscriptions] and hear through a
/// [Subscriber][dev.hearth.realtime.changes.feed.Subscriber]. Plain types; nothing here knows how a
/// change is found, judged or encoded.
@NullMarked
package dev.hearth.realtime.changes.feed;

import org.jspecify.annotations.NullMarked;
