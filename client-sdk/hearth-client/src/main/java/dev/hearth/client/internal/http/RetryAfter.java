package dev.hearth.client.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// The header `Retry-After`: seconds, or a date of HTTP.
final class RetryAfter {

    private RetryAfter() {}

    /// How long from now; empty when it says neither.
    ///
    /// @param value of the header
    /// @param now at the server
    static Optional<Duration> parse(String value, Instant now) {
        String said = value.strip();
        if (said.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(said)));
        }
        return date(said).map(then -> Duration.between(now, then)).map(RetryAfter::notBefore);
    }

    private static Duration notBefore(Duration delay) {
        return delay.isNegative() ? Duration.ZERO : delay;
    }

    /// A date of HTTP, such as that of an answer.
    static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
