/// Tables, views and functions: the data API. The door is
/// [dev.hearth.client.database.DatabaseClient]; `client.from(…)`, `client.schema(…)` and
/// `client.rpc(…)` lead here.
///
/// The way of every call, with the names of supabase-js:
///
/// ```text
/// from(table) -> QueryBuilder
///   select(columns)          -> SelectBuilder    filters, order, limit … -> execute(Row.class)
///   insert(v), upsert(v)     -> InsertBuilder    execute()      or select(columns) -> SelectBuilder
///   update(v), delete()      -> MutationBuilder  filters -> execute()    or select(columns) -> SelectBuilder
/// rpc(function, arguments)   -> RpcBuilder       filters, order … -> execute(Value.class)
/// single(), maybeSingle()    -> SingleBuilder, MaybeSingleBuilder
/// ```
///
/// A builder is for one thread, as a `StringBuilder` is: a method changes it and gives it back, and
/// [dev.hearth.client.database.RequestBuilder#copy] makes another one where a query forks. Nothing
/// is sent before a terminal (`execute…`, `csv`, `geojson`, `explain`, `stream`), and a terminal
/// changes nothing, so that it may be called again. Values are quoted and escaped here; whoever
/// quotes by hand uses the forms that take text.
///
/// Mirrors postgrest-js 2.119.
@NullMarked
package dev.hearth.client.database;

import org.jspecify.annotations.NullMarked;
