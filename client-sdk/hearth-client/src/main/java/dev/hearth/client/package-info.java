/// The Java SDK: the names of supabase-js with the manners of Java, for programs that talk to a
/// Hearth server or to any other server of the same API.
///
/// The package is reserved; the first release of the SDK fills it.
@NullMarked
package dev.hearth.client;

import org.jspecify.annotations.NullMarked;
