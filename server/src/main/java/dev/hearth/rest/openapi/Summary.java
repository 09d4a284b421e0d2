package dev.hearth.rest.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// What somebody wrote about a thing in the database: the first line names it, the rest explains.
///
/// @param rest without the empty lines between the two; may be empty
record Summary(String title, String rest) {

    static Summary of(String comment) {
        int end = comment.indexOf('\n');
        if (end < 0) {
            return new Summary(comment, "");
        }
        int start = end;
        while (start < comment.length() && comment.charAt(start) == '\n') {
            start++;
        }
        return new Summary(comment.substring(0, end), comment.substring(start));
    }

    /// Says it of an operation.
    static void describe(ObjectNode operation, Optional<String> comment) {
        comment.map(Summary::of)
                .ifPresent(
                        summary -> {
                            operation.put("summary", summary.title());
                            if (!summary.rest().isEmpty()) {
                                operation.put("description", summary.rest());
                            }
                        });
    }
}
