package dev.hearth.gateway;

import dev.hearth.exchange.Headers;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// The id under which a request is found in the log: the caller's `x-request-id` where it is a
/// harmless text, else a new one.
final class RequestId {

    static final String HEADER = "x-request-id";

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    static String of(Headers headers) {
        return headers.first(HEADER)
                .filter(sent -> HARMLESS.matcher(sent).matches())
                .orElseGet(RequestId::fresh);
    }

    /// A UUID of version 4. It need not be hard to guess.
    private static String fresh() {
        var random = ThreadLocalRandom.current();
        long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
