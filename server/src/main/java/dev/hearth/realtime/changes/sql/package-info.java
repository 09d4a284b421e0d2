/// PostgreSQL as the other rooms ask it: connections
/// ([ChangeDatabase][dev.hearth.realtime.changes.sql.ChangeDatabase]), statements that several make
/// together ([Bound][dev.hearth.realtime.changes.sql.Bound]), what a moment sees
/// ([Snapshot][dev.hearth.realtime.changes.sql.Snapshot]), what an error means
/// ([SqlStates][dev.hearth.realtime.changes.sql.SqlStates]). It runs nothing by itself.
@NullMarked
package dev.hearth.realtime.changes.sql;

import org.jspecify.annotations.NullMarked;
