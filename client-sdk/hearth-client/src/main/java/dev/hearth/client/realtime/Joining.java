package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The server was asked to let it in.
///
/// @param newer the token that took the place of the join's own meanwhile; empty for none
record Joining(ChannelMemory memory, String joinRef, Optional<String> newer) implements Outside {

    @Override
    public ChannelState shown() {
        return ChannelState.JOINING;
    }

    @Override
    public Outside with(ChannelMemory other) {
        return new Joining(other, joinRef, newer);
    }

    @Override
    public boolean hears(@Nullable String ref) {
        return joinRef.equals(ref);
    }

    /// Told once it is in: the server takes no token for a channel that it has not let in.
    @Override
    public ChannelStep token(String token, Refs refs) {
        return ChannelStep.of(new Joining(memory, joinRef, Optional.of(token)));
    }

    @Override
    public ChannelStep answered(String ref, boolean ok, JsonNode response, Refs refs) {
        if (!ref.equals(joinRef)) {
            return ChannelStep.of(this);
        }
        return ok ? accepted(response, refs) : refused(response);
    }

    private ChannelStep accepted(JsonNode response, Refs refs) {
        Plan plan = memory.plan();
        Plan.Match match = plan.match(response);
        if (match.mismatch().isPresent()) {
            return new Joined(memory, joinRef, false, false)
                    .leave(match.mismatch().get(), new CompletableFuture<>(), refs);
        }
        boolean again = memory.before();
        // Servers other than ours may take changes up some time after the answer, and say when.
        boolean later = again && !plan.bindings().isEmpty();
        var effects = new ArrayList<ChannelEffect>();
        effects.add(later ? new ChannelEffect.Ring(plan.patience()) : new ChannelEffect.Silence());
        effects.add(new ChannelEffect.Bind(match.ids()));
        effects.add(new ChannelEffect.Tell(SubscribeStatus.SUBSCRIBED, null, false));
        newer.map(token -> Outgoing.accessToken(joinRef, refs.next(), plan, token))
                .map(ChannelEffect.Transmit::new)
                .ifPresent(effects::add);
        retrack(again, refs).ifPresent(effects::add);
        memory.buffer().forEach(push -> effects.add(deliver(push, refs)));
        if (again) {
            effects.add(new ChannelEffect.Resubscribed());
        }
        if (again && !later) {
            effects.add(new ChannelEffect.Resync());
        }
        return new ChannelStep(new Joined(memory.in(), joinRef, false, later), effects);
    }

    /// What was told before the socket broke is told again, unless something newer waits.
    private Optional<ChannelEffect> retrack(boolean again, Refs refs) {
        boolean newer = memory.buffer().stream().anyMatch(push -> push.event().equals("presence"));
        return again && !newer
                ? memory.tracked()
                        .map(
                                payload ->
                                        deliver(
                                                Push.presence(payload, memory.plan().patience()),
                                                refs))
                : Optional.empty();
    }

    private ChannelEffect deliver(Push push, Refs refs) {
        String ref = refs.next();
        return new ChannelEffect.Deliver(
                push, ref, push.frame(memory.plan().topic(), joinRef, ref));
    }

    private ChannelStep refused(JsonNode response) {
        RealtimeException reason = Refusals.join(memory.plan(), response);
        int tries = memory.tries() + 1;
        var effects = new ArrayList<ChannelEffect>();
        effects.add(
                new ChannelEffect.ServerError(
                        reason.code().orElseThrow(), Refusals.text(response)));
        if (Refusals.isToken(reason.code().orElseThrow(), Refusals.text(response))) {
            effects.add(new ChannelEffect.TokenRejected(reason));
        }
        effects.add(new ChannelEffect.Tell(SubscribeStatus.CHANNEL_ERROR, reason, false));
        effects.add(new ChannelEffect.Backoff(tries));
        return new ChannelStep(new Retrying(memory.tries(tries)), effects);
    }

    @Override
    public ChannelStep rang(Refs refs) {
        int tries = memory.tries() + 1;
        Plan plan = memory.plan();
        return ChannelStep.of(
                new Retrying(memory.tries(tries)),
                // The server may have let it in all the same, and its answer be on the way.
                new ChannelEffect.Transmit(Outgoing.leave(joinRef, refs.next(), plan)),
                new ChannelEffect.Tell(
                        SubscribeStatus.TIMED_OUT,
                        new RealtimeException(
                                "the server did not answer the join of channel "
                                        + plan.name()
                                        + " within "
                                        + plan.patience().toMillis()
                                        + " ms; it is asked again",
                                "JoinTimeout",
                                plan.name()),
                        false),
                new ChannelEffect.Backoff(tries));
    }

    @Override
    public ChannelStep crashed(@Nullable String ref) {
        return joinRef.equals(ref) ? Joined.broken(memory) : ChannelStep.of(this);
    }

    @Override
    public ChannelStep closed(@Nullable String ref) {
        return joinRef.equals(ref) ? end(null, new CompletableFuture<>()) : ChannelStep.of(this);
    }

    @Override
    public ChannelStep lost(SupabaseException cause) {
        return ChannelStep.of(
                new Wanted(memory, true),
                new ChannelEffect.Silence(),
                new ChannelEffect.Tell(SubscribeStatus.CHANNEL_ERROR, cause, false));
    }

    @Override
    public ChannelStep leave(
            @Nullable RealtimeException why, CompletableFuture<SendResult> asker, Refs refs) {
        ChannelStep end = end(why, asker);
        var effects = new ArrayList<ChannelEffect>();
        effects.add(
                new ChannelEffect.Transmit(Outgoing.leave(joinRef, refs.next(), memory.plan())));
        effects.addAll(end.effects());
        return new ChannelStep(end.life(), effects);
    }
}
