package dev.hearth.client.database;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.internal.json.PostgresText;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The rows of a query, page by page: each page begins behind the last key of the one before, so
/// that rows that come and go meanwhile shift nothing. For one thread.
final class KeyPages<T> implements Iterator<T> {

    private final Query query;
    private final Type row;
    private final StreamOptions how;
    private Iterator<T> page = List.<T>of().iterator();
    private @Nullable String lastKey;
    private long left;
    private int fullPage;
    private boolean over;

    private KeyPages(Query query, Type row, StreamOptions how) {
        this.query = query;
        this.row = row;
        this.how = how;
        this.fullPage = how.pageSize();
        String limit = query.parameter("limit");
        this.left = limit == null ? Long.MAX_VALUE : Long.parseLong(limit);
    }

    static <T> Stream<T> of(Query query, Type row, StreamOptions how) {
        if (!query.method().equals("GET")) {
            throw new IllegalStateException("stream(…) reads; a change returns its rows at once");
        }
        if (query.parameter("order") != null || query.parameter("offset") != null) {
            throw new IllegalStateException(
                    "stream(…) goes by the key "
                            + how.key()
                            + ", so the query has no order and no range of its own");
        }
        var pages = new KeyPages<T>(query.copy(), row, how);
        Spliterator<T> rows =
                Spliterators.spliteratorUnknownSize(
                        pages, Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(rows, false).onClose(pages::end);
    }

    private void end() {
        over = true;
        page = List.<T>of().iterator();
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && !over) {
            fetch();
        }
        return page.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }

    private void fetch() {
        long size = Math.min(left, how.pageSize());
        if (size == 0) {
            over = true;
            return;
        }
        Query next =
                query.copy().set("order", how.key() + ".asc").set("limit", Long.toString(size));
        if (lastKey != null) {
            // By way of the filters, which know the names that mean more than a column.
            next = new SelectBuilder(next).gt(how.key(), lastKey).query;
        }
        HttpAnswer answer = next.send();
        List<T> rows = Rows.of(answer, row, next);
        left -= rows.size();
        // A server may give fewer rows than were asked for; then that is how long its pages are.
        boolean first = lastKey == null;
        over = rows.isEmpty() || left == 0 || (!first && rows.size() < fullPage);
        fullPage = Math.min(fullPage, rows.size());
        if (!over) {
            lastKey = key(answer);
        }
        page = rows.iterator();
    }

    private String key(HttpAnswer answer) {
        JsonNode rows;
        try {
            rows = Json.protocol().readTree(answer.body());
        } catch (IOException e) {
            throw new JsonMappingException(
                    "cannot read the answer as rows", "", answer.request(), e);
        }
        JsonNode key = rows.path(rows.size() - 1).path(how.name());
        if (key.isMissingNode() || key.isNull()) {
            throw new IllegalStateException(
                    "stream(…) goes by the key "
                            + how.key()
                            + ", which a row lacks: select it, or name another with"
                            + " StreamOptions.by");
        }
        return PostgresText.of(key);
    }
}
