package dev.hearth.clients.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import static java.util.Objects.requireNonNull;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.SupabaseClientBuilder;
import dev.hearth.client.auth.AuthChangeEvent;
import dev.hearth.client.auth.AuthStateChange;
import dev.hearth.client.auth.SignOutReason;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.realtime.Channel;
import dev.hearth.client.realtime.ChannelState;
import dev.hearth.client.realtime.ConnectionEvent;
import dev.hearth.client.realtime.ErrorListener;
import dev.hearth.client.realtime.PostgresEvent;
import dev.hearth.client.realtime.RealtimeOptions;
import dev.hearth.clients.sdk.Relay.Fault;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Bad networks, bad clocks and slow programs, against the real server.
class FaultsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HEARTBEAT = Duration.ofMillis(500);
    private static final int CHANNELS = 1_000;

    @TempDir private static Path data;

    private static RunningHearth hearth;

    private Relay relay;

    @BeforeAll
    static void start() throws Exception {
        hearth =
                RunningHearth.start(
                        data, Map.of("MAX_CHANNELS_PER_CLIENT", String.valueOf(CHANNELS)));
    }

    @AfterAll
    static void stop() throws Exception {
        hearth.close();
    }

    @BeforeEach
    void network() throws Exception {
        relay = new Relay(hearth.port());
    }

    @AfterEach
    void noNetwork() {
        relay.close();
    }

    private SupabaseClient client(Consumer<RealtimeOptions.Builder> more) {
        return builder(more).build();
    }

    private SupabaseClientBuilder builder(Consumer<RealtimeOptions.Builder> more) {
        return SupabaseClient.builder(relay.url(), hearth.key())
                .timeout(Duration.ofSeconds(5))
                .realtime(
                        r ->
                                r.heartbeatInterval(HEARTBEAT)
                                        .reconnectAfter(tries -> Duration.ofMillis(50)))
                .realtime(more);
    }

    private record Note(long id, String body) {}

    @ParameterizedTest
    @EnumSource
    void showsEveryRowOnceAndInOrderWhateverTheNetworkDoes(Fault fault) throws Exception {
        try (var client = client(r -> {})) {
            var screen = new Screen(client, "open_rows");
            hearth.execute("truncate open_rows");
            screen.open(PATIENCE);

            for (int round = 0; round < 3; round++) {
                hearth.execute(
                        "insert into open_rows (body) select 'x' from generate_series(1, 20)");
                relay.strike(fault);
                hearth.execute(
                        "insert into open_rows (body) select 'y' from generate_series(1, 20)");
                awaitRecovery(client, fault, round + 1);
            }

            List<Long> stored = hearth.numbers("select id from open_rows order by id");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(screen.shown()).isEqualTo(stored));
        }
    }

    private static void awaitRecovery(SupabaseClient client, Fault fault, int reconnects) {
        if (fault != Fault.DELAY) {
            await().atMost(PATIENCE)
                    .until(() -> client.realtime().stats().reconnects() >= reconnects);
        }
    }

    @Test
    void aHalfOpenSocketIsNoticedByTheHeartbeat() {
        var events = new CopyOnWriteArrayList<ConnectionEvent>();
        try (var client = client(r -> r.listener(events::add))) {
            Channel channel = client.channel("half open").subscribe(PATIENCE);

            relay.strike(Fault.HALF_OPEN);

            await().atMost(PATIENCE)
                    .until(() -> events.contains(new ConnectionEvent.Resubscribed("half open")));
            assertThat(events)
                    .filteredOn(ConnectionEvent.Disconnected.class::isInstance)
                    .singleElement()
                    .extracting(event -> ((ConnectionEvent.Disconnected) event).cause())
                    .isInstanceOfSatisfying(
                            RealtimeException.class,
                            cause -> assertThat(cause.code()).contains("HeartbeatLost"));
            assertThat(channel.state()).isEqualTo(ChannelState.JOINED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void everyBroadcastComesOnceAndInOrderOverASlowNetwork(String version) {
        int messages = 500;
        try (var from = client(r -> r.vsn(version));
                var to = client(r -> r.vsn(version))) {
            var heard = new CopyOnWriteArrayList<Integer>();
            to.channel("slow")
                    .onBroadcast("n", Integer[].class, n -> heard.add(n.payload()[0]))
                    .subscribe(PATIENCE);
            Channel channel = from.channel("slow").subscribe(PATIENCE);
            relay.strike(Fault.DELAY);

            for (int n = 0; n < messages; n++) {
                var _ = channel.sendAsync("n", List.of(n));
            }

            await().atMost(PATIENCE).until(() -> heard.size() >= messages);
            assertThat(heard).isEqualTo(IntStream.range(0, messages).boxed().toList());
        }
    }

    @Test
    void aTokenThatRanOutDuringASleepIsRefreshedBeforeTheJoin() throws Exception {
        try (var timers = new ShiftedTimers(Duration.ZERO);
                var client = builder(r -> {}).timers(timers).build()) {
            client.auth().signInAnonymously();
            String before = client.auth().getSession().orElseThrow().refreshToken();
            var bodies = new CopyOnWriteArrayList<String>();
            var fetches = new AtomicInteger();
            client.channel("mine")
                    .onPostgresChanges(
                            PostgresEvent.INSERT,
                            f -> f.schema("public").table("notes"),
                            Note.class,
                            change -> bodies.add(requireNonNull(change.newRecord()).body()))
                    .onResync(fetches::incrementAndGet)
                    .subscribe(PATIENCE);

            timers.sleep(Duration.ofHours(9));

            await().atMost(PATIENCE).until(() -> fetches.get() == 1);
            client.from("notes").insert(Map.of("body", "after the sleep")).execute();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bodies).containsExactly("after the sleep"));
            assertThat(client.auth().getSession().orElseThrow().refreshToken())
                    .isNotEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-10, 10})
    void aClockThatIsTenMinutesWrongHarmsNothing(int minutes) {
        try (var timers = new ShiftedTimers(Duration.ofMinutes(minutes));
                var client = builder(r -> {}).timers(timers).build()) {
            client.auth().signInAnonymously();
            String token = client.auth().accessToken();
            Channel channel = client.channel("clock").subscribe(PATIENCE);

            client.from("notes").insert(Map.of("body", "in time")).execute();

            assertThat(client.from("notes").select("body").execute()).hasSize(1);
            assertThat(channel.state()).isEqualTo(ChannelState.JOINED);
            assertThat(client.auth().accessToken()).isEqualTo(token);
        }
    }

    @Test
    void aRefusedRefreshSignsOutWithItsReason() throws Exception {
        try (var client = client(r -> {})) {
            var changes = new CopyOnWriteArrayList<AuthStateChange>();
            client.auth().onAuthStateChangeWithReason(changes::add);
            UUID user = client.auth().signInAnonymously().user().orElseThrow().id();
            hearth.execute("delete from auth.sessions where user_id = '" + user + "'");

            assertThatThrownBy(() -> client.auth().refreshSession())
                    .isInstanceOf(AuthException.class);

            await().atMost(PATIENCE)
                    .until(() -> changes.getLast().event() == AuthChangeEvent.SIGNED_OUT);
            assertThat(changes.getLast().reason()).contains(SignOutReason.REFRESH_REFUSED);
            assertThat(client.auth().getSession()).isEmpty();
        }
    }

    @Test
    void whatASlowHandlerMissesIsCountedReportedAndFetched() throws Exception {
        int rows = 10_000;
        var reported = new AtomicLong();
        var errors =
                new ErrorListener() {
                    @Override
                    public void messageDropped(String topic, long count) {
                        reported.addAndGet(count);
                    }
                };
        try (var client = client(r -> r.errorListener(errors).heartbeatInterval(PATIENCE))) {
            var go = new CountDownLatch(1);
            hearth.execute("truncate open_rows");
            var screen = new Screen(client, "open_rows", () -> awaitQuietly(go));
            screen.open(PATIENCE);

            hearth.execute(
                    "insert into open_rows (body) select 'x' from generate_series(1, "
                            + rows
                            + ")");
            await().atMost(PATIENCE)
                    .until(() -> client.realtime().stats().framesReceived() >= rows);
            go.countDown();

            List<Long> stored = hearth.numbers("select id from open_rows order by id");
            await().atMost(PATIENCE).until(() -> screen.shown().size() >= rows);
            assertThat(screen.shown()).isEqualTo(stored);
            assertThat(screen.live()).isEqualTo(1);
            assertThat(screen.resyncs()).isEqualTo(1);
            assertThat(client.realtime().stats().dropped()).isEqualTo(rows - 1_001);
            await().atMost(PATIENCE).until(() -> reported.get() == rows - 1_001);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aThousandChannelsShareASocketAndComeBackWithIt() throws Exception {
        try (var client = client(r -> r.heartbeatInterval(PATIENCE).timeout(PATIENCE))) {
            var heard = new AtomicInteger();
            List<CompletableFuture<Channel>> joined =
                    IntStream.range(0, CHANNELS)
                            .mapToObj(
                                    n ->
                                            client.channel("many " + n)
                                                    .onBroadcast("hello", b -> heard.addAndGet(1))
                                                    .subscribeAsync(PATIENCE))
                            .toList();
            CompletableFuture.allOf(joined.toArray(CompletableFuture<?>[]::new))
                    .get(30, TimeUnit.SECONDS);
            assertThat(relay.connections()).isEqualTo(1);

            relay.strike(Fault.CUT);

            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    client.realtime().stats().reconnects() == 1
                                            && client.getChannels().stream()
                                                    .allMatch(FaultsTest::isIn));
            try (var other = client(r -> {})) {
                for (int n = 0; n < CHANNELS; n += 100) {
                    other.channel("many " + n).httpSend("hello", Map.of());
                }
            }
            await().atMost(PATIENCE).until(() -> heard.get() == CHANNELS / 100);
        }
    }

    private static boolean isIn(Channel channel) {
        return channel.state() == ChannelState.JOINED;
    }

    /// In which a client may be when it is closed.
    enum Stage {
        UNUSED {
            @Override
            void reach(FaultsTest test, SupabaseClient client) {}
        },
        DIALING {
            @Override
            void reach(FaultsTest test, SupabaseClient client) {
                test.relay.refuse(true);
                client.channel("c").subscribe();
                await().until(() -> test.relay.connections() > 0);
            }
        },
        JOINED {
            @Override
            void reach(FaultsTest test, SupabaseClient client) {
                client.channel("c").subscribe(PATIENCE);
            }
        },
        RECONNECTING {
            @Override
            void reach(FaultsTest test, SupabaseClient client) {
                client.channel("c").subscribe(PATIENCE);
                test.relay.refuse(true);
                test.relay.strike(Fault.CUT);
                await().until(() -> test.relay.connections() > 0);
            }
        },
        HALF_OPEN {
            @Override
            void reach(FaultsTest test, SupabaseClient client) {
                client.channel("c").subscribe(PATIENCE);
                test.relay.strike(Fault.HALF_OPEN);
            }
        },
        LEAVING {
            @Override
            void reach(FaultsTest test, SupabaseClient client) {
                Channel channel = client.channel("c").subscribe(PATIENCE);
                test.relay.strike(Fault.HALF_OPEN);
                var _ = channel.unsubscribeAsync();
            }
        },
        ASKING {
            @Override
            void reach(FaultsTest test, SupabaseClient client) {
                test.relay.refuse(true);
                var signIn = client.auth().signInAnonymouslyAsync();
                var query = client.from("open_rows").select().executeAsync();
                await().until(() -> test.relay.connections() > 0);
                assertThat(signIn.isDone() || query.isDone()).isFalse();
            }
        },
        SIGNED_IN {
            @Override
            void reach(FaultsTest test, SupabaseClient client) {
                client.auth().signInAnonymously();
                client.auth().startAutoRefresh();
            }
        },
        HANDLING {
            @Override
            void reach(FaultsTest test, SupabaseClient client) throws Exception {
                var inside = new CountDownLatch(1);
                Channel channel =
                        client.channel("c")
                                .onBroadcast(
                                        "x",
                                        b -> {
                                            inside.countDown();
                                            awaitQuietly(new CountDownLatch(1));
                                        })
                                .subscribe(PATIENCE);
                channel.httpSend("x", Map.of());
                assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
            }
        };

        abstract void reach(FaultsTest test, SupabaseClient client) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void closedInAnyStateItLeavesNoThreadAndNoSocket(Stage stage) throws Exception {
        // Platform threads, which can be counted.
        try (var client = builder(r -> {}).virtualThreads(false).build()) {
            stage.reach(this, client);
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> {
                            assertThat(threads()).isEmpty();
                            assertThat(relay.connections()).isZero();
                        });
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("hearth-client") || name.startsWith("OkHttp"))
                // OkHttp's own housekeeping, which all clients of a machine share.
                .filter(name -> !name.contains("TaskRunner"))
                .toList();
    }
}
