package dev.hearth.client.realtime;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.json.Decoder;
import dev.hearth.client.json.TypeRef;
import dev.hearth.client.time.Timers.Alarm;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A topic that programs listen to and send to. Safe for any thread.
///
/// ```java
/// client.channel("room:7")
///         .onPostgresChanges(INSERT, f -> f.schema("public").table("messages").filter(eq("room", 7)),
///                 Message.class, change -> show(change.newRecord()))
///         .onBroadcast("typing", Typing.class, typing -> show(typing.payload()))
///         .onPresence(SYNC, () -> redraw())
///         .onResync(() -> fetchWhatWasMissed())
///         .subscribe((status, error) -> log(status));
/// ```
///
/// Handlers of a channel run in order, one at a time, on the client's executor; one that blocks
/// keeps only its own channel waiting, one that throws is reported to [ErrorListener]. Handlers may
/// call anything here, `send` and `unsubscribe` included.
///
/// As in supabase-js, listeners to changes and to presence come before `subscribe`, since the join
/// tells the server of them; those to broadcasts and system messages may come later.
public final class Channel {

    /// Bytes of a topic.
    static final int MAX_NAME = 246;

    private static final int MAX_EVENT = 255;

    private final Backend backend;
    private final RealtimeOptions options;
    private final Loop loop;
    private final Line line;
    private final ChannelOptions asked;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    Channel(Backend backend, RealtimeOptions options, Loop loop, Line line, ChannelOptions asked) {
        this.backend = backend;
        this.options = options;
        this.loop = loop;
        this.line = line;
        this.asked = asked;
    }

    /// The topic, without `realtime:`.
    public String topic() {
        return line.name;
    }

    /// Where it stands.
    public ChannelState state() {
        return line.life().shown();
    }

    /// Hears of rows that change. Listeners to equal bindings share one at the server.
    ///
    /// ```java
    /// channel.onPostgresChanges(ALL, f -> f.schema("public").table("notes"), Note.class, change -> …);
    /// ```
    ///
    /// @param event which changes
    /// @param filter of which rows
    /// @param row what a row is read as: the record that queries use
    /// @throws IllegalStateException after `subscribe`
    public <T> Channel onPostgresChanges(
            PostgresEvent event,
            UnaryOperator<ChangeFilter> filter,
            Class<T> row,
            Consumer<PostgresChange<T>> handler) {
        return changesOf(event, filter, row, handler);
    }

    /// The same for a type with arguments, such as `new TypeRef<Map<String, Object>>() {}`.
    ///
    /// @throws IllegalStateException after `subscribe`
    public <T> Channel onPostgresChanges(
            PostgresEvent event,
            UnaryOperator<ChangeFilter> filter,
            TypeRef<T> row,
            Consumer<PostgresChange<T>> handler) {
        return changesOf(event, filter, row.type(), handler);
    }

    private <T> Channel changesOf(
            PostgresEvent event,
            UnaryOperator<ChangeFilter> filter,
            Type row,
            Consumer<PostgresChange<T>> handler) {
        Decoder<T> decoder = backend.json().decoder(row);
        return listen(
                event,
                filter.apply(ChangeFilter.ANY),
                change -> handler.accept(new PostgresChange<>(change, decoder)));
    }

    Channel listen(PostgresEvent event, ChangeFilter filter, Consumer<ChangePayload> heard) {
        requireUnsubscribed("postgres_changes");
        int binding = line.listeners.bind(filter.binding(event, backend.json()));
        line.listeners.changes.add(new Listeners.Changes(binding, event, filter, heard));
        return this;
    }

    /// Hears broadcasts that carry JSON. What cannot be read as the type is reported to
    /// [ErrorListener#decodeFailed] and left out.
    ///
    /// @param event the name of them; `*` for all
    public <T> Channel onBroadcast(String event, Class<T> payload, Consumer<Broadcast<T>> handler) {
        return broadcastsOf(event, payload, handler);
    }

    /// The same for a type with arguments.
    public <T> Channel onBroadcast(
            String event, TypeRef<T> payload, Consumer<Broadcast<T>> handler) {
        return broadcastsOf(event, payload.type(), handler);
    }

    /// Hears broadcasts as they came, JSON or bytes.
    ///
    /// @param event the name of them; `*` for all
    public Channel onBroadcast(String event, Consumer<Broadcast<RawPayload>> handler) {
        return hear(event, heard -> handler.accept(heard.with(heard.raw())));
    }

    private <T> Channel broadcastsOf(String event, Type type, Consumer<Broadcast<T>> handler) {
        Decoder<T> decoder = backend.json().decoder(type);
        return hear(event, heard -> handler.accept(heard.with(heard.<T>read(decoder))));
    }

    Channel hear(String event, Consumer<Heard> heard) {
        loop.requireOpen();
        line.listeners.broadcasts.add(new Listeners.Broadcasts(event, heard));
        return this;
    }

    /// Hears that something about who is there has changed; [#presenceState] tells what is now.
    ///
    /// @throws IllegalStateException after `subscribe`
    public Channel onPresence(PresenceEvent event, Runnable handler) {
        return sense(event, happened -> handler.run());
    }

    /// Hears who comes or goes.
    ///
    /// @param event JOIN or LEAVE
    /// @param state what they track
    /// @throws IllegalStateException after `subscribe`
    public <T> Channel onPresence(
            PresenceEvent event, Class<T> state, PresenceListener<T> handler) {
        Decoder<T> decoder = backend.json().decoder(state);
        return sense(
                event,
                happened ->
                        handler.on(
                                happened.key(),
                                typed(happened.current(), decoder),
                                typed(happened.changed(), decoder)));
    }

    Channel sense(PresenceEvent event, Consumer<PresenceRoom.Event> heard) {
        requireUnsubscribed("presence");
        line.listeners.presences.add(new Listeners.Presences(event, heard));
        return this;
    }

    private static <T> List<Presence<T>> typed(List<PresenceRoom.Meta> metas, Decoder<T> decoder) {
        return metas.stream()
                .map(meta -> new Presence<>(meta.ref(), decoder.read(meta.value())))
                .toList();
    }

    /// Hears what the server tells of the channel itself.
    public Channel onSystem(Consumer<SystemMessage> handler) {
        loop.requireOpen();
        line.listeners.systems.add(
                message ->
                        handler.accept(
                                new SystemMessage(
                                        message.path("extension").asText(),
                                        message.path("status").asText(),
                                        message.path("message").asText())));
        return this;
    }

    /// Is told to fetch what was missed: after the channel had been cut off and changes come again,
    /// after messages were dropped because its handlers were too slow, and when the server says
    /// that changes may have been missed. In order with the messages, so that what comes afterwards
    /// is handled after it. Messages may come live that the fetch brings too.
    public Channel onResync(Runnable handler) {
        loop.requireOpen();
        line.listeners.resyncs.add(handler);
        return this;
    }

    /// Listens as in supabase-js, for code that is ported line by line: payloads are maps with the
    /// same keys.
    ///
    /// ```java
    /// channel.on("postgres_changes", Map.of("event", "INSERT", "schema", "public", "table", "notes"),
    ///         payload -> System.out.println(payload.get("new")));
    /// ```
    ///
    /// @param type `postgres_changes`, `broadcast`, `presence` or `system`
    /// @param filter `event`, and for changes `schema`, `table`, `filter`, `select`
    /// @throws IllegalArgumentException when there is no such type or event
    /// @throws IllegalStateException after `subscribe`, for changes and presence
    public Channel on(String type, Map<String, ?> filter, Consumer<Map<String, Object>> handler) {
        return new Ported(this, backend.json()).on(type, filter, handler);
    }

    Line line() {
        return line;
    }

    private void requireUnsubscribed(String type) {
        loop.requireOpen();
        if (subscribed.get()) {
            throw new IllegalStateException(
                    "cannot add "
                            + type
                            + " listeners to channel "
                            + topic()
                            + " after subscribe(); add them before");
        }
    }

    /// Joins, in the background: opens the socket if there is none, and goes on trying.
    public Channel subscribe() {
        begin();
        return this;
    }

    /// The same, and hears what becomes of it.
    ///
    /// @throws IllegalStateException when it is subscribed already
    public Channel subscribe(SubscribeListener listener) {
        requireUnsubscribed("subscribe");
        line.listeners.subscribes.add(listener);
        begin();
        return this;
    }

    /// Joins and waits until it is in.
    ///
    /// @param patience how long; what passes by itself, such as a server that is not started yet,
    ///   is waited out
    /// @throws RealtimeException when the server refuses, or it took too long; the channel is left
    ///   then
    public Channel subscribe(Duration patience) {
        return Waiting.on(joinedWithin(patience));
    }

    /// Joins; completes when it is in, however long that takes, and fails when the server refuses.
    public CompletableFuture<Channel> subscribeAsync() {
        return loop.outside(joined(new CompletableFuture<>()));
    }

    /// The same, for so long.
    public CompletableFuture<Channel> subscribeAsync(Duration patience) {
        return loop.outside(joinedWithin(patience));
    }

    private CompletableFuture<Channel> joinedWithin(Duration patience) {
        var waiter = new CompletableFuture<Void>();
        Alarm late = loop.after(patience, () -> waiter.completeExceptionally(tooLate(patience)));
        CompletableFuture<Channel> joined = joined(waiter);
        var unused = waiter.whenComplete((in, thrown) -> late.cancel());
        return joined;
    }

    private CompletableFuture<Channel> joined(CompletableFuture<Void> waiter) {
        if (!subscribed.get()) {
            begin();
        }
        loop.run(
                () -> {
                    if (loop.isClosed()) {
                        waiter.completeExceptionally(new ClientClosedException());
                    } else {
                        line.await(waiter);
                    }
                });
        var result = new CompletableFuture<Channel>();
        var unused =
                waiter.whenComplete(
                        (in, thrown) -> {
                            if (thrown == null) {
                                result.complete(this);
                            } else {
                                result.completeExceptionally(thrown);
                            }
                        });
        var unusedLeaving =
                result.whenComplete(
                        (in, thrown) -> {
                            if (thrown != null) {
                                var unusedLeft = left();
                            }
                        });
        return result;
    }

    private RealtimeException tooLate(Duration patience) {
        var last = line.lastError();
        return new RealtimeException(
                "channel "
                        + topic()
                        + " was not joined within "
                        + patience.toMillis()
                        + " ms"
                        + (last == null ? "" : "; the last error: " + last.getMessage()),
                "JoinTimeout",
                topic(),
                0,
                null,
                last);
    }

    private void begin() {
        loop.requireOpen();
        if (!subscribed.compareAndSet(false, true)) {
            throw new IllegalStateException("channel " + topic() + " is already subscribed");
        }
        Line other = loop.lines().putIfAbsent(line.topic, line);
        if (other != null && other != line) {
            subscribed.set(false);
            throw new IllegalStateException(
                    "there is a newer channel "
                            + topic()
                            + "; ask the client for it instead of keeping the one that was left");
        }
        var plan =
                new Plan(
                        line.topic,
                        topic(),
                        asked.config(
                                !line.listeners.presences.isEmpty(),
                                "[" + String.join(",", line.listeners.bindings) + "]"),
                        List.copyOf(line.listeners.bindings),
                        options.timeout());
        loop.run(() -> line.step(line.life().subscribe(plan)));
    }

    /// It is over; it may be subscribed again.
    void over() {
        subscribed.set(false);
    }

    /// Sends a broadcast to all who listen, and waits: until it is sent, or acknowledged where the
    /// channel asks for that. What is sent while the channel joins waits for it, up to 100
    /// messages.
    ///
    /// @param event its name, up to 255 bytes
    /// @param payload what is written as JSON; `byte[]` is sent as it is, with protocol 2.0.0
    /// @throws RealtimeException when the channel is not subscribed, or too many wait
    public SendResult send(String event, Object payload) {
        return Waiting.on(sent(event, payload));
    }

    /// The same, without waiting.
    public CompletableFuture<SendResult> sendAsync(String event, Object payload) {
        return loop.outside(sent(event, payload));
    }

    private CompletableFuture<SendResult> sent(String event, Object payload) {
        loop.requireOpen();
        if (Wire.utf8(event).length > MAX_EVENT) {
            throw new IllegalArgumentException("the name of an event has up to 255 bytes");
        }
        Outgoing.Content content = content(payload);
        return push(
                Push.broadcast(event, content, asked.broadcastAck(), options.timeout()),
                push -> line.step(line.life().send(push, loop.refs())));
    }

    private Outgoing.Content content(Object payload) {
        if (!(payload instanceof byte[] bytes)) {
            return new Outgoing.Content(backend.json().write(payload), Outgoing.Content.Kind.JSON);
        }
        if (options.vsn().equals("1.0.0")) {
            throw new IllegalArgumentException(
                    "protocol 1.0.0 carries no bytes; use 2.0.0, or httpSend");
        }
        return new Outgoing.Content(bytes.clone(), Outgoing.Content.Kind.BYTES);
    }

    private CompletableFuture<SendResult> push(Push push, Consumer<Push> how) {
        loop.run(() -> how.accept(push));
        CompletableFuture<SendResult> result = push.result();
        if (!result.isDone()) {
            Alarm late = loop.after(push.patience(), () -> result.complete(SendResult.TIMED_OUT));
            var unused = result.whenComplete((sent, thrown) -> late.cancel());
        }
        return result;
    }

    /// Sends a broadcast by HTTP, which needs no subscription. Mirrors `httpSend` of realtime-js:
    /// `POST /realtime/v1/api/broadcast/{topic}/events/{event}`.
    ///
    /// @param payload what is written as JSON; `byte[]` is sent as it is
    /// @throws RealtimeException when the server does not take it
    public void httpSend(String event, Object payload) {
        loop.requireOpen();
        new HttpBroadcast(backend, options).send(topic(), event, payload, asked.isPrivate());
    }

    /// The same, without waiting.
    public CompletableFuture<Void> httpSendAsync(String event, Object payload) {
        return backend.run(() -> httpSend(event, payload));
    }

    /// Tells that the program is here, with a state of its own; again after each rejoin, until
    /// [#untrack].
    ///
    /// @param state what is written as a JSON object
    /// @throws IllegalArgumentException when it is written as something else
    /// @throws RealtimeException when the channel is not subscribed
    public SendResult track(Object state) {
        return Waiting.on(tracked(state));
    }

    /// The same, without waiting.
    public CompletableFuture<SendResult> trackAsync(Object state) {
        return loop.outside(tracked(state));
    }

    private CompletableFuture<SendResult> tracked(Object state) {
        loop.requireOpen();
        var json = backend.json().tree(state);
        if (!json.isObject()) {
            throw new IllegalArgumentException(
                    "what is tracked must be written as a JSON object, a record or a map");
        }
        String payload = "{\"type\":\"presence\",\"event\":\"track\",\"payload\":" + json + "}";
        return push(
                Push.presence(payload, options.timeout()),
                push -> line.step(line.life().track(Optional.of(payload), push, loop.refs())));
    }

    /// Tells that the program is not here any more.
    public SendResult untrack() {
        return Waiting.on(untracked());
    }

    /// The same, without waiting.
    public CompletableFuture<SendResult> untrackAsync() {
        return loop.outside(untracked());
    }

    private CompletableFuture<SendResult> untracked() {
        loop.requireOpen();
        return push(
                Push.presence("{\"type\":\"presence\",\"event\":\"untrack\"}", options.timeout()),
                push -> line.step(line.life().track(Optional.empty(), push, loop.refs())));
    }

    /// Who is there, by key, as far as the server has told.
    ///
    /// @param state what they track
    /// @throws dev.hearth.client.error.JsonMappingException when one has another shape
    public <T> Map<String, List<Presence<T>>> presenceState(Class<T> state) {
        Decoder<T> decoder = backend.json().decoder(state);
        var all = new LinkedHashMap<String, List<Presence<T>>>();
        line.life().room().here().forEach((key, metas) -> all.put(key, typed(metas, decoder)));
        return all;
    }

    /// Changes as a publisher; each of its subscribers gets those from then on. One that asks too
    /// slowly loses the newest, which is reported to [ErrorListener#messageDropped]. It completes
    /// when the channel ends.
    ///
    /// @throws IllegalStateException after `subscribe`
    public <T> Flow.Publisher<PostgresChange<T>> changes(
            PostgresEvent event, UnaryOperator<ChangeFilter> filter, Class<T> row) {
        var publisher = new ChannelPublisher<PostgresChange<T>>(loop, line, options.queueLimit());
        onPostgresChanges(event, filter, row, publisher::publish);
        return publisher;
    }

    /// Broadcasts as a publisher, likewise.
    public <T> Flow.Publisher<Broadcast<T>> broadcasts(String event, Class<T> payload) {
        var publisher = new ChannelPublisher<Broadcast<T>>(loop, line, options.queueLimit());
        onBroadcast(event, payload, publisher::publish);
        return publisher;
    }

    /// Leaves, and waits until the server has answered. A channel that is not in is left at once.
    /// It may be subscribed again afterwards, with the listeners it has.
    public SendResult unsubscribe() {
        return Waiting.on(left());
    }

    /// The same, without waiting.
    public CompletableFuture<SendResult> unsubscribeAsync() {
        return loop.outside(left());
    }

    private CompletableFuture<SendResult> left() {
        var left = new CompletableFuture<SendResult>();
        loop.run(() -> line.step(line.life().leave(null, left, loop.refs())));
        return left;
    }

    @Override
    public String toString() {
        return "channel " + topic() + " (" + state() + ")";
    }
}
