/// Functions at the edge: `client.functions()`.
///
/// The entry is [dev.hearth.client.functions.FunctionsClient]. Mirrors functions-js 2.119, and adds
/// server-sent events, read by a parser of our own after the HTML standard. What a function refuses
/// is a [dev.hearth.client.error.FunctionsException] with its answer.
@NullMarked
package dev.hearth.client.functions;

import org.jspecify.annotations.NullMarked;
