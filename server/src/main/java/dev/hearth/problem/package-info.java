/// What every refusal tells: HTTP status, code, message, details and hint. Every room may use it.
///
/// A room describes its refusals as a sealed family of records that implement [Problem], each of
/// which says its facts in one value; one unchecked exception, [Refusal], carries them to the
/// gateway (or to a socket's loop), which is the only place that turns them into an answer.
@NullMarked
package dev.hearth.problem;

import org.jspecify.annotations.NullMarked;
