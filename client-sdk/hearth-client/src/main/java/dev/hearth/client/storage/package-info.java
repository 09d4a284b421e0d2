/// Files.
@NullMarked
package dev.hearth.client.storage;

import org.jspecify.annotations.NullMarked;
