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
import dev.hearth.client.time.Timers.Alarm;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The client at work: takes what happens to the socket, the alarms and the program's calls turn by
/// turn, asks [Link] and [ChannelLife] what follows, and does it. All but what says otherwise is
/// done in turns.
final class Loop {

    /// What may wait to be sent, and the largest message: twice as much and OkHttp closes the
    /// socket.
    static final long OUTBOX_BYTES = 8L << 20;

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Backend backend;
    private final RealtimeOptions options;
    private final Rules rules;
    private final Sockets sockets;
    private final Wire wire;
    private final Ladder ladder = new Ladder(null);
    private final Refs refs = new Refs();
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final Traffic traffic = new Traffic();
    private final Turns turns;
    private final Notices notices;
    private final Replies replies;
    private final Router router;
    private final Tokens tokens;
    private final Joins joins;

    private volatile Link link = new Link.Resting(0);
    private volatile boolean closed;
    private @Nullable Socket socket;
    private CompletableFuture<Void> socketGone = CompletableFuture.completedFuture(null);
    private Alarm alarm = () -> {};
    private Alarm linger = () -> {};

    Loop(Backend backend, RealtimeOptions options) {
        this.backend = backend;
        this.options = options;
        rules = Rules.of(options);
        sockets = new Sockets(backend.http());
        wire = Wire.of(options.vsn());
        turns = new Turns(backend);
        notices = new Notices(turns, options);
        replies = new Replies(turns);
        router = new Router(lines, notices, (ref, ok) -> step(link.heard(ref, ok, now())));
        @Nullable Supplier<String> own = options.accessToken();
        tokens = new Tokens(own == null ? backend.token() : own, turns, new TokenNews());
        joins = new Joins(turns, backend.timers());
    }

    // Any thread.

    Turns turns() {
        return turns;
    }

    Map<String, Line> lines() {
        return lines;
    }

    Notices notices() {
        return notices;
    }

    Traffic traffic() {
        return traffic;
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
        return traffic.stats(lines.values(), notices.protocolErrors());
    }

    // In turns.

    Refs refs() {
        return refs;
    }

    Replies replies() {
        return replies;
    }

    Tokens tokens() {
        return tokens;
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
        joins.add(line);
        if (link instanceof Link.Live) {
            tokens.ask();
        } else if (link instanceof Link.Pausing pausing) {
            line.step(line.life().lost(pausing.cause()));
        } else {
            step(link.wish());
        }
    }

    /// Whether there is room for a message of that many bytes among those that wait to be sent.
    boolean hasRoomFor(long bytes) {
        Socket open = socket;
        return open == null || open.queued() + bytes <= OUTBOX_BYTES;
    }

    boolean transmit(Outgoing frame) {
        Socket open = socket;
        boolean taken = link instanceof Link.Live && open != null && wire.write(frame, open);
        if (taken) {
            traffic.sent();
        }
        return taken;
    }

    /// Whether the topic is this channel's: of two, the first that subscribes has it.
    boolean admit(Line line) {
        @Nullable Line other = lines.putIfAbsent(line.topic, line);
        return other == null || other == line;
    }

    void remove(Line line) {
        joins.remove(line);
        lines.remove(line.topic, line);
        if (lines.isEmpty() && !closed) {
            linger.cancel();
            Duration delay = options.disconnectOnEmptyChannelsAfter();
            // Never within the step that removed the channel.
            if (delay.isZero()) {
                turns.run(this::unneeded);
            } else {
                linger = turns.after(delay, this::unneeded);
            }
        }
    }

    private void unneeded() {
        if (lines.isEmpty()) {
            step(link.unwish());
        }
    }

    /// Lets in who waits, once there is a socket and a token that was asked for since.
    private void letIn() {
        if (joins.isEmpty() || !(link instanceof Link.Live) || !joins.mayGo(this::letIn)) {
            return;
        }
        Optional<String> token = tokens.take();
        if (token.isPresent()) {
            for (Line line : joins.take()) {
                line.step(line.life().go(token.get(), refs));
            }
            letIn();
        }
    }

    private final class TokenNews implements Tokens.Hears {
        @Override
        public void answered() {
            letIn();
        }

        @Override
        public void changed(String token) {
            notices.announce(new ConnectionEvent.TokenUpdated());
            lines.values().forEach(line -> line.step(line.life().token(token, refs)));
        }

        @Override
        public void none(SupabaseException reason) {
            notices.report(errors -> errors.tokenRejected("", reason));
            if (link instanceof Link.Live) {
                joins.takeAll().forEach(line -> line.step(line.life().noToken(reason)));
            }
        }
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
            transmit(Outgoing.heartbeat(beat.ref()));
            tokens.ask();
        } else if (effect instanceof LinkEffect.Heartbeat heartbeat) {
            heartbeat(heartbeat);
        } else if (effect instanceof LinkEffect.Announce announced) {
            if (announced.event() instanceof ConnectionEvent.Reconnected) {
                traffic.reconnected();
            }
            notices.announce(announced.event());
        } else if (effect instanceof LinkEffect.Ready) {
            letIn();
        } else if (effect instanceof LinkEffect.Lost lost) {
            lost(lost.cause());
        } else if (effect instanceof LinkEffect.KeyRefused refused) {
            notices.report(errors -> errors.tokenRejected("", refused.cause()));
        }
    }

    private void ring(Duration delay) {
        alarm.cancel();
        alarm = turns.after(delay, () -> step(link.rang(now(), rules, refs)));
    }

    private void hangUp(Consumer<Socket> how) {
        Socket open = socket;
        socket = null;
        if (open != null) {
            how.accept(open);
        }
    }

    private void heartbeat(LinkEffect.Heartbeat beat) {
        beat.roundTrip().ifPresent(traffic::roundTrip);
        notices.heartbeat(beat);
    }

    private void dial(int number) {
        ring(rules.timeout());
        tokens.ask();
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
        tokens.forget();
        for (Line line : lines.values()) {
            line.step(line.life().lost(cause));
            if (line.life() instanceof Wanted) {
                joins.add(line);
            }
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
            turns.run(() -> step(link.opened(number, now(), rules)));
        }

        @Override
        public void text(String text) {
            turns.run(() -> frame(() -> wire.read(text), text.length()));
        }

        @Override
        public void bytes(ByteBuffer frame) {
            turns.run(() -> frame(() -> wire.read(frame), frame.remaining()));
        }

        private void frame(Supplier<Incoming> read, int size) {
            if (link instanceof Link.Live live && live.socket() == number) {
                traffic.received(size);
                router.route(read, size);
            }
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
            turns.run(() -> step(link.gone(number, cause, now(), rules)));
        }
    }

    /// Ends everything; completes when the socket is gone.
    CompletableFuture<Void> close() {
        closed = true;
        turns.end();
        var over = new CompletableFuture<Void>();
        turns.run(
                () -> {
                    linger.cancel();
                    List.copyOf(lines.values()).forEach(line -> line.step(line.life().end()));
                    lines.clear();
                    joins.clear();
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
