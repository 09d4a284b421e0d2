package dev.hearth.client.storage;

import dev.hearth.client.internal.http.HttpRequest;

import java.util.Locale;
import java.util.Optional;

/// Which buckets to list: immutable, each method gives another one.
///
/// @param limit how many at most; none for all
/// @param offset how many to leave out
/// @param search a part of the name
/// @param sort the column to go by
/// @param descending whether the largest comes first; counts only with a column
public record ListBucketsOptions(
        Optional<Integer> limit,
        Optional<Integer> offset,
        Optional<String> search,
        Optional<Sort> sort,
        boolean descending) {

    /// A column of buckets.
    public enum Sort {
        /// Its id.
        ID,
        /// Its name.
        NAME,
        /// When it was made.
        CREATED_AT,
        /// When it was changed last.
        UPDATED_AT
    }

    /// All of them, in the server's order.
    public static ListBucketsOptions defaults() {
        return new ListBucketsOptions(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /// So many at most.
    public ListBucketsOptions limit(int most) {
        return new ListBucketsOptions(Optional.of(most), offset, search, sort, descending);
    }

    /// Not the first so many.
    public ListBucketsOptions offset(int first) {
        return new ListBucketsOptions(limit, Optional.of(first), search, sort, descending);
    }

    /// Those with this in their names.
    public ListBucketsOptions search(String part) {
        return new ListBucketsOptions(limit, offset, Optional.of(part), sort, descending);
    }

    /// The smallest first.
    public ListBucketsOptions ascending(Sort column) {
        return new ListBucketsOptions(limit, offset, search, Optional.of(column), false);
    }

    /// The largest first.
    public ListBucketsOptions descending(Sort column) {
        return new ListBucketsOptions(limit, offset, search, Optional.of(column), true);
    }

    HttpRequest of(HttpRequest request) {
        HttpRequest asked = request;
        if (limit.isPresent()) {
            asked = asked.query("limit", limit.get().toString());
        }
        if (offset.isPresent()) {
            asked = asked.query("offset", offset.get().toString());
        }
        if (search.isPresent() && !search.get().isEmpty()) {
            asked = asked.query("search", search.get());
        }
        if (sort.isPresent()) {
            asked =
                    asked.query("sortColumn", sort.get().name().toLowerCase(Locale.ROOT))
                            .query("sortOrder", descending ? "desc" : "asc");
        }
        return asked;
    }
}
