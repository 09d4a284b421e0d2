/// The data API: relations and functions of a database over HTTP, as PostgREST v14 does it.
///
/// A request becomes values stage by stage: `request` understands it, `plan` looks its names up in
/// the snapshot of `catalog`, `sql` writes the statement, `outcome` carries it out, `answer` says
/// what goes back; `openapi` describes a schema. [dev.hearth.rest.Rest] is the door. Only `outcome`
/// and the keeper of the catalog touch the database.
@NullMarked
package dev.hearth.rest;

import org.jspecify.annotations.NullMarked;
