/// What goes wrong, by name: one unchecked family under
/// [dev.hearth.client.error.SupabaseException], and [dev.hearth.client.error.Result] for whoever
/// would rather have a value. Messages say what was asked, why it failed and what to do next; they
/// never hold tokens, keys, queries or rows.
@NullMarked
package dev.hearth.client.error;

import org.jspecify.annotations.NullMarked;
