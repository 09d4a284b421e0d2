/// The publication's tables as the catalog has them
/// ([Table][dev.hearth.realtime.changes.catalog.Table]), read again and again by
/// [Members][dev.hearth.realtime.changes.catalog.Members], and a change of the log beside its table
/// ([Logged][dev.hearth.realtime.changes.catalog.Logged]). A partition is mapped to its root here
/// (realtime.md 15.3), so nobody else knows of partitions. Knows nobody who wants a change.
@NullMarked
package dev.hearth.realtime.changes.catalog;

import org.jspecify.annotations.NullMarked;
