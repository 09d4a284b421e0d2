/// What the database has, as the data API sees it: relations, relationships, functions, media type
/// handlers and representations of domains. A [Catalog] is an immutable snapshot; a reload builds a
/// new one beside it.
///
/// [CatalogKeeper] is the entry: it holds the current snapshot and learns when a new one is needed.
/// [CatalogReader] reads one: each class of rows asks the catalogs once, and what has to be worked
/// out from the rows ([ViewKeys], [Relationships]) is pure. [Hints] says what somebody may have
/// meant. Nothing here judges rights; nothing but reading is done in the database.
///
/// Mirrors PostgREST v14 `src/PostgREST/SchemaCache.hs` and `src/PostgREST/SchemaCache`.
@NullMarked
package dev.hearth.rest.catalog;

import org.jspecify.annotations.NullMarked;
