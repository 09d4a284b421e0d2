package dev.hearth.client.realtime;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Where a channel stands, as a value. Each thing that can happen is a method that gives the next
/// state and what is to be done; a state answers those that mean something to it, all others leave
/// it as it is. Nothing here looks at a clock, a socket or a thread.
///
/// ```text
/// Idle ──subscribe──▶ Wanted ──go──▶ Joining ──ok──▶ Joined ──leave──▶ Leaving ──▶ Idle
///                      ▲  ▲             │ refused       │ crashed, token ran out
///                      │  └──rang── Waiting ◀───────────┘
///                      └─────── lost ───┴── from Joining, Joined, Waiting
/// ```
sealed interface ChannelLife {

    /// How many messages wait for the join.
    int BUFFER = 100;

    /// As the program sees it.
    ChannelState shown();

    /// Somebody subscribes.
    default ChannelStep subscribe(Plan plan) {
        return ChannelStep.of(this);
    }

    /// There is a socket, and this token.
    default ChannelStep go(String token, Refs refs) {
        return ChannelStep.of(this);
    }

    /// There is a socket, but no token to join with.
    default ChannelStep noToken(SupabaseException reason) {
        return ChannelStep.of(this);
    }

    /// The socket is gone.
    default ChannelStep lost(SupabaseException cause) {
        return ChannelStep.of(this);
    }

    /// The server answered a join or a leave.
    default ChannelStep answered(String ref, boolean ok, JsonNode response, Refs refs) {
        return ChannelStep.of(this);
    }

    /// The alarm rang.
    default ChannelStep rang(Refs refs) {
        return ChannelStep.of(this);
    }

    /// Somebody sends.
    ChannelStep send(Push push, Refs refs);

    /// Somebody tells that he is here (`payload`), or not any more (empty).
    default ChannelStep track(Optional<String> payload, Push push, Refs refs) {
        return send(push, refs);
    }

    /// Another token is to be used.
    default ChannelStep token(String token, Refs refs) {
        return ChannelStep.of(this);
    }

    /// Somebody leaves.
    ///
    /// @param why null when it is as somebody wished
    ChannelStep leave(
            @Nullable RealtimeException why, CompletableFuture<SendResult> asker, Refs refs);

    /// The client is closed.
    ChannelStep end();

    /// The server ended it.
    default ChannelStep closed(@Nullable String ref) {
        return ChannelStep.of(this);
    }

    /// The server's side broke.
    default ChannelStep crashed(@Nullable String ref) {
        return ChannelStep.of(this);
    }

    /// The server told something of the channel itself.
    default ChannelStep system(SystemMessage message) {
        return ChannelStep.of(this);
    }

    /// The server told who is there.
    default ChannelStep presence(boolean whole, JsonNode payload) {
        return ChannelStep.of(this);
    }

    /// Whether a frame with this reference is for it.
    default boolean hears(@Nullable String joinRef) {
        return false;
    }

    /// Who is there.
    default PresenceRoom room() {
        return PresenceRoom.EMPTY;
    }

    /// What outlives the joins.
    ///
    /// @param tries that failed in a row
    /// @param before whether it was ever in
    /// @param tracked what is told of the program's presence; empty for nothing
    /// @param buffer what waits for the join
    record Memory(
            Plan plan,
            int tries,
            boolean before,
            Optional<String> tracked,
            List<Push> buffer,
            PresenceRoom room) {

        static Memory of(Plan plan) {
            return new Memory(plan, 0, false, Optional.empty(), List.of(), PresenceRoom.EMPTY);
        }

        Memory tries(int failed) {
            return new Memory(plan, failed, before, tracked, buffer, room);
        }

        Memory tracked(Optional<String> payload) {
            return new Memory(plan, tries, before, payload, buffer, room);
        }

        Memory buffer(List<Push> pushes) {
            return new Memory(plan, tries, before, tracked, List.copyOf(pushes), room);
        }

        Memory room(PresenceRoom now) {
            return new Memory(plan, tries, before, tracked, buffer, now);
        }

        Memory in() {
            return new Memory(plan, 0, true, tracked, List.of(), room);
        }
    }

    /// A state in which somebody wants the channel and it is not in: what is sent waits.
    sealed interface Outside extends ChannelLife permits Wanted, Joining, Waiting {

        Memory memory();

        Outside with(Memory memory);

        @Override
        default PresenceRoom room() {
            return memory().room();
        }

        @Override
        default ChannelStep send(Push push, Refs refs) {
            var pushes = new ArrayList<Push>(memory().buffer());
            pushes.removeIf(waited -> waited.result().isDone());
            if (pushes.size() >= BUFFER) {
                return ChannelStep.of(this, new ChannelEffect.Fail(push, full()));
            }
            pushes.add(push);
            return ChannelStep.of(with(memory().buffer(pushes)));
        }

        private RealtimeException full() {
            return new RealtimeException(
                    BUFFER
                            + " messages already wait for channel "
                            + memory().plan().name()
                            + " to be joined; wait for SUBSCRIBED before sending more",
                    "BufferFull",
                    memory().plan().name());
        }

        @Override
        default ChannelStep track(Optional<String> payload, Push push, Refs refs) {
            return with(memory().tracked(payload)).send(push, refs);
        }

        @Override
        default ChannelStep end() {
            return end(null, new CompletableFuture<>());
        }

        /// Over, before it was in.
        default ChannelStep end(
                @Nullable RealtimeException why, CompletableFuture<SendResult> asker) {
            var effects = new ArrayList<ChannelEffect>();
            effects.add(new ChannelEffect.Silence());
            memory().buffer()
                    .forEach(
                            push ->
                                    effects.add(
                                            new ChannelEffect.Fail(
                                                    push, Idle.notSubscribed(memory().plan()))));
            effects.add(Idle.ended(why));
            effects.add(new ChannelEffect.Remove());
            effects.add(new ChannelEffect.Left(asker, SendResult.OK));
            return new ChannelStep(new Idle(), effects);
        }
    }

    /// Nobody wants it, or not any more.
    record Idle() implements ChannelLife {

        @Override
        public ChannelState shown() {
            return ChannelState.CLOSED;
        }

        @Override
        public ChannelStep subscribe(Plan plan) {
            return ChannelStep.of(new Wanted(Memory.of(plan), false), new ChannelEffect.Want());
        }

        @Override
        public ChannelStep send(Push push, Refs refs) {
            return ChannelStep.of(
                    this,
                    new ChannelEffect.Fail(
                            push,
                            new RealtimeException(
                                    "the channel is not subscribed; call subscribe first, or"
                                            + " httpSend, which needs no subscription",
                                    "NotSubscribed",
                                    null)));
        }

        @Override
        public ChannelStep leave(
                @Nullable RealtimeException why, CompletableFuture<SendResult> asker, Refs refs) {
            return ChannelStep.of(
                    this, new ChannelEffect.Remove(), new ChannelEffect.Left(asker, SendResult.OK));
        }

        @Override
        public ChannelStep end() {
            return ChannelStep.of(this, new ChannelEffect.Remove());
        }

        static RealtimeException notSubscribed(Plan plan) {
            return new RealtimeException(
                    "channel " + plan.name() + " was left before the message could be sent",
                    "NotSubscribed",
                    plan.name());
        }

        static ChannelEffect ended(@Nullable RealtimeException why) {
            return why == null
                    ? new ChannelEffect.Tell(SubscribeStatus.CLOSED, null, true)
                    : new ChannelEffect.Tell(SubscribeStatus.CHANNEL_ERROR, why, true);
        }
    }

    /// It waits for a socket and a token.
    ///
    /// @param errored whether the program knows that something went wrong
    record Wanted(Memory memory, boolean errored) implements Outside {

        @Override
        public ChannelState shown() {
            return errored ? ChannelState.ERRORED : ChannelState.JOINING;
        }

        @Override
        public Outside with(Memory other) {
            return new Wanted(other, errored);
        }

        @Override
        public ChannelStep go(String token, Refs refs) {
            String ref = refs.next();
            Plan plan = memory.plan();
            return ChannelStep.of(
                    new Joining(memory, ref, errored),
                    new ChannelEffect.Transmit(
                            new Outgoing.Message(
                                    ref, ref, plan.topic(), "phx_join", plan.payload(token))),
                    new ChannelEffect.Ring(plan.patience()));
        }

        @Override
        public ChannelStep noToken(SupabaseException reason) {
            return ChannelStep.of(
                    new Waiting(memory.tries(memory.tries() + 1)),
                    new ChannelEffect.Tell(SubscribeStatus.CHANNEL_ERROR, reason, false),
                    new ChannelEffect.Backoff(memory.tries() + 1));
        }

        @Override
        public ChannelStep lost(SupabaseException cause) {
            return errored
                    ? ChannelStep.of(this)
                    : ChannelStep.of(
                            new Wanted(memory, true),
                            new ChannelEffect.Tell(SubscribeStatus.CHANNEL_ERROR, cause, false));
        }

        @Override
        public ChannelStep leave(
                @Nullable RealtimeException why, CompletableFuture<SendResult> asker, Refs refs) {
            return end(why, asker);
        }
    }

    /// The server was asked to let it in.
    record Joining(Memory memory, String joinRef, boolean errored) implements Outside {

        @Override
        public ChannelState shown() {
            return ChannelState.JOINING;
        }

        @Override
        public Outside with(Memory other) {
            return new Joining(other, joinRef, errored);
        }

        @Override
        public boolean hears(@Nullable String ref) {
            return joinRef.equals(ref);
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
            effects.add(
                    later ? new ChannelEffect.Ring(plan.patience()) : new ChannelEffect.Silence());
            effects.add(new ChannelEffect.Bind(match.ids()));
            effects.add(new ChannelEffect.Tell(SubscribeStatus.SUBSCRIBED, null, false));
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
            boolean newer =
                    memory.buffer().stream().anyMatch(push -> push.event().equals("presence"));
            return again && !newer
                    ? memory.tracked()
                            .map(
                                    payload ->
                                            deliver(
                                                    Push.presence(
                                                            payload, memory.plan().patience()),
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
            return new ChannelStep(new Waiting(memory.tries(tries)), effects);
        }

        @Override
        public ChannelStep rang(Refs refs) {
            int tries = memory.tries() + 1;
            Plan plan = memory.plan();
            return ChannelStep.of(
                    new Waiting(memory.tries(tries)),
                    // The server may have let it in all the same, and its answer be on the way.
                    new ChannelEffect.Transmit(
                            new Outgoing.Message(
                                    joinRef, refs.next(), plan.topic(), "phx_leave", "{}")),
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
            return joinRef.equals(ref)
                    ? end(null, new CompletableFuture<>())
                    : ChannelStep.of(this);
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
            var effects = new ArrayList<ChannelEffect>(end.effects());
            effects.add(
                    0,
                    new ChannelEffect.Transmit(
                            new Outgoing.Message(
                                    joinRef,
                                    refs.next(),
                                    memory.plan().topic(),
                                    "phx_leave",
                                    "{}")));
            return new ChannelStep(end.life(), effects);
        }
    }

    /// The server lets it in.
    ///
    /// @param tokenOver whether the server said that the token has run out
    /// @param resyncDue whether the program shall fetch what it missed once changes come again
    record Joined(Memory memory, String joinRef, boolean tokenOver, boolean resyncDue)
            implements ChannelLife {

        @Override
        public ChannelState shown() {
            return ChannelState.JOINED;
        }

        @Override
        public PresenceRoom room() {
            return memory.room();
        }

        @Override
        public boolean hears(@Nullable String ref) {
            return ref == null || ref.equals(joinRef);
        }

        @Override
        public ChannelStep send(Push push, Refs refs) {
            String ref = refs.next();
            return ChannelStep.of(
                    this,
                    new ChannelEffect.Deliver(
                            push, ref, push.frame(memory.plan().topic(), joinRef, ref)));
        }

        @Override
        public ChannelStep track(Optional<String> payload, Push push, Refs refs) {
            return new Joined(memory.tracked(payload), joinRef, tokenOver, resyncDue)
                    .send(push, refs);
        }

        @Override
        public ChannelStep token(String token, Refs refs) {
            return ChannelStep.of(
                    new Joined(memory, joinRef, false, resyncDue),
                    new ChannelEffect.Transmit(
                            new Outgoing.Message(
                                    joinRef,
                                    refs.next(),
                                    memory.plan().topic(),
                                    "access_token",
                                    "{\"access_token\":" + Wire.quoted(token) + "}")));
        }

        @Override
        public ChannelStep system(SystemMessage message) {
            if (!message.isError()) {
                return message.message().equals(Refusals.CHANGES_IN_FORCE)
                        ? inForce()
                        : ChannelStep.of(this);
            }
            var told = new ChannelEffect.ServerError(message.extension(), message.message());
            if (message.message().startsWith(Refusals.CHANGES_MISSED)) {
                return ChannelStep.of(this, told, new ChannelEffect.Resync());
            }
            if (!Refusals.isToken(message.extension(), message.message())) {
                return ChannelStep.of(this, told);
            }
            return ChannelStep.of(
                    new Joined(memory, joinRef, true, resyncDue),
                    told,
                    new ChannelEffect.TokenRejected(
                            new RealtimeException(
                                    message.message(), "InvalidJWTToken", memory.plan().name())));
        }

        /// Changes come again. The first of them says so as well as the server's word does, which
        /// may come after it: a program that fetches what is newer than the last row it has seen
        /// must not see a new one before it has fetched.
        ChannelStep inForce() {
            return resyncDue
                    ? ChannelStep.of(
                            new Joined(memory, joinRef, tokenOver, false),
                            new ChannelEffect.Silence(),
                            new ChannelEffect.Resync())
                    : ChannelStep.of(this);
        }

        /// "Subscribed to PostgreSQL" did not come.
        @Override
        public ChannelStep rang(Refs refs) {
            return resyncDue
                    ? ChannelStep.of(
                            new Joined(memory, joinRef, tokenOver, false),
                            new ChannelEffect.Resync())
                    : ChannelStep.of(this);
        }

        @Override
        public ChannelStep presence(boolean whole, JsonNode payload) {
            PresenceRoom.Change change =
                    whole
                            ? memory.room().state(payload, joinRef)
                            : memory.room().diff(payload, joinRef);
            return ChannelStep.of(
                    new Joined(memory.room(change.room()), joinRef, tokenOver, resyncDue),
                    new ChannelEffect.Present(change));
        }

        @Override
        public ChannelStep closed(@Nullable String ref) {
            if (!joinRef.equals(ref)) {
                return ChannelStep.of(this);
            }
            return tokenOver ? broken(memory) : end();
        }

        @Override
        public ChannelStep end() {
            return ChannelStep.of(
                    new Idle(),
                    new ChannelEffect.Silence(),
                    new ChannelEffect.Forget(),
                    Idle.ended(null),
                    new ChannelEffect.Remove());
        }

        @Override
        public ChannelStep crashed(@Nullable String ref) {
            return joinRef.equals(ref) ? broken(memory) : ChannelStep.of(this);
        }

        static ChannelStep broken(Memory memory) {
            int tries = memory.tries() + 1;
            return ChannelStep.of(
                    new Waiting(memory.tries(tries)),
                    new ChannelEffect.Forget(),
                    new ChannelEffect.Tell(
                            SubscribeStatus.CHANNEL_ERROR,
                            new RealtimeException(
                                    "the server's side of channel "
                                            + memory.plan().name()
                                            + " ended; it is joined again",
                                    "ChannelCrashed",
                                    memory.plan().name()),
                            false),
                    new ChannelEffect.Backoff(tries));
        }

        @Override
        public ChannelStep lost(SupabaseException cause) {
            return ChannelStep.of(
                    new Wanted(memory, true),
                    new ChannelEffect.Silence(),
                    new ChannelEffect.Forget(),
                    new ChannelEffect.Tell(SubscribeStatus.CHANNEL_ERROR, cause, false));
        }

        @Override
        public ChannelStep leave(
                @Nullable RealtimeException why, CompletableFuture<SendResult> asker, Refs refs) {
            String ref = refs.next();
            return ChannelStep.of(
                    new Leaving(memory, ref, why, List.of(asker)),
                    new ChannelEffect.Transmit(
                            new Outgoing.Message(
                                    joinRef, ref, memory.plan().topic(), "phx_leave", "{}")),
                    new ChannelEffect.Ring(memory.plan().patience()));
        }
    }

    /// Refused, or cut off; it waits before the next try.
    record Waiting(Memory memory) implements Outside {

        @Override
        public ChannelState shown() {
            return ChannelState.ERRORED;
        }

        @Override
        public Outside with(Memory other) {
            return new Waiting(other);
        }

        @Override
        public ChannelStep rang(Refs refs) {
            return ChannelStep.of(new Wanted(memory, true), new ChannelEffect.Want());
        }

        @Override
        public ChannelStep lost(SupabaseException cause) {
            return ChannelStep.of(new Wanted(memory, true), new ChannelEffect.Silence());
        }

        @Override
        public ChannelStep leave(
                @Nullable RealtimeException why, CompletableFuture<SendResult> asker, Refs refs) {
            return end(why, asker);
        }
    }

    /// The server was told that it goes.
    record Leaving(
            Memory memory,
            String leaveRef,
            @Nullable RealtimeException why,
            List<CompletableFuture<SendResult>> askers)
            implements ChannelLife {

        @Override
        public ChannelState shown() {
            return ChannelState.LEAVING;
        }

        @Override
        public ChannelStep send(Push push, Refs refs) {
            return ChannelStep.of(
                    this, new ChannelEffect.Fail(push, Idle.notSubscribed(memory.plan())));
        }

        @Override
        public ChannelStep answered(String ref, boolean ok, JsonNode response, Refs refs) {
            return ref.equals(leaveRef)
                    ? end(ok ? SendResult.OK : SendResult.ERROR)
                    : ChannelStep.of(this);
        }

        @Override
        public ChannelStep rang(Refs refs) {
            return end(SendResult.TIMED_OUT);
        }

        @Override
        public ChannelStep closed(@Nullable String ref) {
            return end(SendResult.OK);
        }

        @Override
        public ChannelStep crashed(@Nullable String ref) {
            return end(SendResult.OK);
        }

        @Override
        public ChannelStep lost(SupabaseException cause) {
            return end(SendResult.OK);
        }

        @Override
        public ChannelStep leave(
                @Nullable RealtimeException late, CompletableFuture<SendResult> asker, Refs refs) {
            var all = new ArrayList<CompletableFuture<SendResult>>(askers);
            all.add(asker);
            return ChannelStep.of(new Leaving(memory, leaveRef, why, List.copyOf(all)));
        }

        @Override
        public ChannelStep end() {
            return end(SendResult.OK);
        }

        private ChannelStep end(SendResult result) {
            var effects = new ArrayList<ChannelEffect>();
            effects.add(new ChannelEffect.Silence());
            effects.add(new ChannelEffect.Forget());
            effects.add(Idle.ended(why));
            effects.add(new ChannelEffect.Remove());
            askers.forEach(asker -> effects.add(new ChannelEffect.Left(asker, result)));
            return new ChannelStep(new Idle(), effects);
        }
    }
}
