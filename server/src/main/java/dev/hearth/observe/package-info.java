/// What happens, said once: a room tells an [Event][dev.hearth.observe.Event] to the
/// [Observer][dev.hearth.observe.Observer]; the log and the metrics each make of it what they need.
/// Every room may use it, and it uses none.
///
/// A room declares its own events as a sealed family of records in its own package. An event never
/// holds a token, key, password, row or body.
@NullMarked
package dev.hearth.observe;

import org.jspecify.annotations.NullMarked;
