package dev.hearth.client.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.SystemTimers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Files that nobody could hold in memory, through a server that counts. All that a transfer
/// allocates it allocates on the caller's thread, so its allocations are the proof.
@Timeout(60)
class LargeFilesTest {

    private static final long SIZE = 300L * 1024 * 1024;
    private static final long FEW = 16L * 1024 * 1024;

    private static final int PART = 64 * 1024;

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private CountDownLatch holding = new CountDownLatch(0);
    private HttpServer server;
    private Backend backend;
    private StorageFileApi files;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/storage/v1/object/av/", this::answer);
        server.start();
        backend =
                new Backend(
                        new Http(
                                null,
                                "http://127.0.0.1:" + server.getAddress().getPort(),
                                Duration.ofMillis(500)),
                        new Json(null),
                        Tasks.own(true),
                        new SystemTimers(),
                        "key",
                        () -> "token",
                        Map.of());
        files = new StorageClient(backend).from("av");
    }

    @AfterEach
    void stop() {
        backend.http().close();
        backend.tasks().close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] chunk = new byte[64 * 1024];
        try (exchange) {
            if (exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(200, SIZE);
                OutputStream body = exchange.getResponseBody();
                while (sent.get() < SIZE) {
                    body.write(chunk);
                    sent.addAndGet(chunk.length);
                }
                return;
            }
            if (!holding.await(30, TimeUnit.SECONDS)) {
                return;
            }
            InputStream body = exchange.getRequestBody();
            for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
                received.addAndGet(count);
            }
            byte[] json = "{\"Key\":\"av/a\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
        } catch (IOException e) {
            broken.set(true);
            throw e;
        } catch (InterruptedException atTheEnd) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void sendsAStreamOfKnownLengthWithLittleMemory() {
        long before = allocated();
        files.upload("a", zeros(SIZE), UploadOptions.defaults().length(SIZE));
        assertThat(allocated() - before).isLessThan(FEW);
        assertThat(received).hasValue(SIZE);
    }

    @Test
    void sendsAStreamOfUnknownLengthWithLittleMemory() {
        long before = allocated();
        files.upload("a", zeros(SIZE), UploadOptions.defaults());
        assertThat(allocated() - before).isLessThan(FEW);
        assertThat(received).hasValue(SIZE);
    }

    /// It publishes on the caller's thread, so its allocations are counted too; the buffer is one.
    @Test
    void sendsAPublisherWithLittleMemoryAndLittleDemand() {
        var most = new AtomicLong();
        long before = allocated();
        files.upload("a", subscriber -> zeros(subscriber, most), UploadOptions.defaults());
        assertThat(allocated() - before).isLessThan(FEW);
        assertThat(received).hasValue(SIZE);
        assertThat(most).hasValueLessThanOrEqualTo(PublishedBytes.MOST_BUFFERS);
    }

    private static void zeros(Flow.Subscriber<? super ByteBuffer> subscriber, AtomicLong most) {
        ByteBuffer buffer = ByteBuffer.allocate(PART);
        subscriber.onSubscribe(
                new Flow.Subscription() {
                    private long left = SIZE / buffer.capacity();
                    private long wanted;
                    private boolean giving;

                    @Override
                    public void request(long count) {
                        wanted += count;
                        most.accumulateAndGet(wanted, Math::max);
                        if (giving) {
                            return;
                        }
                        giving = true;
                        for (; wanted > 0 && left > 0; left--) {
                            wanted--;
                            subscriber.onNext(buffer);
                        }
                        giving = false;
                        if (left == 0) {
                            subscriber.onComplete();
                        }
                    }

                    @Override
                    public void cancel() {
                        left = -1;
                    }
                });
    }

    /// Beyond what the sockets hold, nothing is asked for that the server has not taken.
    @Test
    void aPublisherWaitsForAServerThatDoesNotRead() {
        holding = new CountDownLatch(1);
        var asked = new AtomicLong();
        var cancelled = new AtomicBoolean();
        CompletableFuture<Uploaded> upload =
                files.uploadAsync(
                        "a",
                        subscriber -> endless(subscriber, asked, cancelled),
                        UploadOptions.defaults().silence(Duration.ofSeconds(30)));
        var before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(200))
                .until(() -> asked.get() > 0 && before.getAndSet(asked.get()) == asked.get());
        assertThat(asked.get() * PART).isLessThan(SIZE / 2);
        upload.cancel(true);
        await().untilTrue(cancelled);
    }

    private static void endless(
            Flow.Subscriber<? super ByteBuffer> subscriber,
            AtomicLong asked,
            AtomicBoolean cancelled) {
        ByteBuffer part = ByteBuffer.allocate(PART);
        subscriber.onSubscribe(
                new Flow.Subscription() {
                    @Override
                    public void request(long count) {
                        asked.addAndGet(count);
                        for (long i = 0; i < count && !cancelled.get(); i++) {
                            subscriber.onNext(part);
                        }
                    }

                    @Override
                    public void cancel() {
                        cancelled.set(true);
                    }
                });
    }

    @Test
    void fetchesAStreamWithLittleMemory() throws IOException {
        long before = allocated();
        long count = 0;
        byte[] chunk = new byte[64 * 1024];
        try (InputStream stream = files.downloadStream("a")) {
            for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
                count += read;
            }
        }
        assertThat(allocated() - before).isLessThan(FEW);
        assertThat(count).isEqualTo(SIZE);
    }

    @Test
    void stopsSendingWhenTheCallIsCancelled() {
        CompletableFuture<Uploaded> upload =
                files.uploadAsync("a", zeros(Long.MAX_VALUE), UploadOptions.defaults());
        await().until(() -> received.get() > 0);
        upload.cancel(true);
        await().untilTrue(broken);
        assertThatThrownBy(upload::join)
                .isInstanceOf(java.util.concurrent.CancellationException.class);
    }

    @Test
    void stopsFetchingWhenTheStreamIsClosed() {
        CompletableFuture<InputStream> download = files.downloadStreamAsync("a");
        var reading =
                CompletableFuture.supplyAsync(
                        () -> {
                            try (InputStream stream = download.join()) {
                                return stream.read();
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        assertThat(reading).succeedsWithin(Duration.ofSeconds(5));
        await().untilTrue(broken);
    }

    @Test
    void stopsFetchingWhenTheCallIsCancelled() {
        CompletableFuture<byte[]> download = files.downloadAsync("a");
        await().until(() -> sent.get() > 0);
        download.cancel(true);
        await().untilTrue(broken);
    }

    @Test
    void namesTheEndOfTheClientInTheMiddleOfAFile() throws IOException {
        try (InputStream stream = files.downloadStream("a")) {
            assertThat(stream.read()).isZero();
            backend.http().close();
            assertThatThrownBy(stream::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(dev.hearth.client.error.ClientClosedException.class);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static InputStream zeros(long count) {
        return new InputStream() {
            private long left = count;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int some = (int) Math.min(left, length);
                left -= some;
                return some;
            }
        };
    }
}
