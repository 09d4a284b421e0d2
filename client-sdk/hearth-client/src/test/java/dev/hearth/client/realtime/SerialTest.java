package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// Turns, one at a time.
class SerialTest {

    @Test
    void aTurnThatBringsAnotherIsNotInterrupted() {
        var serial = new Serial(Runnable::run);
        var done = new ArrayList<String>();
        serial.run(
                () -> {
                    serial.run(() -> done.add("second"));
                    done.add("first");
                });
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void threadsDoNotOverlapAndEachKeepsItsOrder() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try {
            var serial = new Serial(pool);
            var done = new ArrayList<Integer>();
            var all = new CountDownLatch(4 * 5000);
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                pool.execute(
                        () -> {
                            for (int i = 0; i < 5000; i++) {
                                int value = number * 100_000 + i;
                                serial.run(
                                        () -> {
                                            done.add(value);
                                            all.countDown();
                                        });
                            }
                        });
            }
            assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                List<Integer> own =
                        done.stream().filter(value -> value / 100_000 == number).toList();
                assertThat(own).hasSize(5000).isSorted();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void goesOnWhereTheExecutorIsClosed() {
        var serial =
                new Serial(
                        task -> {
                            throw new RejectedExecutionException();
                        });
        var done = new ArrayList<Integer>();
        serial.run(
                () -> {
                    for (int i = 0; i < 1000; i++) {
                        int value = i;
                        serial.run(() -> done.add(value));
                    }
                });
        assertThat(done).hasSize(1000).isSorted();
    }

    @Test
    void aTurnThatBreaksKeepsNobodyBack() {
        var serial = new Serial(Runnable::run);
        var done = new ArrayList<String>();
        serial.run(
                () -> {
                    throw new NoClassDefFoundError("theirs");
                });
        serial.run(() -> done.add("next"));
        assertThat(done).containsExactly("next");
    }

    @Test
    void knowsWhoTakesATurn() {
        var serial = new Serial(Runnable::run);
        var mine = new ArrayList<Boolean>();
        serial.run(() -> mine.add(serial.isMine()));
        mine.add(serial.isMine());
        assertThat(mine).containsExactly(true, false);
    }
}
