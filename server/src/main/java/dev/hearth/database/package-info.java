/// The database room: the embedded PostgreSQL, the pools, a transaction under a caller's role and
/// claims, migrations. Its doors are [Database][dev.hearth.database.Database], `EmbeddedPostgres`
/// and `Migrations`.
///
/// Values go to PostgreSQL as parameters; identifiers pass
/// [Sql#identifier][dev.hearth.database.Sql] and nothing else. Nothing of one caller survives into
/// the next transaction of a connection.
@NullMarked
package dev.hearth.database;

import org.jspecify.annotations.NullMarked;
