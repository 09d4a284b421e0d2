package dev.hearth.replication;

/// Literals for the replication commands, which take no bound parameters. Identifiers go through
/// [dev.hearth.database.Sql#identifier].
final class Quoted {

    private Quoted() {}

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
