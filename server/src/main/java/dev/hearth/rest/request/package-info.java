/// What a request to the data API says, as values: the last place that sees raw text. Made from
/// strings alone, without the catalog and the database; what cannot be understood fails here, with
/// the codes PGRST100 to PGRST127 that tell of the request itself.
///
/// Mirrors PostgREST v14 `src/PostgREST/ApiRequest.hs` and `src/PostgREST/ApiRequest`.
@NullMarked
package dev.hearth.rest.request;

import org.jspecify.annotations.NullMarked;
