package dev.hearth.exchange;

import dev.hearth.problem.Problem;

/// A body over the limit of its route. The code is auth's; other capabilities word it in their own
/// shape.
///
/// @param limit the limit in bytes
public record BodyTooLarge(long limit) implements Problem {

    @Override
    public Facts facts() {
        return Facts.of(
                413,
                "request_entity_too_large",
                "Request body exceeds the limit of %d bytes".formatted(limit));
    }
}
