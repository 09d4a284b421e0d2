/// Values of the log on their way to JSON: the types of the database in memory
/// ([Types][dev.hearth.realtime.changes.value.Types]), read by
/// [TypeCatalog][dev.hearth.realtime.changes.value.TypeCatalog], and the pure renderer
/// ([Json][dev.hearth.realtime.changes.value.Json]) from PostgreSQL's text output to what
/// `to_jsonb` would say (realtime.md 6.6 and 15.5).
///
/// It asks the database about types only, never about a value, save for types of users that have a
/// cast to json of their own.
@NullMarked
package dev.hearth.realtime.changes.value;

import org.jspecify.annotations.NullMarked;
