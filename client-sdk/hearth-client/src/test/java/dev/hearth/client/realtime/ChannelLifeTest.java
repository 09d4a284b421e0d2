package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.internal.json.Json;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A channel's rules, as values.
class ChannelLifeTest {

    private static final Plan PLAN =
            new Plan("realtime:c", "c", "{}", List.of(), Duration.ofSeconds(10));
    private final RealtimeException broke = new RealtimeException("x", "SocketClosed", null);

    private final Refs refs = new Refs();

    private ChannelLife joining() {
        return new Idle().subscribe(PLAN).life().go("t", refs).life();
    }

    private ChannelLife joined() {
        return joining().answered("1", true, Json.parse("{}"), refs).life();
    }

    @Test
    void subscribingAsksForASocketAndAToken() {
        ChannelStep step = new Idle().subscribe(PLAN);
        assertThat(step.effects()).containsExactly(new ChannelEffect.Want());
        assertThat(step.life().shown()).isEqualTo(ChannelState.JOINING);
    }

    @Test
    void joinsWithTheTokenAndItsOwnReference() {
        ChannelStep step = new Idle().subscribe(PLAN).life().go("t", refs);
        assertThat(step.effects())
                .containsExactly(
                        new ChannelEffect.Transmit(
                                new Outgoing.Message(
                                        "1",
                                        "1",
                                        "realtime:c",
                                        "phx_join",
                                        "{\"config\":{},\"access_token\":\"t\"}")),
                        new ChannelEffect.Ring(Duration.ofSeconds(10)));
    }

    @Test
    void anAnswerToAnotherJoinIsLeftOut() {
        ChannelLife joining = joining();
        assertThat(joining.answered("7", true, Json.parse("{}"), refs))
                .isEqualTo(ChannelStep.of(joining));
    }

    @Test
    void aSecondLossIsNotToldAgain() {
        ChannelStep first = joined().lost(broke);
        assertThat(first.effects())
                .contains(new ChannelEffect.Tell(SubscribeStatus.CHANNEL_ERROR, broke, false));
        assertThat(first.life().lost(broke))
                .isEqualTo(ChannelStep.of(first.life(), new ChannelEffect.Blame(broke)));
    }

    @Test
    void whatIsTrackedIsTrackedAgainUnlessUntracked() {
        Push track = Push.presence("{\"me\":1}", Duration.ofSeconds(1));
        ChannelLife tracked = joined().track(Optional.of("{\"me\":1}"), track, refs).life();
        assertThat(delivered(tracked)).isEqualTo(1);
        ChannelLife untracked = tracked.track(Optional.empty(), track, refs).life();
        assertThat(delivered(untracked)).isZero();
    }

    private long delivered(ChannelLife life) {
        var joining = (Joining) life.lost(broke).life().go("t", refs).life();
        return joining.answered(joining.joinRef(), true, Json.parse("{}"), refs).effects().stream()
                .filter(ChannelEffect.Deliver.class::isInstance)
                .count();
    }

    @Test
    void backoffGrowsWithEachRefusalAndIsForgottenOnceIn() {
        ChannelLife life = joining();
        for (int tries = 1; tries <= 3; tries++) {
            String ref = ((Joining) life).joinRef();
            ChannelStep refused = life.answered(ref, false, Json.parse("{\"reason\":\"x\"}"), refs);
            assertThat(refused.effects()).contains(new ChannelEffect.Backoff(tries));
            life = refused.life().rang(refs).life().go("t", refs).life();
        }
        String ref = ((Joining) life).joinRef();
        ChannelLife in = life.answered(ref, true, Json.parse("{}"), refs).life();
        assertThat(in.crashed(ref).effects()).contains(new ChannelEffect.Backoff(1));
    }

    @Test
    void leavingBeforeTheJoinNeedsNoServer() {
        var asker = new CompletableFuture<SendResult>();
        ChannelStep step = new Idle().subscribe(PLAN).life().leave(null, asker, refs);
        assertThat(step.life()).isEqualTo(new Idle());
        assertThat(step.effects())
                .contains(
                        new ChannelEffect.Tell(SubscribeStatus.CLOSED, null, true),
                        new ChannelEffect.Left(asker, SendResult.OK));
    }

    @Test
    void everyStateEndsInIdle() {
        List<ChannelLife> all =
                List.of(
                        new Idle(),
                        new Idle().subscribe(PLAN).life(),
                        joining(),
                        joined(),
                        joined().leave(null, new CompletableFuture<>(), refs).life());
        assertThat(all).allMatch(life -> life.end().life().equals(new Idle()));
    }
}
