/// From the log to the subscribers: [LogDelivery][dev.hearth.realtime.changes.delivery.LogDelivery]
/// queues what the reader brings; one thread matches, has judged, encodes and hands over, in the
/// order of the log. A position is handed back when all before it was handed over, never earlier.
@NullMarked
package dev.hearth.realtime.changes.delivery;

import org.jspecify.annotations.NullMarked;
