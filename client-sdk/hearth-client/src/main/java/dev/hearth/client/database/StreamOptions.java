package dev.hearth.client.database;

/// How a long result is read page by page. Immutable.
///
/// ```java
/// try (Stream<Event> events = client.from("events").select().stream(Event.class, StreamOptions.by("seq").pageSize(500))) {
///     events.forEach(this::show);
/// }
/// ```
public final class StreamOptions {

    private static final int PAGE_SIZE = 1000;

    private final String key;
    private final int pageSize;

    private StreamOptions(String key, int pageSize) {
        this.key = key;
        this.pageSize = pageSize;
    }

    /// In the order of a column that is unique and never null; 1,000 rows a page. Of rows that
    /// share a key, or have none, some may be left out where a page ends.
    ///
    /// @param key the column, which must be among those that are selected; a name that needs quotes
    ///   in a filter stands in quotes here, too
    public static StreamOptions by(String key) {
        return new StreamOptions(Query.named("key", key), PAGE_SIZE);
    }

    /// How many rows a page has; the server may give fewer.
    ///
    /// @param rows 1 or more; default 1,000
    public StreamOptions pageSize(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("pageSize is 1 or more, not " + rows);
        }
        return new StreamOptions(key, rows);
    }

    String key() {
        return key;
    }

    /// The key's name as a row has it, without the quotes that a filter needs.
    String name() {
        return key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")
                ? key.substring(1, key.length() - 1).replaceAll("\\\\(.)", "$1")
                : key;
    }

    int pageSize() {
        return pageSize;
    }
}
