package dev.hearth.realtime.changes.feed;

import java.util.List;

/// A set of binding ids, ascending; equal sets are equal, so that a frame can be kept under it.
public record BindingIds(List<Integer> ids) {

    /// Copies and sorts.
    public BindingIds {
        ids = ids.stream().distinct().sorted().toList();
    }
}
