/// What came of a statement: the only I/O of the data API. A [Transaction] says what to do as whom,
/// [Transactions] does it, an [Outcome] says what the database answered; everything that can go
/// wrong is an [OutcomeProblem].
///
/// A read is one round trip to the database, as is a write whose result nobody has to look at
/// before it is kept. Never decides what is asked for, never looks into a body.
///
/// Mirrors PostgREST v14 `src/PostgREST/MainTx.hs` and the database's part of
/// `src/PostgREST/Error.hs`.
@NullMarked
package dev.hearth.rest.outcome;

import org.jspecify.annotations.NullMarked;
