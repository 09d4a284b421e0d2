/// The filters of a binding: their grammar
/// ([FilterParser][dev.hearth.realtime.changes.filter.FilterParser]), the sealed values that come
/// out of it ([Filter][dev.hearth.realtime.changes.filter.Filter]), and their decision in memory
/// where texts tell enough ([LocalFilter][dev.hearth.realtime.changes.filter.LocalFilter]). Pure:
/// nothing here asks the database.
@NullMarked
package dev.hearth.realtime.changes.filter;

import org.jspecify.annotations.NullMarked;
