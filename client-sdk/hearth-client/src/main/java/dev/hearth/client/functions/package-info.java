/// Functions at the edge.
@NullMarked
package dev.hearth.client.functions;

import org.jspecify.annotations.NullMarked;
