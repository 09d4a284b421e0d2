/// Who may see a change: [Judge][dev.hearth.realtime.changes.verdict.Judge] asks
/// [Question][dev.hearth.realtime.changes.verdict.Question]s of the database as the callers, many
/// in one round trip, and brings the [Answers][dev.hearth.realtime.changes.verdict.Answers]
/// (realtime.md 15.1). On doubt the answer is no. Nothing is remembered from one change to the next
/// but rights, and these only to be asked again.
@NullMarked
package dev.hearth.realtime.changes.verdict;

import org.jspecify.annotations.NullMarked;
