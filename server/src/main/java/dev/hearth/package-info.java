/// The server: `Main` reads the command line, `Server` builds every part by constructor, top to
/// bottom, on one screen.
@NullMarked
package dev.hearth;

import org.jspecify.annotations.NullMarked;
