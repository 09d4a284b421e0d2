package dev.hearth.benchmarks.receiver;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// The process around a receiver. It answers each line of its input with one line:
///
/// | line | answer |
/// |---|---|
/// | `open URL KEY TOPICS CHANNELS` | nanoseconds from before the client was made until the last channel was subscribed |
/// | `heard` | how many notes came so far, and the sum of their numbers |
/// | `ages` | the ages in nanoseconds of the notes that were timed since the last such line, sorted |
/// | `heap` | bytes of the heap in use after a collection |
/// | `close` | `closed`, when the client is closed |
///
/// Between the lines it says `ack` for every [#BATCH] notes that were not timed.
public final class ReceiverProcess implements Heard {

    /// Whoever sends waits for a word after so many notes.
    public static final int BATCH = 250;

    private static final int MOST_AGES = 1 << 16;

    private final AtomicLong count = new AtomicLong();
    private final LongAdder sum = new LongAdder();
    private final AtomicInteger timed = new AtomicInteger();
    private final AtomicLongArray ages = new AtomicLongArray(MOST_AGES);

    private ReceiverProcess() {}

    /// Serves the input until it ends, and ends the process.
    ///
    /// @param sdk makes a receiver for each `open`
    public static void serve(Supplier<Receiver> sdk) throws Exception {
        var process = new ReceiverProcess();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Receiver receiver = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "open" -> {
                    long start = System.nanoTime();
                    receiver = sdk.get();
                    receiver.open(
                            words[1], words[2], words[3], Integer.parseInt(words[4]), process);
                    say(Long.toString(System.nanoTime() - start));
                }
                case "heard" -> say(process.count + " " + process.sum);
                case "ages" -> say(process.takeAges());
                case "heap" -> say(Long.toString(heap()));
                default -> {
                    receiver.close();
                    say("closed");
                }
            }
        }
        System.exit(0);
    }

    @Override
    public void note(long id, long sent) {
        sum.add(id);
        long nth = count.incrementAndGet();
        if (sent != 0) {
            ages.set(timed.getAndIncrement(), System.nanoTime() - sent);
        } else if (nth % BATCH == 0) {
            say("ack");
        }
    }

    private String takeAges() {
        long[] taken = new long[timed.getAndSet(0)];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = ages.get(i);
        }
        Arrays.sort(taken);
        return Arrays.toString(taken).replaceAll("[\\[\\],]", "");
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
