package dev.hearth.realtime.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.exchange.SocketFrames;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// What leaves through an outlet when, and in which writes. The tick is so long that only what the
/// tests ask for is flushed.
class FanOutTest {

    private static final Duration TICK = Duration.ofSeconds(30);

    private final FanOut fanOut = new FanOut(1, TICK);
    private final RecordingSocket socket = new RecordingSocket();
    private final Outlet outlet = new Outlet(socket, fanOut);

    @AfterEach
    void stop() {
        fanOut.close();
    }

    private static SocketFrames message(String text) {
        return SocketFrames.text(text.getBytes(StandardCharsets.UTF_8));
    }

    /// From here on messages gather, but for the first of an outlet that was quiet.
    private void busy() {
        busy(fanOut, TICK);
    }

    private static void busy(FanOut busy, Duration tick) {
        long deliveries = Pace.CALM_PER_SECOND * tick.toMillis() / 1000;
        for (long i = 0; i <= deliveries; i++) {
            busy.pace().busyWithOneMore(System.nanoTime());
        }
    }

    private void soon(String... texts) {
        for (String text : texts) {
            outlet.soon(message(text), System.nanoTime());
        }
    }

    @Test
    void eachLeavesAtOnceWhileTheServerIsCalm() {
        soon("1", "2", "3");

        assertThat(socket.writes).containsExactly(List.of("1"), List.of("2"), List.of("3"));
    }

    @Test
    void theFirstAfterAQuietTimeLeavesAtOnceEvenWhenItIsBusy() {
        busy();

        soon("1", "2", "3");

        assertThat(socket.writes).containsExactly(List.of("1"));
    }

    @Test
    void whatGatheredLeavesInOneWrite() {
        busy();
        soon("1", "2", "3");

        outlet.flush(new FanOut.Shared());

        assertThat(socket.writes).containsExactly(List.of("1"), List.of("2", "3"));
    }

    @Test
    void aSecondVisitFindsNothing() {
        busy();
        soon("1", "2");
        outlet.flush(new FanOut.Shared());

        outlet.flush(new FanOut.Shared());

        assertThat(socket.writes).hasSize(2);
    }

    @Test
    void anAnswerLeavesAtOnceBehindWhatGathered() {
        busy();
        soon("1", "2", "3");

        outlet.now(message("answer"));

        assertThat(socket.writes)
                .containsExactly(List.of("1"), List.of("2", "3"), List.of("answer"));
    }

    @Test
    void theEndComesBehindWhatGathered() {
        busy();
        soon("1", "2");

        outlet.close(1012, "going");

        assertThat(socket.messages()).containsExactly("1", "2", "closed 1012");
    }

    @Test
    void aLargeMessageLeavesAtOnceBehindWhatGathered() {
        String large = "x".repeat(100_000);
        busy();

        soon("1", "2", large);

        assertThat(socket.messages()).containsExactly("1", "2", large);
    }

    @Test
    void noMoreGathersThanItsBound() {
        String some = "x".repeat(30_000);
        busy();

        soon("1");
        for (int i = 0; i < 10; i++) {
            soon(some);
        }

        assertThat(socket.writes).hasSize(2);
        assertThat(socket.writes.getLast()).hasSize(9);
    }

    @Test
    void outletsThatWaitForTheSameShareABuffer() {
        var second = new RecordingSocket();
        var other = new Outlet(second, fanOut);
        SocketFrames first = message("1");
        SocketFrames then = message("2");
        busy();
        for (Outlet each : List.of(outlet, other)) {
            soon(each, first, first, then);
        }
        var shared = new FanOut.Shared();

        outlet.flush(shared);
        other.flush(shared);

        assertThat(second.frames.getLast()).isSameAs(socket.frames.getLast());
    }

    @Test
    void outletsThatWaitForOthersDoNot() {
        var second = new RecordingSocket();
        var other = new Outlet(second, fanOut);
        SocketFrames first = message("1");
        busy();
        soon(outlet, first, first, message("2"));
        soon(other, first, first, message("3"));
        var shared = new FanOut.Shared();

        outlet.flush(shared);
        other.flush(shared);

        assertThat(socket.messages()).containsExactly("1", "1", "2");
        assertThat(second.messages()).containsExactly("1", "1", "3");
    }

    @Test
    void theTickBringsWhatGathered() {
        var tick = Duration.ofMillis(10);
        try (var ticking = new FanOut(1, tick)) {
            var ticked = new Outlet(socket, ticking);
            busy(ticking, tick);

            for (int i = 0; i < 5; i++) {
                ticked.soon(message("" + i), System.nanoTime());
            }

            await().untilAsserted(
                            () ->
                                    assertThat(socket.messages())
                                            .containsExactly("0", "1", "2", "3", "4"));
        }
    }

    private void soon(Outlet to, SocketFrames... frames) {
        for (SocketFrames each : frames) {
            to.soon(each, System.nanoTime());
        }
    }
}
