package dev.hearth.examples;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// So that an example ends when it has shown what it shows; programs need no such thing.
final class Await {

    private static final long SECONDS = 30;

    private Await() {}

    static void all(CountDownLatch heard) throws InterruptedException {
        if (!heard.await(SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    heard.getCount() + " messages have not come within " + SECONDS + " s");
        }
    }
}
