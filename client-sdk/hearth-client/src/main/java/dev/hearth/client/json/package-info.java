/// Values that JSON and PostgreSQL have and Java has not: types with arguments, patches that tell
/// absent from null, ranges.
@NullMarked
package dev.hearth.client.json;

import org.jspecify.annotations.NullMarked;
