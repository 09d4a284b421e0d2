package dev.hearth.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class TasksLateValueTest {

    @Test
    void closesWhatNobodyGetsAnyMore() throws InterruptedException {
        var tasks = Tasks.own(true);
        var begun = new CountDownLatch(1);
        var cancelled = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        AutoCloseable late = closed::countDown;
        var future =
                tasks.async(
                        () -> {
                            begun.countDown();
                            awaitQuietly(cancelled);
                            return late;
                        });
        assertThat(begun.await(2, TimeUnit.SECONDS)).isTrue();
        future.cancel(true);
        cancelled.countDown();
        assertThat(closed.await(2, TimeUnit.SECONDS)).isTrue();
        tasks.close();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
