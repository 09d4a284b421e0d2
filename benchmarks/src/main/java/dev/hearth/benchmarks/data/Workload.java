package dev.hearth.benchmarks.data;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What one request asks for, in the words of the data API and of the hand-written handlers.
enum Workload {
    ROW("one row by key", "GET", "/rest/v1/items?id=eq.%d", "/row?id=%d"),
    ROWS("100 rows", "GET", "/rest/v1/items?id=gte.%d&order=id&limit=100", "/rows?id=%d"),
    EMBED(
            "embed of two levels",
            "GET",
            "/rest/v1/items?select=id,name,owner:owners(name,city:cities(name))&id=eq.%d",
            "/embed?id=%d"),
    INSERT("insert one", "POST", "/rest/v1/entries", "/insert"),
    INSERT_MANY("insert 1,000", "POST", "/rest/v1/entries?columns=owner,text", "/insert-many"),
    FUNCTION("function", "POST", "/rest/v1/rpc/add_them", "/function");

    /// Rows of the table that is read.
    static final int ROWS_OF_ITEMS = 100_000;

    private static final byte[] THOUSAND =
            IntStream.range(0, 1_000)
                    .mapToObj(each -> "{\"owner\":\"ann\",\"text\":\"line " + each + "\"}")
                    .collect(Collectors.joining(",", "[", "]"))
                    .getBytes(StandardCharsets.UTF_8);

    final String title;
    final String method;
    private final String hearth;
    private final String handWritten;

    Workload(String title, String method, String hearth, String handWritten) {
        this.title = title;
        this.method = method;
        this.hearth = hearth;
        this.handWritten = handWritten;
    }

    /// The target of the next request, for another row each time.
    String target(boolean ofHearth) {
        return target(ofHearth, ThreadLocalRandom.current().nextInt(1, ROWS_OF_ITEMS - 100));
    }

    /// The target of a request for a row.
    String target(boolean ofHearth, int id) {
        return (ofHearth ? hearth : handWritten).replace("%d", Integer.toString(id));
    }

    byte[] body() {
        return switch (this) {
            case ROW, ROWS, EMBED -> new byte[0];
            case INSERT -> text("{\"owner\":\"ann\",\"text\":\"one line\"}");
            case INSERT_MANY -> THOUSAND;
            case FUNCTION -> text("{\"a\":1,\"b\":2}");
        };
    }

    private static byte[] text(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
