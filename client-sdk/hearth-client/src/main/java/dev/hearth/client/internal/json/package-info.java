/// The one place that knows Jackson.
@NullMarked
package dev.hearth.client.internal.json;

import org.jspecify.annotations.NullMarked;
