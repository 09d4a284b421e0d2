/// Who asks the data API: from the credential of a request to the role and claims of its
/// transaction, or a refusal in upstream's words (PGRST300 to PGRST303). Its door is
/// [Callers][dev.hearth.rest.caller.Callers]. It never asks the database: whether a role exists,
/// and may be assumed, PostgreSQL says.
///
/// Mirrors PostgREST v14 `src/PostgREST/Auth.hs` and `src/PostgREST/Auth`.
@NullMarked
package dev.hearth.rest.caller;

import org.jspecify.annotations.NullMarked;
