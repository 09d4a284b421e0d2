package dev.hearth.client.realtime;

import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.json.Decoder;
import dev.hearth.client.json.TypeRef;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
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

    private final Backend backend;
    private final RealtimeOptions options;
    private final Loop loop;
    private final Line line;
    private final Subscription subscription;
    private final Sender sender;
    private final boolean isPrivate;

    Channel(Backend backend, RealtimeOptions options, Loop loop, Line line, ChannelOptions asked) {
        this.backend = backend;
        this.options = options;
        this.loop = loop;
        this.line = line;
        subscription = new Subscription(loop, line, asked, options.timeout());
        sender = new Sender(backend.json(), options, loop, line, asked.broadcastAck());
        isPrivate = asked.isPrivate();
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
        subscription.requireNone("postgres_changes");
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

    /// Hears that something about who is there has changed; [#presenceState] tells what. Presence
    /// is heard in order with all other messages of the channel.
    ///
    /// @throws IllegalStateException after `subscribe`
    public Channel onPresence(PresenceEvent event, Runnable handler) {
        return sense(event, happened -> handler.run());
    }

    /// Hears who comes or goes.
    ///
    /// @param event JOIN or LEAVE
    /// @param state what they track
    /// @throws IllegalArgumentException for SYNC, which is about nobody in particular
    /// @throws IllegalStateException after `subscribe`
    public <T> Channel onPresence(
            PresenceEvent event, Class<T> state, PresenceListener<T> handler) {
        if (event == PresenceEvent.SYNC) {
            throw new IllegalArgumentException(
                    "SYNC tells of nobody in particular: use onPresence(SYNC, () -> ...) and ask"
                            + " presenceState there");
        }
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
        subscription.requireNone("presence");
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
        line.listeners.systems.add(message -> handler.accept(SystemMessage.of(message)));
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

    Subscription subscription() {
        return subscription;
    }

    /// Joins, in the background: opens the socket if there is none, and goes on trying.
    public Channel subscribe() {
        subscription.begin();
        return this;
    }

    /// The same, and hears what becomes of it.
    ///
    /// @throws IllegalStateException when it is subscribed already
    public Channel subscribe(SubscribeListener listener) {
        subscription.begin(listener);
        return this;
    }

    /// Joins and waits until it is in.
    ///
    /// @param patience how long; what passes by itself, such as a server that is not started yet,
    ///   is waited out
    /// @throws RealtimeException when the server refuses the channel or the API key, or it took too
    ///   long; the channel is left then
    public Channel subscribe(Duration patience) {
        return loop.turns().await(subscription.joined(this, patience));
    }

    /// Joins; completes when it is in, however long that takes, and fails when the server refuses.
    public CompletableFuture<Channel> subscribeAsync() {
        return loop.turns().outside(subscription.joined(this));
    }

    /// The same, for so long.
    public CompletableFuture<Channel> subscribeAsync(Duration patience) {
        return loop.turns().outside(subscription.joined(this, patience));
    }

    /// Sends a broadcast to all who listen, and waits: until it is sent, or acknowledged where the
    /// channel asks for that. What is sent while the channel joins waits for it, up to 100
    /// messages.
    ///
    /// @param event its name, up to 255 bytes
    /// @param payload what is written as JSON; `byte[]` is sent as it is, with protocol 2.0.0
    /// @throws RealtimeException when the channel is not subscribed, too many wait (`BufferFull`),
    ///   or 8 MiB wait to be sent (`OutboxFull`)
    public SendResult send(String event, Object payload) {
        return loop.turns().await(sender.broadcast(event, payload));
    }

    /// The same, without waiting.
    public CompletableFuture<SendResult> sendAsync(String event, Object payload) {
        return loop.turns().outside(sender.broadcast(event, payload));
    }

    /// Sends a broadcast by HTTP, which needs no subscription. Mirrors `httpSend` of realtime-js:
    /// `POST /realtime/v1/api/broadcast/{topic}/events/{event}`.
    ///
    /// @param payload what is written as JSON; `byte[]` is sent as it is
    /// @throws RealtimeException when the server does not take it
    public void httpSend(String event, Object payload) {
        loop.requireOpen();
        new HttpBroadcast(backend, options).send(topic(), event, payload, isPrivate);
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
        return loop.turns().await(sender.track(state));
    }

    /// The same, without waiting.
    public CompletableFuture<SendResult> trackAsync(Object state) {
        return loop.turns().outside(sender.track(state));
    }

    /// Tells that the program is not here any more.
    public SendResult untrack() {
        return loop.turns().await(sender.untrack());
    }

    /// The same, without waiting.
    public CompletableFuture<SendResult> untrackAsync() {
        return loop.turns().outside(sender.untrack());
    }

    /// Who is there, by key, as far as the server has told: in a handler of presence as of what it
    /// is told, though more may have come meanwhile; everywhere else as of now.
    ///
    /// @param state what they track
    /// @throws dev.hearth.client.error.JsonMappingException when one has another shape
    public <T> Map<String, List<Presence<T>>> presenceState(Class<T> state) {
        Decoder<T> decoder = backend.json().decoder(state);
        var all = new LinkedHashMap<String, List<Presence<T>>>();
        line.room().here().forEach((key, metas) -> all.put(key, typed(metas, decoder)));
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
        return loop.turns().await(subscription.left());
    }

    /// The same, without waiting.
    public CompletableFuture<SendResult> unsubscribeAsync() {
        return loop.turns().outside(subscription.left());
    }

    @Override
    public String toString() {
        return "channel " + topic() + " (" + state() + ")";
    }
}
