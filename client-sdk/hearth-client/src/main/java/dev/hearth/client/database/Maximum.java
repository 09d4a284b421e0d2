package dev.hearth.client.database;

/// The bound of a change.
final class Maximum {

    private Maximum() {}

    static void affected(int rows, Query query) {
        if (rows < 1) {
            throw new IllegalArgumentException("maxAffected is 1 or more, not " + rows);
        }
        query.prefer("handling=strict").prefer("max-affected=" + rows);
    }
}
