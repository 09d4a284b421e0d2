/// What goes back to the caller: status, header fields and body, made of a request, its plan and
/// its outcome. Pure.
///
/// Mirrors PostgREST v14 `src/PostgREST/Response.hs` and the bodies of `src/PostgREST/Error.hs`.
@NullMarked
package dev.hearth.rest.answer;

import org.jspecify.annotations.NullMarked;
