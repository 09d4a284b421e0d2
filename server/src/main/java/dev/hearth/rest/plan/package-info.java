/// What a request to the data API will do, every name resolved: made from a request and an
/// immutable [dev.hearth.rest.catalog.Catalog], without the database. What names something that is
/// not there, or that may be one of several, fails here.
///
/// Mirrors PostgREST v14 `src/PostgREST/Plan.hs` and `src/PostgREST/Plan`.
@NullMarked
package dev.hearth.rest.plan;

import org.jspecify.annotations.NullMarked;
