/// Tables, views and functions.
@NullMarked
package dev.hearth.client.database;

import org.jspecify.annotations.NullMarked;
