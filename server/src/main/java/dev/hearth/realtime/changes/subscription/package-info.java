/// Subscriptions from join to leave: [Register][dev.hearth.realtime.changes.subscription.Register]
/// checks bindings against the publication and the caller's rights, enters what they want into the
/// index, and puts it in force at a snapshot (realtime.md 15.4). It never sees a change of the log;
/// encoded deliveries pass through its subscriptions.
@NullMarked
package dev.hearth.realtime.changes.subscription;

import org.jspecify.annotations.NullMarked;
