/// One task a file. Each has a `main`, prints what it shows and ends by itself, but for
/// [ConsoleChat], which ends with its input. `./hearth start --project examples/java` makes the
/// tables that they use.
package dev.hearth.examples;
