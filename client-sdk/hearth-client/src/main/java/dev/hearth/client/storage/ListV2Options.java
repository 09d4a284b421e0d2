package dev.hearth.client.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which files of a bucket to list, page by page: immutable, each method gives another one.
///
/// @param prefix how the whole name begins; case matters, and no slash is added
/// @param limit how many on a page; none for the server's 1,000, which is its most
/// @param cursor where the page begins: [FilePage#nextCursor] of the one before
/// @param withDelimiter whether names end at the next slash, and what is below is told as a folder
/// @param sort the column to go by; none for the name
/// @param descending whether the largest comes first; counts only with a column
public record ListV2Options(
        Optional<String> prefix,
        Optional<Integer> limit,
        Optional<String> cursor,
        Optional<Boolean> withDelimiter,
        Optional<FileSort> sort,
        boolean descending) {

    /// The first page of all.
    public static ListV2Options defaults() {
        return new ListV2Options(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /// Those whose names begin so.
    public ListV2Options prefix(String beginning) {
        return new ListV2Options(
                Optional.of(beginning), limit, cursor, withDelimiter, sort, descending);
    }

    /// So many on a page.
    public ListV2Options limit(int most) {
        return new ListV2Options(
                prefix, Optional.of(most), cursor, withDelimiter, sort, descending);
    }

    /// The page that begins here.
    public ListV2Options cursor(String next) {
        return new ListV2Options(prefix, limit, Optional.of(next), withDelimiter, sort, descending);
    }

    /// Whether folders are told instead of what is in them.
    public ListV2Options withDelimiter(boolean folders) {
        return new ListV2Options(prefix, limit, cursor, Optional.of(folders), sort, descending);
    }

    /// The smallest first.
    public ListV2Options ascending(FileSort column) {
        return new ListV2Options(prefix, limit, cursor, withDelimiter, Optional.of(column), false);
    }

    /// The largest first.
    public ListV2Options descending(FileSort column) {
        return new ListV2Options(prefix, limit, cursor, withDelimiter, Optional.of(column), true);
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        prefix.ifPresent(beginning -> json.put("prefix", beginning));
        limit.ifPresent(most -> json.put("limit", most));
        cursor.ifPresent(next -> json.put("cursor", next));
        withDelimiter.ifPresent(folders -> json.put("with_delimiter", folders));
        if (sort.isPresent()) {
            var order = new LinkedHashMap<String, Object>();
            order.put("column", sort.get().wire());
            order.put("order", descending ? "desc" : "asc");
            json.put("sortBy", order);
        }
        return json;
    }
}
