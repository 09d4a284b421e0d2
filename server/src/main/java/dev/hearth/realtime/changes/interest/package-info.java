/// Who may want a change: what each binding wants of each table
/// ([Interest][dev.hearth.realtime.changes.interest.Interest]), under the values that it wants
/// ([SubscriptionIndex][dev.hearth.realtime.changes.interest.SubscriptionIndex]), so that the cost
/// of a change follows those who want it. In memory only; what the database has to decide is left
/// to the verdict.
@NullMarked
package dev.hearth.realtime.changes.interest;

import org.jspecify.annotations.NullMarked;
