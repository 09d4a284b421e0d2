/// The settings, read once into records: option, then environment, then `.env` in the working
/// folder, then default. Units are in the types; a value that makes no sense stops the start with
/// the name of the setting. Every room may use it, and it uses none.
@NullMarked
package dev.hearth.config;

import org.jspecify.annotations.NullMarked;
