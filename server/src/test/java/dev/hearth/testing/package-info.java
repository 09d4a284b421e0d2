/// What tests share: a real PostgreSQL of the wanted version, one cluster for each JVM, and fresh
/// databases in it. Entry: [dev.hearth.testing.TestPostgres]. Never part of the product.
@NullMarked
package dev.hearth.testing;

import org.jspecify.annotations.NullMarked;
