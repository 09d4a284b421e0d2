package dev.hearth.realtime.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.hearth.realtime.changes.feed.Subscriptions.Subscription;
import dev.hearth.realtime.channel.Callers.Checked;
import dev.hearth.realtime.wire.ClientMessage.AccessToken;
import dev.hearth.realtime.wire.ClientMessage.Address;
import dev.hearth.realtime.wire.ClientMessage.Broadcast;
import dev.hearth.realtime.wire.ClientMessage.Join;
import dev.hearth.realtime.wire.ClientMessage.Leave;
import dev.hearth.realtime.wire.ClientMessage.OnTopic;
import dev.hearth.realtime.wire.ClientMessage.Other;
import dev.hearth.realtime.wire.ClientMessage.Presence;
import dev.hearth.realtime.wire.ClientMessage.UserBroadcast;
import dev.hearth.realtime.wire.Ref;
import dev.hearth.realtime.wire.ServerMessage;
import dev.hearth.token.Caller;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// One joined channel. Everything but [#expiresAt()] and the `tell` methods runs in its lane, one
/// thing at a time.
final class Channel {

    /// What the join asked for.
    record Settings(Ref joinRef, boolean self, boolean ack, String presenceKey) {}

    /// Where it is a member.
    record Place(Topic topic, Member member) {}

    private final Connection connection;
    private final Hub hub;
    private final Lane lane;
    private final Settings settings;
    private final Place place;
    private final @Nullable Subscription subscription;
    private final Rate rate;

    private volatile Caller caller;
    private int presencePushes;
    private long presenceWindowNanos;

    Channel(
            Connection connection,
            Hub hub,
            Lane lane,
            Settings settings,
            Place place,
            Caller caller,
            @Nullable Subscription subscription) {
        this.connection = connection;
        this.hub = hub;
        this.lane = lane;
        this.settings = settings;
        this.place = place;
        this.caller = caller;
        this.subscription = subscription;
        this.rate = new Rate(hub.config().maxEventsPerSecond(), System.nanoTime());
    }

    /// When its token runs out.
    Optional<Instant> expiresAt() {
        return caller.expiresAt();
    }

    /// Whether it takes database changes, so that ending it may block.
    boolean isSubscribed() {
        return subscription != null;
    }

    /// What a message asks for.
    ///
    /// @return as [Lane.Step#run()]
    boolean receive(OnTopic message) {
        if (!rate.take(System.nanoTime())) {
            return lane.shutDown(this, "Too many messages per second");
        }
        return switch (message) {
            case Broadcast(var at, var payload) ->
                    broadcast(
                            at,
                            payload.length(),
                            new ServerMessage.Broadcast(place.topic().name(), payload));
            case UserBroadcast(var at, var user) ->
                    broadcast(
                            at,
                            user.payload().length(),
                            new ServerMessage.UserBroadcast(place.topic().name(), user));
            case Presence presence -> presence(presence);
            case AccessToken(_, var token) -> token.isEmpty() || accessToken(token.get());
            case Other _, Join _, Leave _ -> true;
        };
    }

    /// Ends it when its token has run out.
    boolean expire() {
        return switch (hub.stillGood(caller)) {
            case Checked.Good _ -> true;
            case Checked.Refused(var problem) -> lane.shutDown(this, problem.text());
        };
    }

    /// Leaves the topic and ends the subscription; blocks when there is one.
    void leave() {
        hub.topics().leave(place.topic(), place.member());
        if (subscription != null) {
            subscription.close();
        }
    }

    /// Sends `phx_close`.
    void tellClosed() {
        connection.send(new ServerMessage.Closed(settings.joinRef(), place.topic().name()));
    }

    /// Sends a `system` error.
    void tellError(String message) {
        String topic = place.topic().name();
        connection.send(
                new ServerMessage.Note(
                        settings.joinRef(),
                        topic,
                        "system",
                        false,
                        message,
                        Topic.subTopic(topic)));
    }

    /// Tells that the socket is about to be closed.
    void tellDisconnect() {
        connection.send(
                new ServerMessage.Note(
                        settings.joinRef(),
                        place.topic().name(),
                        "system",
                        true,
                        "Server requested disconnect",
                        Optional.empty()));
    }

    private boolean broadcast(Address at, int bytes, ServerMessage message) {
        if (bytes > hub.config().maxPayloadBytes()) {
            if (settings.ack()) {
                connection.reply(at, false, "{\"error\":\"payload_size_exceeded\"}");
            }
            return true;
        }
        place.topic().publish(message, settings.self() ? null : place.member());
        if (settings.ack()) {
            connection.reply(at, true, "{}");
        }
        return true;
    }

    private boolean presence(Presence message) {
        if (message.event().isEmpty()) {
            connection.reply(message.at(), true, "{}");
            return true;
        }
        if (!countPush()) {
            return lane.shutDown(this, "Client presence rate limit exceeded");
        }
        return switch (message.event().get().toLowerCase(Locale.ROOT)) {
            case "track" -> track(message);
            case "untrack" -> {
                place.topic().untrack(place.member());
                connection.reply(message.at(), true, "{}");
                yield true;
            }
            default -> {
                connection.reply(message.at(), false, "{}");
                yield true;
            }
        };
    }

    private boolean track(Presence message) {
        Optional<JsonNode> sent = message.payload();
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        if (sent.isPresent()) {
            if (!(sent.get() instanceof ObjectNode object)) {
                connection.reply(
                        message.at(),
                        false,
                        "{\"reason\":\"Presence track payload must be a map\"}");
                return true;
            }
            payload = object;
        }
        if (payload.toString().length() > hub.config().maxPayloadBytes()) {
            return lane.shutDown(this, "Track message size exceeded");
        }
        if (!place.topic().countPresence()) {
            return lane.shutDown(this, "Too many presence messages per second");
        }
        place.topic().track(place.member(), settings.presenceKey(), payload);
        connection.reply(message.at(), true, "{}");
        return true;
    }

    private boolean countPush() {
        long now = System.nanoTime();
        Duration window = hub.config().presenceWindow();
        if (presencePushes == 0 || now - presenceWindowNanos > window.toNanos()) {
            presencePushes = 0;
            presenceWindowNanos = now;
        }
        return ++presencePushes <= hub.config().presencePushes();
    }

    private boolean accessToken(String token) {
        if (token.startsWith("sb_")) {
            return true;
        }
        return switch (hub.callers().ofToken(token)) {
            case Checked.Refused(var problem) -> lane.shutDown(this, problem.text());
            case Checked.Good(var next) -> change(next);
        };
    }

    private boolean change(Caller next) {
        Subscription changes = subscription;
        if (next.equals(caller)) {
            return true;
        }
        caller = next;
        if (changes == null) {
            return true;
        }
        return lane.apart(
                () -> {
                    changes.changeCaller(next);
                    return true;
                });
    }
}
