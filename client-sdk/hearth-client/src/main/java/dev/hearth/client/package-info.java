/// The Java SDK: the names of supabase-js with the manners of Java, for programs that talk to a
/// Hearth server or to any other server of the same API. The door is
/// [dev.hearth.client.SupabaseClient].
///
/// Each room has a package: [dev.hearth.client.auth], [dev.hearth.client.database],
/// [dev.hearth.client.realtime], [dev.hearth.client.storage], [dev.hearth.client.functions]. Every
/// call blocks; its twin with `Async` in its name gives a `CompletableFuture`, and to cancel that
/// cancels the request. What goes wrong is a [dev.hearth.client.error.SupabaseException].
@NullMarked
package dev.hearth.client;

import org.jspecify.annotations.NullMarked;
