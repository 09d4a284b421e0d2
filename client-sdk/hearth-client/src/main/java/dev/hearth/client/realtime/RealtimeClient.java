package dev.hearth.client.realtime;

import dev.hearth.client.internal.Backend;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Changes, broadcast and presence: one socket for all channels of a client, opened by the first
/// that subscribes. Safe for any thread.
///
/// ```java
/// Channel room = client.channel("room:1");
/// room.onBroadcast("message", Message.class, m -> show(m.payload()))
///         .subscribe((status, error) -> System.out.println(status));
/// ```
///
/// When the socket breaks it is opened again, after 1, 2, 5, then 10 s; channels join again, what
/// was tracked is tracked again, and [Channel#onResync] tells when to fetch what was missed: the
/// protocol cannot resume from a position, neither at our server nor elsewhere.
///
/// Any number of channels join, 100 at once and 500 in a second, since servers close the socket of
/// whoever joins faster. A join that is refused is tried again, less and less often.
///
/// What does not pass by itself, such as a wrong API key, is told to whoever waits in
/// [Channel#subscribe(java.time.Duration)] and to [ErrorListener#tokenRejected]. Unlike a browser's
/// page a service outlives the mistake, so it is tried again all the same, every minute.
public final class RealtimeClient implements AutoCloseable {

    private static final long FAREWELL_MILLIS = 1000;

    private final Backend backend;
    private final RealtimeOptions options;
    private final Loop loop;
    private final AtomicLong number = new AtomicLong();

    /// For the front class.
    @SuppressWarnings("exports")
    public RealtimeClient(Backend backend, RealtimeOptions options) {
        this.backend = backend;
        this.options = options;
        loop = new Loop(backend, options);
    }

    /// The channel of a topic with the usual options; see the other form.
    public Channel channel(String topic) {
        return channel(topic, ChannelOptions.defaults());
    }

    /// The channel of a topic: the one there is, with its own options, or a new one.
    ///
    /// @param topic any text of up to 240 bytes, such as `room:1`
    /// @throws IllegalArgumentException when the topic is empty or too long
    public Channel channel(String topic, ChannelOptions asked) {
        loop.requireOpen();
        if (topic.isEmpty() || Wire.utf8(topic).length > Channel.MAX_NAME) {
            throw new IllegalArgumentException(
                    "a topic has 1 to " + Channel.MAX_NAME + " bytes, not " + topic.length());
        }
        Line line =
                loop.lines()
                        .computeIfAbsent(
                                "realtime:" + topic,
                                name -> {
                                    var made =
                                            new Line(
                                                    topic, number.incrementAndGet(), loop, options);
                                    made.channel = new Channel(backend, options, loop, made, asked);
                                    return made;
                                });
        return line.channel();
    }

    /// The channels there are, oldest first.
    public List<Channel> getChannels() {
        return loop.lines().values().stream()
                .sorted(Comparator.comparingLong(line -> line.number))
                .map(Line::channel)
                .toList();
    }

    /// Leaves a channel and forgets it; waits until the server has answered.
    public SendResult removeChannel(Channel channel) {
        return channel.unsubscribe();
    }

    /// The same, without waiting.
    public CompletableFuture<SendResult> removeChannelAsync(Channel channel) {
        return channel.unsubscribeAsync();
    }

    /// Leaves all channels and closes the socket.
    public List<SendResult> removeAllChannels() {
        return loop.turns().await(removeAllChannelsAsync());
    }

    /// The same, without waiting.
    public CompletableFuture<List<SendResult>> removeAllChannelsAsync() {
        List<CompletableFuture<SendResult>> left =
                getChannels().stream().map(Channel::unsubscribeAsync).toList();
        return CompletableFuture.allOf(left.toArray(CompletableFuture<?>[]::new))
                .thenCompose(nothing -> disconnected())
                .thenApply(nothing -> left.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<Void> disconnected() {
        var closed = new CompletableFuture<Void>();
        loop.turns()
                .run(
                        () -> {
                            loop.disconnect();
                            closed.complete(null);
                        });
        return loop.turns().outside(closed);
    }

    /// Opens the socket, if it is not open. Nobody has to: the first subscription does. It does not
    /// wait; [ConnectionListener] tells. A pause between two tries goes on; [#disconnect] before it
    /// ends it.
    public void connect() {
        loop.requireOpen();
        loop.turns().run(loop::connect);
    }

    /// Closes the socket; it stays closed until somebody subscribes or connects. Channels that are
    /// in hear `CHANNEL_ERROR`, and join again with the next socket.
    public void disconnect() {
        loop.turns().run(loop::disconnect);
    }

    /// Where the socket stands.
    public ConnectionState connectionState() {
        return loop.state();
    }

    /// Uses another access token from now on: every channel that is in hears of it. The source of
    /// tokens is asked again before the next join and at the next heartbeat.
    public void setAuth(String token) {
        loop.requireOpen();
        loop.turns().run(() -> loop.tokens().use(token));
    }

    /// Asks the source of tokens, now.
    public void setAuth() {
        loop.requireOpen();
        loop.turns().run(loop.tokens()::ask);
    }

    /// Hears of heartbeats from now on, on the client's executor.
    public void onHeartbeat(HeartbeatListener listener) {
        loop.requireOpen();
        loop.notices().heartbeats.add(listener);
    }

    /// Figures since the client was made.
    public RealtimeStats stats() {
        return loop.stats();
    }

    /// Ends everything: channels hear `CLOSED`, whoever waits hears
    /// [dev.hearth.client.error.ClientClosedException], the socket is closed. Waits up to a second
    /// for the server's goodbye. A second time it does nothing.
    @Override
    public void close() {
        if (loop.isClosed()) {
            return;
        }
        CompletableFuture<Void> over = loop.close();
        try {
            over.get(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unanswered) {
            // The socket is cut below.
        }
        over.complete(null);
    }

    /// For tests, which wait for turns.
    Loop loop() {
        return loop;
    }
}
