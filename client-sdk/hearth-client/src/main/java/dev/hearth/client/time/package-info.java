/// Time, as a thing that can be replaced.
@NullMarked
package dev.hearth.client.time;

import org.jspecify.annotations.NullMarked;
