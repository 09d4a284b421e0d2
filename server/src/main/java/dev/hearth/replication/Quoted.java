package dev.hearth.replication;

/// Quoting for the replication commands, which take no bound parameters.
final class Quoted {

    private Quoted() {}

    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
