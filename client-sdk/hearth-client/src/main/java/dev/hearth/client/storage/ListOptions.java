package dev.hearth.client.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which files of a folder to list: immutable, each method gives another one.
///
/// @param limit how many at most; 100 by default, and the server gives no more than 1,500
/// @param offset how many to leave out
/// @param sort the column to go by
/// @param descending whether the largest comes first
/// @param search how the name below the folder begins; case does not matter
public record ListOptions(
        int limit, int offset, FileSort sort, boolean descending, Optional<String> search) {

    /// The first 100, by name.
    public static ListOptions defaults() {
        return new ListOptions(100, 0, FileSort.NAME, false, Optional.empty());
    }

    /// So many at most.
    public ListOptions limit(int most) {
        return new ListOptions(most, offset, sort, descending, search);
    }

    /// Not the first so many.
    public ListOptions offset(int first) {
        return new ListOptions(limit, first, sort, descending, search);
    }

    /// The smallest first.
    public ListOptions ascending(FileSort column) {
        return new ListOptions(limit, offset, column, false, search);
    }

    /// The largest first.
    public ListOptions descending(FileSort column) {
        return new ListOptions(limit, offset, column, true, search);
    }

    /// Those whose names below the folder begin so.
    public ListOptions search(String beginning) {
        return new ListOptions(limit, offset, sort, descending, Optional.of(beginning));
    }

    Map<String, Object> json(String prefix) {
        var order = new LinkedHashMap<String, Object>();
        order.put("column", sort.wire());
        order.put("order", descending ? "desc" : "asc");
        var json = new LinkedHashMap<String, Object>();
        json.put("limit", limit);
        json.put("offset", offset);
        json.put("sortBy", order);
        search.ifPresent(beginning -> json.put("search", beginning));
        json.put("prefix", prefix);
        return json;
    }
}
