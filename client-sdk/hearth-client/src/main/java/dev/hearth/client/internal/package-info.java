/// What the rooms of a client share and no program sees.
@NullMarked
package dev.hearth.client.internal;

import org.jspecify.annotations.NullMarked;
