/// What the database has, as the data API sees it: relations, relationships, functions, media type
/// handlers and representations of domains. A [Catalog] is an immutable snapshot; a reload builds a
/// new one beside it.
///
/// Mirrors PostgREST v14 `src/PostgREST/SchemaCache.hs` and `src/PostgREST/SchemaCache`.
@NullMarked
package dev.hearth.rest.catalog;

import org.jspecify.annotations.NullMarked;
