/// Database changes on their way to subscribers: subscriptions and their index, filters, row
/// security, rendering of values, delivery.
@NullMarked
package dev.hearth.realtime.changes;

import org.jspecify.annotations.NullMarked;
