package dev.hearth.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.hearth.auth.AuthProblem.RateLimited;

import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/// How often one address may ask: a bucket of permits for each, which fills up evenly. An IPv6
/// network of 64 bits counts as one address, since one customer gets that many. Safe for any
/// thread; never blocks.
///
/// Memory is bounded: a bucket that would be full again is forgotten, and of the most addresses at
/// once the longest unseen is, which forgives it what it did.
final class AddressLimit {

    /// How many addresses are remembered at once.
    static final int MOST_ADDRESSES = 100_000;

    private static final int NETWORK_BYTES = 8;

    private final int burst;
    private final double permitsPerSecond;
    private final boolean loopbackCounted;
    private final Clock clock;
    private final Cache<String, Bucket> buckets;

    /// @param granted whether the last one who asked got a permit
    private record Bucket(double permits, Instant at, boolean granted) {}

    /// @param burst how many permits a bucket holds
    /// @param permits how many come back in each period; 0 switches the limit off
    /// @param loopbackCounted whether clients on this machine are limited too
    AddressLimit(int burst, int permits, Duration period, boolean loopbackCounted, Clock clock) {
        this.burst = burst;
        this.permitsPerSecond = (double) permits / period.toSeconds();
        this.loopbackCounted = loopbackCounted;
        this.clock = clock;
        Duration untilFull =
                permits == 0
                        ? Duration.ZERO
                        : Duration.ofSeconds((long) Math.ceil(burst / permitsPerSecond));
        this.buckets =
                Caffeine.newBuilder()
                        .maximumSize(MOST_ADDRESSES)
                        .expireAfterWrite(untilFull)
                        .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                        .build();
    }

    /// Takes a permit.
    ///
    /// @throws dev.hearth.problem.Refusal 429 when the address has none left
    void take(InetAddress client) {
        if (permitsPerSecond == 0 || (client.isLoopbackAddress() && !loopbackCounted)) {
            return;
        }
        Bucket bucket = buckets.asMap().compute(key(client), (_, before) -> next(before));
        if (!bucket.granted()) {
            throw new RateLimited().refusal();
        }
    }

    /// How many addresses are remembered now, about.
    long remembered() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    /// A request that is refused costs nothing.
    private Bucket next(@Nullable Bucket before) {
        Instant now = clock.instant();
        double permits = before == null ? burst : refilled(before, now);
        return permits < 1 ? new Bucket(permits, now, false) : new Bucket(permits - 1, now, true);
    }

    private double refilled(Bucket bucket, Instant now) {
        double seconds = Duration.between(bucket.at(), now).toMillis() / 1000.0;
        return Math.min(burst, bucket.permits() + Math.max(seconds, 0) * permitsPerSecond);
    }

    private static String key(InetAddress client) {
        byte[] bytes = client.getAddress();
        return HexFormat.of()
                .formatHex(
                        client instanceof Inet6Address
                                ? Arrays.copyOf(bytes, NETWORK_BYTES)
                                : bytes);
    }
}
