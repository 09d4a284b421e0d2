package dev.hearth.realtime.channel;

import dev.hearth.realtime.changes.feed.Subscriptions.Subscription;
import dev.hearth.realtime.channel.Callers.Checked;
import dev.hearth.realtime.wire.ClientMessage.Join;
import dev.hearth.realtime.wire.JoinRequest;
import dev.hearth.realtime.wire.ServerMessage;
import dev.hearth.token.Caller;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.UUID;

/// A join: the checks in upstream's order (realtime.md 3.2), then the subscription, then the entry
/// into the topic, under which the reply is sent.
final class Joining {

    /// What became of it.
    sealed interface Outcome {}

    record Joined(Channel channel) implements Outcome {}

    record Refused(JoinRefusal refusal) implements Outcome {}

    private final Connection connection;
    private final Hub hub;
    private final Lane lane;
    private final Join join;
    private final JoinRequest request;

    private Joining(Connection connection, Hub hub, Lane lane, Join join) {
        this.connection = connection;
        this.hub = hub;
        this.lane = lane;
        this.join = join;
        this.request = join.request();
    }

    /// Blocks when database changes are asked for.
    static Outcome attempt(Connection connection, Hub hub, Lane lane, Join join) {
        return new Joining(connection, hub, lane, join).attempt();
    }

    private Outcome attempt() {
        if (!request.invalid().isEmpty()) {
            hub.tell(new RealtimeEvent.InvalidJoinPayload(join.at().topic(), request.invalid()));
        }
        String subTopic = Topic.subTopic(join.at().topic()).orElse("");
        if (subTopic.isEmpty()) {
            return new Refused(new JoinRefusal.NoTopicName());
        }
        if (hub.isClosing()) {
            return new Refused(new JoinRefusal.Restarting());
        }
        if (!hub.takeJoin()) {
            return new Refused(new JoinRefusal.TooManyJoins());
        }
        if (connection.channels() > hub.config().maxChannelsPerClient()) {
            return new Refused(new JoinRefusal.TooManyChannels());
        }
        return switch (caller()) {
            case Checked.Refused(var problem) -> new Refused(new JoinRefusal.BadToken(problem));
            case Checked.Good(Caller caller) -> {
                Optional<JoinRefusal> refusal = permission(subTopic);
                yield refusal.isPresent() ? new Refused(refusal.get()) : new Joined(enter(caller));
            }
        };
    }

    /// The channel's own token, else the key of the socket, which may have run out meanwhile.
    private Checked caller() {
        Optional<String> token = request.token().filter(text -> !text.startsWith("sb_"));
        return token.isPresent()
                ? hub.callers().ofToken(token.get())
                : hub.stillGood(connection.caller());
    }

    private Optional<JoinRefusal> permission(String subTopic) {
        if (request.isPrivate()) {
            return Optional.of(new JoinRefusal.NoPermission(subTopic));
        }
        return request.replay() ? Optional.of(new JoinRefusal.NoReplay()) : Optional.empty();
    }

    private Channel enter(Caller caller) {
        Bindings bindings = Bindings.of(request.changes());
        Member member = new Member(connection.outlet(), connection.version());
        @Nullable ChangeFeed feed = null;
        @Nullable Subscription subscription = null;
        if (!bindings.bindings().isEmpty()) {
            feed = new ChangeFeed(connection.outlet(), connection.version(), join.at());
            if (bindings.problem().isPresent()) {
                feed.system(false, bindings.problem().get());
            } else {
                subscription = hub.subscriptions().subscribe(caller, bindings.bindings(), feed);
            }
        }
        Topic topic =
                hub.topics()
                        .enter(
                                join.at().topic(),
                                member,
                                state -> {
                                    connection.reply(
                                            join.at(),
                                            true,
                                            "{\"postgres_changes\":" + bindings.echo() + "}");
                                    if (request.presenceEnabled()) {
                                        connection.send(
                                                new ServerMessage.PresenceState(
                                                        join.at().joinRef(),
                                                        join.at().topic(),
                                                        state.get()));
                                    }
                                });
        if (feed != null) {
            feed.open();
        }
        String key = request.presenceKey().orElseGet(() -> UUID.randomUUID().toString());
        return new Channel(
                connection,
                hub,
                lane,
                new Channel.Settings(join.at().joinRef(), request.self(), request.ack(), key),
                new Channel.Place(topic, member),
                caller,
                subscription);
    }
}
