/// The description of a schema for programs: an OpenAPI document of version 2.0, made of the
/// catalog and of what the caller may see. Pure. [OpenApi] is the entry.
///
/// Mirrors PostgREST v14 `src/PostgREST/Response/OpenAPI.hs`.
@NullMarked
package dev.hearth.rest.openapi;

import org.jspecify.annotations.NullMarked;
