/// Changes, broadcast and presence.
@NullMarked
package dev.hearth.client.realtime;

import org.jspecify.annotations.NullMarked;
