package dev.hearth.client.internal.http;

import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.error.TransportException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a request is sent again, and when. Mirrors postgrest-js 2.119 `fetchWithRetry.ts`: a
/// timeout and a cancelled call are final, and a `Retry-After` that is no number means at once.
final class Retries {

    private static final List<Duration> DELAYS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<Integer> PASSING = Set.of(503, 520);

    private Retries() {}

    /// After an answer. A `Retry-After` beyond the request's own patience is not waited for.
    static Optional<Duration> after(
            HttpRequest request, HttpStream answer, int attempt, Duration patience) {
        if (!PASSING.contains(answer.status())) {
            return Optional.empty();
        }
        Optional<Duration> asked =
                answer.headers().getOrDefault("retry-after", List.of()).stream()
                        .findFirst()
                        .map(Retries::seconds);
        return usual(request, attempt)
                .map(usual -> asked.orElse(usual))
                .filter(delay -> patience.isZero() || delay.compareTo(patience) <= 0);
    }

    /// After none.
    static Optional<Duration> after(HttpRequest request, SupabaseException failure, int attempt) {
        return failure instanceof TransportException ? usual(request, attempt) : Optional.empty();
    }

    private static Optional<Duration> usual(HttpRequest request, int attempt) {
        return request.retry() == Retry.READS
                        && READS.contains(request.method())
                        && attempt <= DELAYS.size()
                ? Optional.of(DELAYS.get(attempt - 1))
                : Optional.empty();
    }

    private static Duration seconds(String retryAfter) {
        return retryAfter.matches("\\d{1,9}")
                ? Duration.ofSeconds(Long.parseLong(retryAfter))
                : Duration.ZERO;
    }
}
