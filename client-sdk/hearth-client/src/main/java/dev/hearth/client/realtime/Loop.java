package dev.hearth.client.realtime;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.http.Socket;
import dev.hearth.client.internal.http.SocketEvents;
import dev.hearth.client.internal.http.Sockets;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.realtime.JsonText.MalformedException;
import dev.hearth.client.time.Timers.Alarm;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The one who does things: takes what happens to the socket, the alarms and the program's calls
/// turn by turn, asks [Link] and [ChannelLife] what follows, and does it. All but what says
/// otherwise is done in turns.
final class Loop {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Backend backend;
    private final RealtimeOptions options;
    private final Rules rules;
    private final Sockets sockets;
    private final Serial serial;
    private final Wire wire;
    private final Ladder ladder = new Ladder(null);
    private final Refs refs = new Refs();
    private final Notices notices;
    private final Replies replies;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final Set<Line> wanting = new LinkedHashSet<>();
    private final Supplier<String> source;
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    private volatile Link link = new Link.Resting(0);
    private volatile boolean closed;
    private volatile Optional<Duration> roundTrip = Optional.empty();
    private @Nullable Socket socket;
    private CompletableFuture<Void> socketGone = CompletableFuture.completedFuture(null);
    private Alarm alarm = () -> {};
    private Alarm linger = () -> {};
    private boolean asking;
    private @Nullable String fresh;
    private @Nullable String lastToken;

    Loop(Backend backend, RealtimeOptions options) {
        this.backend = backend;
        this.options = options;
        rules = Rules.of(options);
        sockets = new Sockets(backend.http());
        serial = new Serial(backend.tasks().executor());
        wire = Wire.of(options.vsn());
        @Nullable Supplier<String> own = options.accessToken();
        source = own == null ? backend.token() : own;
        notices = new Notices(executor(), options);
        replies = new Replies(this);
    }

    // Any thread.

    Executor executor() {
        return backend.tasks().executor();
    }

    Map<String, Line> lines() {
        return lines;
    }

    Notices notices() {
        return notices;
    }

    boolean isClosed() {
        return closed;
    }

    void requireOpen() {
        if (closed) {
            throw new ClientClosedException();
        }
    }

    ConnectionState state() {
        return link.shown();
    }

    RealtimeStats stats() {
        return new RealtimeStats(
                received.sum(),
                sent.sum(),
                bytes.sum(),
                reconnects.sum(),
                notices.protocolErrors(),
                lines.values().stream().mapToLong(Line::queued).sum(),
                dropped.sum(),
                lines.size(),
                roundTrip);
    }

    /// Has something done in a turn.
    void run(Runnable turn) {
        serial.run(turn);
    }

    /// Rings in a turn.
    Alarm after(Duration delay, Runnable ring) {
        var alarmed = new RingOnce(ring);
        Alarm set = backend.timers().after(delay, () -> serial.run(alarmed));
        return () -> {
            alarmed.cancelled = true;
            set.cancel();
        };
    }

    /// An alarm that is cancelled in one turn does not ring in a later one.
    private static final class RingOnce implements Runnable {
        private final Runnable ring;
        private boolean cancelled;

        RingOnce(Runnable ring) {
            this.ring = ring;
        }

        @Override
        public void run() {
            if (!cancelled) {
                cancelled = true;
                ring.run();
            }
        }
    }

    void dropped() {
        dropped.increment();
    }

    // In turns.

    Refs refs() {
        return refs;
    }

    Duration backoff(int tries) {
        return ladder.delay(tries, ThreadLocalRandom.current().nextDouble());
    }

    void connect() {
        step(link.wish());
    }

    void disconnect() {
        linger.cancel();
        step(link.unwish());
    }

    /// A channel waits for a socket and a token.
    void want(Line line) {
        linger.cancel();
        wanting.add(line);
        if (link instanceof Link.Live) {
            ask();
        } else {
            step(link.wish());
        }
    }

    boolean transmit(Outgoing frame) {
        Socket open = socket;
        boolean taken = link instanceof Link.Live && open != null && wire.write(frame, open);
        if (taken) {
            sent.increment();
        }
        return taken;
    }

    Replies replies() {
        return replies;
    }

    void remove(Line line) {
        wanting.remove(line);
        lines.remove(line.topic, line);
        if (lines.isEmpty() && !closed) {
            linger.cancel();
            Duration delay = options.disconnectOnEmptyChannelsAfter();
            // Never within the step that removed the channel.
            if (delay.isZero()) {
                serial.run(this::unneeded);
            } else {
                linger = after(delay, this::unneeded);
            }
        }
    }

    private void unneeded() {
        if (lines.isEmpty()) {
            step(link.unwish());
        }
    }

    /// A future for the program: what it hangs on it never runs in a turn.
    <T> CompletableFuture<T> outside(CompletableFuture<T> inside) {
        if (inside.isDone()) {
            return inside;
        }
        var outside = new CompletableFuture<T>();
        var unused =
                inside.whenComplete(
                        (value, thrown) -> {
                            Runnable tell =
                                    () -> {
                                        if (thrown == null) {
                                            outside.complete(value);
                                        } else {
                                            outside.completeExceptionally(thrown);
                                        }
                                    };
                            try {
                                executor().execute(tell);
                            } catch (RejectedExecutionException closing) {
                                tell.run();
                            }
                        });
        var unusedToo =
                outside.whenComplete(
                        (value, thrown) -> {
                            if (outside.isCancelled()) {
                                inside.cancel(false);
                            }
                        });
        return outside;
    }

    private Moment now() {
        return new Moment(
                backend.timers().now(),
                backend.timers().nanos(),
                ThreadLocalRandom.current().nextDouble());
    }

    private void step(LinkStep step) {
        link = step.link();
        for (LinkEffect effect : step.effects()) {
            perform(effect);
        }
    }

    private void perform(LinkEffect effect) {
        if (effect instanceof LinkEffect.Dial dial) {
            dial(dial.socket());
        } else if (effect instanceof LinkEffect.Cut) {
            hangUp(Socket::cancel);
        } else if (effect instanceof LinkEffect.Goodbye) {
            hangUp(
                    open -> {
                        open.close(1000, "");
                        backend.timers().after(FAREWELL, open::cancel);
                    });
        } else if (effect instanceof LinkEffect.Ring ring) {
            ring(ring.delay());
        } else if (effect instanceof LinkEffect.Silence) {
            alarm.cancel();
        } else if (effect instanceof LinkEffect.Beat beat) {
            transmit(new Outgoing.Message(null, beat.ref(), "phoenix", "heartbeat", "{}"));
            ask();
        } else if (effect instanceof LinkEffect.Heartbeat heartbeat) {
            heartbeat(heartbeat);
        } else if (effect instanceof LinkEffect.Announce announced) {
            if (announced.event() instanceof ConnectionEvent.Reconnected) {
                reconnects.increment();
            }
            notices.announce(announced.event());
        } else if (effect instanceof LinkEffect.Ready) {
            ready();
        } else if (effect instanceof LinkEffect.Lost lost) {
            lost(lost.cause());
        }
    }

    private void ring(Duration delay) {
        alarm.cancel();
        alarm = after(delay, () -> step(link.rang(now(), rules, refs)));
    }

    private void hangUp(Consumer<Socket> how) {
        Socket open = socket;
        socket = null;
        if (open != null) {
            how.accept(open);
        }
    }

    private void heartbeat(LinkEffect.Heartbeat beat) {
        if (beat.roundTrip().isPresent()) {
            roundTrip = beat.roundTrip();
        }
        notices.heartbeat(beat);
    }

    private void dial(int number) {
        ring(rules.timeout());
        ask();
        HttpRequest address =
                HttpRequest.of("GET", "/realtime/v1/websocket").query("apikey", backend.key());
        for (Map.Entry<String, String> param : options.params().entrySet()) {
            address = address.query(param.getKey(), param.getValue());
        }
        var gone = new CompletableFuture<Void>();
        socketGone = gone;
        var events = new Events(number, gone);
        try {
            socket =
                    sockets.open(
                            address.query("vsn", options.vsn()).target(), rules.timeout(), events);
        } catch (RuntimeException e) {
            events.failed(new TransportException("no socket could be opened: " + e, null, e, true));
        }
    }

    private void lost(SupabaseException cause) {
        socket = null;
        fresh = null;
        for (Line line : lines.values()) {
            line.step(line.life().lost(cause));
            if (line.life() instanceof ChannelLife.Wanted) {
                wanting.add(line);
            }
        }
    }

    // Tokens: one is asked for at a time, on a thread of its own.

    /// Asks again for the access token.
    void ask() {
        if (asking) {
            return;
        }
        asking = true;
        try {
            executor().execute(this::askSource);
        } catch (RejectedExecutionException over) {
            asking = false;
        }
    }

    private void askSource() {
        try {
            String token = source.get();
            serial.run(
                    () -> {
                        asking = false;
                        fresh = token;
                        use(token);
                        ready();
                    });
        } catch (RuntimeException e) {
            SupabaseException reason =
                    e instanceof SupabaseException known
                            ? known
                            : new RealtimeException(
                                    "there is no access token: " + e.getClass().getName(),
                                    "NoToken",
                                    null,
                                    0,
                                    null,
                                    e);
            serial.run(() -> tokenless(reason));
        }
    }

    private void tokenless(SupabaseException reason) {
        asking = false;
        notices.report(errors -> errors.tokenRejected("", reason));
        if (link instanceof Link.Live) {
            List<Line> waiting = List.copyOf(wanting);
            wanting.clear();
            waiting.forEach(line -> line.step(line.life().noToken(reason)));
        }
    }

    /// From now on this token is used; channels that are in hear of another one.
    void use(String token) {
        if (token.equals(lastToken)) {
            return;
        }
        boolean first = lastToken == null;
        lastToken = token;
        if (!first) {
            notices.announce(new ConnectionEvent.TokenUpdated());
            lines.values().forEach(line -> line.step(line.life().token(token, refs)));
        }
    }

    /// Lets in who waits, once there is a socket and a token that was asked for since.
    private void ready() {
        if (wanting.isEmpty() || !(link instanceof Link.Live)) {
            return;
        }
        String token = fresh;
        if (token == null) {
            ask();
            return;
        }
        if (asking) {
            return;
        }
        fresh = null;
        List<Line> waiting = List.copyOf(wanting);
        wanting.clear();
        waiting.forEach(line -> line.step(line.life().go(token, refs)));
    }

    // Frames.

    private void frame(int number, Supplier<Incoming> read, int size) {
        if (!(link instanceof Link.Live live) || live.socket() != number) {
            return;
        }
        received.increment();
        bytes.add(size);
        try {
            frame(read.get());
        } catch (MalformedException e) {
            notices.protocolError(
                    "a frame of " + size + " characters is malformed: " + e.getMessage());
        } catch (StringIndexOutOfBoundsException e) {
            notices.protocolError("a frame of " + size + " characters ends too soon");
        } catch (dev.hearth.client.error.JsonMappingException e) {
            notices.protocolError("a frame of " + size + " characters holds no JSON");
        }
    }

    private void frame(Incoming frame) {
        @Nullable Line line = lines.get(frame.topic());
        if (line != null) {
            line.frame(frame);
            return;
        }
        if (frame.topic().equals("phoenix") && frame instanceof Incoming.Text reply) {
            boolean ok = Json.parse(reply.payload()).path("status").asText().equals("ok");
            step(link.heard(reply.ref(), ok, now()));
            return;
        }
        // What was on its way when a channel was left.
        boolean late =
                frame instanceof Incoming.Text text
                        && (text.event().equals("phx_close") || text.event().equals("phx_reply"));
        if (!late) {
            notices.protocolError("topic " + frame.topic() + " is none of this client's channels");
        }
    }

    /// What the reader of one socket brings.
    private final class Events implements SocketEvents {
        private final int number;
        private final CompletableFuture<Void> gone;

        Events(int number, CompletableFuture<Void> gone) {
            this.number = number;
            this.gone = gone;
        }

        @Override
        public void opened() {
            serial.run(() -> step(link.opened(number, now(), rules)));
        }

        @Override
        public void text(String text) {
            serial.run(() -> frame(number, () -> wire.read(text), text.length()));
        }

        @Override
        public void bytes(ByteBuffer frame) {
            serial.run(() -> frame(number, () -> wire.read(frame), frame.remaining()));
        }

        @Override
        public void closed(int code, String reason) {
            failed(
                    new RealtimeException(
                            "the server closed the socket with code "
                                    + code
                                    + (reason.isEmpty() ? "" : ": " + reason),
                            "SocketClosed",
                            null));
        }

        @Override
        public void failed(SupabaseException cause) {
            gone.complete(null);
            serial.run(() -> step(link.gone(number, cause, now(), rules)));
        }
    }

    /// Ends everything; completes when the socket is gone.
    CompletableFuture<Void> close() {
        closed = true;
        var over = new CompletableFuture<Void>();
        serial.run(
                () -> {
                    linger.cancel();
                    List.copyOf(lines.values()).forEach(line -> line.step(line.life().end()));
                    lines.clear();
                    wanting.clear();
                    Socket open = socket;
                    step(link.end());
                    var unused = socketGone.whenComplete((nothing, thrown) -> over.complete(null));
                    var unusedCut =
                            over.whenComplete(
                                    (nothing, thrown) -> {
                                        if (open != null) {
                                            open.cancel();
                                        }
                                    });
                });
        return over;
    }
}
