package dev.hearth.client.test;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.realtime.Broadcast;
import dev.hearth.client.realtime.ChangeFilter;
import dev.hearth.client.realtime.Channel;
import dev.hearth.client.realtime.ChannelOptions;
import dev.hearth.client.realtime.PostgresChange;
import dev.hearth.client.realtime.PostgresEvent;
import dev.hearth.client.realtime.Presence;
import dev.hearth.client.realtime.PresenceEvent;
import dev.hearth.client.realtime.RowFilter;
import dev.hearth.client.realtime.SystemMessage;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Listens to a channel for a test: waits for what shall come, and proves that nothing came.
///
/// ```java
/// try (var probe =
///         RealtimeProbe.on(server, bob.client(), "notes")
///                 .changes(PostgresEvent.ALL, f -> f.table("notes"), Note.class)
///                 .subscribe(ofSeconds(10))) {
///     write(ann, "secret");
///     probe.expectNone(Note.class);          // no sleep: a marker came, and nothing before it
///     write(bob, "mine");
///     assertThat(probe.next(Note.class, ofSeconds(5)).body()).isEqualTo("mine");
/// }
/// ```
///
/// To be used by one thread, that of the test.
public final class RealtimeProbe implements AutoCloseable {

    private static final Duration MARKER_PATIENCE = Duration.ofSeconds(15);
    private static final String MARKER_EVENT = "hearth_test:marker";

    /// What was heard: an event, or a marker of this probe.
    ///
    /// @param marker its number; 0 for an event
    private record Heard(int marker, @Nullable RealtimeEvent event) {}

    /// What a marker row or message is read as.
    private record Marker(String probe, int number) {}

    private final TestServer server;
    private final Channel channel;
    private final SupabaseClient service;
    private final Channel sender;
    private final String id = UUID.randomUUID().toString();
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final List<RealtimeEvent> passedOver = new ArrayList<>();
    private boolean hearsChanges;
    private boolean hearsMessages;
    private int markers;

    private RealtimeProbe(
            TestServer server, SupabaseClient client, String topic, ChannelOptions options) {
        this.server = server;
        channel = client.channel(topic, options);
        var alike = ChannelOptions.builder().isPrivate(options.isPrivate()).build();
        service = server.service();
        sender = service.channel(topic, alike);
    }

    /// A probe on a topic that the client has no channel of yet.
    ///
    /// @param server that the client talks to; the probe sends its markers through it
    /// @param client whose rights are tested
    public static RealtimeProbe on(TestServer server, SupabaseClient client, String topic) {
        return on(server, client, topic, ChannelOptions.defaults());
    }

    /// The same with options.
    public static RealtimeProbe on(
            TestServer server, SupabaseClient client, String topic, ChannelOptions options) {
        return new RealtimeProbe(server, client, topic, options);
    }

    /// Listens to rows that change. Before [#subscribe].
    public <T> RealtimeProbe changes(
            PostgresEvent event, UnaryOperator<ChangeFilter> filter, Class<T> row) {
        channel.onPostgresChanges(event, filter, row, this::changed);
        if (!hearsChanges) {
            hearsChanges = true;
            server.layMarkers();
            channel.onPostgresChanges(
                    PostgresEvent.INSERT,
                    marker ->
                            marker.schema("hearth_test")
                                    .table("marker")
                                    .filter(RowFilter.eq("probe", id)),
                    Marker.class,
                    change -> marked(change.newRecord()));
        }
        return this;
    }

    /// Listens to broadcasts. Before [#subscribe].
    ///
    /// @param event the name of them; `*` for all
    public <T> RealtimeProbe broadcasts(String event, Class<T> payload) {
        channel.onBroadcast(event, payload, this::sent);
        return hearMarkers();
    }

    /// Listens to who comes and goes. Before [#subscribe].
    ///
    /// @param state what they track
    public <T> RealtimeProbe presence(Class<T> state) {
        channel.onPresence(
                PresenceEvent.JOIN, state, (key, current, came) -> told(PresenceEvent.JOIN, came));
        channel.onPresence(
                PresenceEvent.LEAVE,
                state,
                (key, current, went) -> told(PresenceEvent.LEAVE, went));
        return hearMarkers();
    }

    private RealtimeProbe hearMarkers() {
        if (!hearsMessages) {
            hearsMessages = true;
            channel.onBroadcast(MARKER_EVENT, Marker.class, sent -> marked(sent.payload()));
        }
        return this;
    }

    /// Joins, and waits until it is in, and until the server has said that it follows the changes
    /// where the probe listens to some; from then on everything is heard.
    ///
    /// @throws AssertionError when the server does not say so in time
    /// @throws dev.hearth.client.error.RealtimeException when it is refused, or takes too long;
    ///   like the other, it leaves the probe closed
    public RealtimeProbe subscribe(Duration patience) {
        channel.onSystem(message -> add("system", message.status(), null, message));
        channel.onResync(() -> add("resync", "", null, null));
        try {
            channel.subscribe(patience);
            if (hearsChanges) {
                demandOk(nextEvent(RealtimeProbe::isAboutChanges, patience));
            }
            return this;
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    private static boolean isAboutChanges(RealtimeEvent event) {
        return event.source() instanceof SystemMessage message
                && message.extension().equals("postgres_changes");
    }

    private static void demandOk(RealtimeEvent told) {
        if (told.source() instanceof SystemMessage message && !message.status().equals("ok")) {
            throw new AssertionError(
                    "the server does not follow these changes; is the table in the publication"
                            + " supabase_realtime? It says: "
                            + message.message());
        }
    }

    /// The channel, to send and track by.
    public Channel channel() {
        return channel;
    }

    private <T> void changed(PostgresChange<T> change) {
        T now = change.newRecord();
        add(
                "postgres_changes",
                change.eventType().name(),
                now == null ? change.oldRecord() : now,
                change);
    }

    private <T> void sent(Broadcast<T> sent) {
        if (!sent.event().equals(MARKER_EVENT)) {
            add("broadcast", sent.event(), sent.payload(), sent);
        }
    }

    private <T> void told(PresenceEvent event, List<Presence<T>> changed) {
        changed.forEach(one -> add("presence", event.name(), one.value(), one));
    }

    private void add(String kind, String name, @Nullable Object payload, @Nullable Object source) {
        heard.add(new Heard(0, new RealtimeEvent(kind, name, payload, source)));
    }

    private void marked(@Nullable Marker marker) {
        if (marker != null && marker.probe().equals(id)) {
            heard.add(new Heard(marker.number(), null));
        }
    }

    /// The next event whose payload is of a class: a row, a broadcast's payload, a presence's
    /// state. Others that came before it stay for later calls.
    ///
    /// @throws AssertionError when none comes in time; it says what came instead
    public <T> T next(Class<T> payload, Duration patience) {
        RealtimeEvent event =
                next(any -> payload.isInstance(any.payload()), payload.getName(), patience);
        return Objects.requireNonNull(payload.cast(event.payload()));
    }

    /// The next event of any kind.
    ///
    /// @throws AssertionError when none comes in time
    public RealtimeEvent nextEvent(Duration patience) {
        return next(event -> true, "event", patience);
    }

    /// The next event that is as wanted. Others that came before it stay for later calls.
    ///
    /// @throws AssertionError when none comes in time; it says what came instead
    public RealtimeEvent nextEvent(Predicate<RealtimeEvent> wanted, Duration patience) {
        return next(wanted, "event as wanted", patience);
    }

    private RealtimeEvent next(Predicate<RealtimeEvent> wanted, String name, Duration patience) {
        Optional<RealtimeEvent> kept = takeKept(wanted);
        if (kept.isPresent()) {
            return kept.get();
        }
        long end = System.nanoTime() + patience.toNanos();
        for (Heard next = poll(end); next != null; next = poll(end)) {
            RealtimeEvent event = next.event();
            if (event != null && wanted.test(event)) {
                return event;
            }
            if (event != null) {
                passedOver.add(event);
            }
        }
        throw new AssertionError(
                "no " + name + " came within " + patience.toMillis() + " ms; " + told());
    }

    private Optional<RealtimeEvent> takeKept(Predicate<RealtimeEvent> wanted) {
        for (Iterator<RealtimeEvent> kept = passedOver.iterator(); kept.hasNext(); ) {
            RealtimeEvent event = kept.next();
            if (wanted.test(event)) {
                kept.remove();
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    private String told() {
        return passedOver.isEmpty() ? "nothing else did either" : "what came: " + passedOver;
    }

    private @Nullable Heard poll(long end) {
        try {
            return heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the thread was interrupted while it waited", e);
        }
    }

    /// Proves that no row, broadcast or presence with a payload of this class has come, of all that
    /// was committed, or taken by the server, before this call. Other events stay for later calls.
    ///
    /// It changes a row of its own, or sends a message of its own to the topic, or both, by the way
    /// that the events would take, and waits until that has come. A broadcast by socket was taken
    /// once its sender has the acknowledgement (`broadcast(b -> b.ack(true))`).
    ///
    /// @throws AssertionError when one has come, or the marker does not come
    public void expectNone(Class<?> payload) {
        expectNone(event -> payload.isInstance(event.payload()));
    }

    /// Proves that nothing has come, of any kind but `system`.
    ///
    /// @throws AssertionError when something has come, or the marker does not come
    public void expectNone() {
        expectNone(event -> !event.kind().equals("system"));
    }

    private void expectNone(Predicate<RealtimeEvent> unwanted) {
        int missing = mark();
        long end = System.nanoTime() + MARKER_PATIENCE.toNanos();
        while (missing > 0) {
            Heard next = poll(end);
            if (next == null) {
                throw new AssertionError(
                        "the probe's own marker did not come within "
                                + MARKER_PATIENCE.toSeconds()
                                + " s, so that nothing is proved; is "
                                + channel
                                + " still subscribed?");
            }
            RealtimeEvent event = next.event();
            if (event != null) {
                passedOver.add(event);
            } else if (next.marker() == markers) {
                missing--;
            }
        }
        takeKept(unwanted)
                .ifPresent(
                        event -> {
                            throw new AssertionError("this came, though nothing should: " + event);
                        });
    }

    /// @return how many markers are under way
    private int mark() {
        markers++;
        if (hearsChanges) {
            server.mark(id, markers);
        }
        if (hearsMessages) {
            sender.httpSend(MARKER_EVENT, Map.of("probe", id, "number", markers));
        }
        if (!hearsChanges && !hearsMessages) {
            throw new IllegalStateException(
                    "this probe listens to nothing; call changes, broadcasts or presence first");
        }
        return (hearsChanges ? 1 : 0) + (hearsMessages ? 1 : 0);
    }

    /// Leaves the channel.
    @Override
    public void close() {
        try {
            var unused = channel.unsubscribe();
        } finally {
            server.release(service);
        }
    }
}
