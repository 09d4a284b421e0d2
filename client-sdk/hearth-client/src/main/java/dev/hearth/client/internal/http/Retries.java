package dev.hearth.client.internal.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a request is sent again, and when. Mirrors postgrest-js 2.119 `PostgrestBuilder.ts`.
final class Retries {

    private static final List<Duration> DELAYS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<Integer> PASSING = Set.of(503, 520);

    private Retries() {}

    /// After an answer.
    static Optional<Duration> after(HttpRequest request, HttpStream answer, int attempt) {
        if (!PASSING.contains(answer.status())) {
            return Optional.empty();
        }
        Optional<Duration> asked =
                answer.headers().getOrDefault("retry-after", List.of()).stream()
                        .findFirst()
                        .filter(seconds -> seconds.matches("\\d{1,4}"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
        return after(request, attempt).map(usual -> asked.orElse(usual));
    }

    /// After none.
    static Optional<Duration> after(HttpRequest request, int attempt) {
        return request.retry() == Retry.READS
                        && READS.contains(request.method())
                        && attempt <= DELAYS.size()
                ? Optional.of(DELAYS.get(attempt - 1))
                : Optional.empty();
    }
}
