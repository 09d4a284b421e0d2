package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.error.RealtimeException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/// The socket's rules, as values.
class LinkTest {

    private static final Rules RULES =
            new Rules(
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(10),
                    new Ladder(null),
                    OptionalInt.empty());
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final RealtimeException broke = new RealtimeException("x", "SocketClosed", null);

    private final Refs refs = new Refs();

    private static Moment at(long seconds) {
        return new Moment(START.plusSeconds(seconds), seconds * 1_000_000_000L, 0.5);
    }

    private static Link live(int tries) {
        return new Link.Dialing(1, tries, false).opened(1, at(0), RULES).link();
    }

    private static LinkEffect.Ring ring(LinkStep step) {
        return step.effects().stream()
                .filter(LinkEffect.Ring.class::isInstance)
                .map(LinkEffect.Ring.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFirstWishOpensASocketAndTheSecondDoesNot() {
        LinkStep step = new Link.Resting(0).wish();
        assertThat(step.link()).isEqualTo(new Link.Dialing(1, 0, false));
        assertThat(step.effects()).contains(new LinkEffect.Dial(1));
        assertThat(step.link().wish()).isEqualTo(LinkStep.of(step.link()));
    }

    @Test
    void whatIsHeardLateOfAnOlderSocketIsLeftOut() {
        Link dialing = new Link.Dialing(2, 0, true);
        assertThat(dialing.opened(1, at(1), RULES)).isEqualTo(LinkStep.of(dialing));
        assertThat(dialing.gone(1, broke, at(1), RULES)).isEqualTo(LinkStep.of(dialing));
        Link live = live(0);
        assertThat(live.gone(7, broke, at(1), RULES)).isEqualTo(LinkStep.of(live));
    }

    @Test
    void aSocketThatHeldHalfAMinuteIsForgivenItsTries() {
        assertThat(live(3).gone(1, broke, at(29), RULES).link())
                .isEqualTo(new Link.Pausing(1, 4, true, broke));
        assertThat(live(3).gone(1, broke, at(30), RULES).link())
                .isEqualTo(new Link.Pausing(1, 1, true, broke));
    }

    @Test
    void theDelayIsTheLaddersWithChance() {
        assertThat(ring(live(0).gone(1, broke, at(1), RULES)).delay())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(new Ladder(null).delay(2, 0)).isEqualTo(Duration.ofMillis(1600));
        assertThat(new Ladder(null).delay(3, 1)).isEqualTo(Duration.ofSeconds(6));
        assertThat(new Ladder(null).delay(99, 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(new Ladder(tries -> Duration.ofSeconds(tries)).delay(7, 1))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aClockSetBackIsNoSleep() {
        var back = new Moment(START.minusSeconds(600), 5_000_000_000L, 0.5);
        assertThat(live(0).rang(back, RULES, refs).link()).isInstanceOf(Link.Live.class);
    }

    @Test
    void aSteadyClockThatJumpsIsASleepToo() {
        LinkStep step = live(0).rang(at(3600), RULES, refs);
        assertThat(step.link()).isEqualTo(new Link.Dialing(2, 1, true));
        assertThat(step.effects()).contains(new LinkEffect.Cut(1), new LinkEffect.Dial(2));
    }

    @Test
    void anAnswerToAnotherHeartbeatIsLeftOut() {
        Link live = live(0);
        assertThat(live.heard("5", true, at(1))).isEqualTo(LinkStep.of(live));
    }

    @Test
    void afterTheEndNothingBeginsAgain() {
        Link ended = live(0).end().link();
        assertThat(ended).isEqualTo(new Link.Ended());
        assertThat(ended.wish()).isEqualTo(LinkStep.of(ended));
        assertThat(ended.opened(1, at(1), RULES)).isEqualTo(LinkStep.of(ended));
    }
}
