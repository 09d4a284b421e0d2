package dev.hearth.exchange;

import dev.hearth.problem.Problem;

import java.time.Duration;

/// A body of which nothing more came for too long. The connection ends with the answer.
///
/// @param patience how long was waited
public record BodyStalled(Duration patience) implements Problem {

    @Override
    public Facts facts() {
        return Facts.of(
                408,
                "request_timeout",
                "Nothing more of the request body came for %d ms".formatted(patience.toMillis()));
    }
}
