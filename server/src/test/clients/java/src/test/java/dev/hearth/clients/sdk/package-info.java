/// The Java SDK against the whole server, over loopback.
@NullMarked
package dev.hearth.clients.sdk;

import org.jspecify.annotations.NullMarked;
