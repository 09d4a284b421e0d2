/// The plain types that the gateway and the capabilities share. A capability offers [Route]s and
/// never sees the web server; the gateway reads a [Request] and writes an [Answer] and never knows
/// a capability.
///
/// This room uses no other and does no I/O, except for the body streams that it hands on.
@NullMarked
package dev.hearth.exchange;

import org.jspecify.annotations.NullMarked;
