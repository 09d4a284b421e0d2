/// Statements of plans: text with a place for each value, never a value in the text. Pure; a plan
/// that was made can always be written. The entry is [Rendering]; names and types reach a text
/// through [StatementText] alone.
///
/// Mirrors PostgREST v14 `src/PostgREST/Query`: the same shape, so that bodies are the same bytes.
@NullMarked
package dev.hearth.rest.sql;

import org.jspecify.annotations.NullMarked;
