package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;

/// What a lane that holds two messages does with more.
class LaneTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> seen = new ArrayList<>();
    private final Queue<Runnable> refused = new ArrayDeque<>();
    private boolean full;
    private boolean closed;

    private void execute(Runnable task) {
        if (full) {
            throw new RejectedExecutionException();
        }
        tasks.add(task);
    }

    private Lane lane(OverflowPolicy policy) {
        var told =
                new Lane.Overflow() {
                    @Override
                    public void began(int queued) {}

                    @Override
                    public void dropped() {}

                    @Override
                    public void missed() {
                        seen.add("missed");
                    }

                    @Override
                    public boolean refused(Runnable again) {
                        refused.add(again);
                        return !closed;
                    }
                };
        return new Lane(this::execute, 2, policy, told, thrown -> seen.add(thrown.toString()));
    }

    private void offer(Lane lane, int... numbers) {
        for (int number : numbers) {
            Lane.Message message = () -> seen.add(String.valueOf(number));
            var unused = lane.offer(message);
        }
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void anExecutorThatIsFullIsAskedAgainAndNothingIsLost() {
        Lane lane = lane(OverflowPolicy.DROP_OLDEST);
        full = true;
        offer(lane, 1, 2);
        assertThat(refused).hasSize(1);
        full = false;
        refused.remove().run();
        offer(lane, 3);
        run();
        assertThat(seen).containsExactly("missed", "2", "3");
    }

    @Test
    void anExecutorThatIsClosedIsNotAskedAgain() {
        Lane lane = lane(OverflowPolicy.DROP_OLDEST);
        full = true;
        closed = true;
        offer(lane, 1);
        assertThat(lane.queued()).isZero();
    }

    @Test
    void tellsWhatIsMissedBeforeWhatIsNewer() {
        Lane lane = lane(OverflowPolicy.DROP_OLDEST);
        offer(lane, 1, 2, 3, 4);
        run();
        assertThat(seen).containsExactly("missed", "3", "4");
    }

    @Test
    void tellsItAgainOnlyOfWhatCameAfterIt() {
        Lane lane = lane(OverflowPolicy.DROP_OLDEST);
        offer(lane, 1);
        Lane.Message busy = () -> offer(lane, 4, 5, 6, 7);
        var unused = lane.offer(busy);
        offer(lane, 3);
        run();
        assertThat(seen).containsExactly("missed", "missed", "6", "7");
    }

    @Test
    void whatWasFetchedAlreadyMayBeDroppedInSilence() {
        Lane lane = lane(OverflowPolicy.DROP_OLDEST);
        offer(lane, 1);
        Lane.Message busy = () -> offer(lane, 4, 5);
        var unused = lane.offer(busy);
        offer(lane, 3);
        run();
        assertThat(seen).containsExactly("missed", "4", "5");
    }

    @Test
    void tellsWhatIsMissedAfterWhatIsOlder() {
        Lane lane = lane(OverflowPolicy.DROP_NEWEST);
        offer(lane, 1, 2, 3, 4);
        run();
        offer(lane, 5);
        run();
        assertThat(seen).containsExactly("1", "2", "missed", "5");
    }
}
