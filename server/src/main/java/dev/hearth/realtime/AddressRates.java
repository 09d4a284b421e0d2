package dev.hearth.realtime;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import dev.hearth.realtime.channel.Rate;

import java.net.InetAddress;
import java.time.Duration;

/// How much each address has broadcast over HTTP, so that one that floods harms no other. Safe for
/// any thread.
final class AddressRates {

    /// What became of a request to count.
    ///
    /// @param average of this address, a second
    record Taken(boolean accepted, int average, int limit) {}

    private static final int MOST_ADDRESSES = 10_000;

    private final int perSecond;
    private final LoadingCache<InetAddress, Rate> rates;

    AddressRates(int perSecond) {
        this.perSecond = perSecond;
        this.rates =
                Caffeine.newBuilder()
                        .maximumSize(MOST_ADDRESSES)
                        .expireAfterAccess(Duration.ofMinutes(1))
                        .build(_ -> new Rate(perSecond, System.nanoTime()));
    }

    Taken take(InetAddress client, int count) {
        Rate rate = rates.get(client);
        synchronized (rate) {
            long now = System.nanoTime();
            boolean accepted = rate.take(count, now);
            return new Taken(accepted, rate.average(now), perSecond);
        }
    }
}
