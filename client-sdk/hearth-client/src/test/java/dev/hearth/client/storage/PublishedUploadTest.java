package dev.hearth.client.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RequestTimeoutException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.RecordingServer;
import dev.hearth.client.internal.Tasks;
import dev.hearth.client.internal.http.Http;
import dev.hearth.client.internal.json.Json;
import dev.hearth.client.time.HandMovedTimers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/// Files from publishers, whose every step is in the test's hands.
@Timeout(30)
class PublishedUploadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final UploadOptions PLAIN = UploadOptions.defaults();

    private final RecordingServer server = new RecordingServer();
    private final HandMovedTimers timers = new HandMovedTimers();
    private final Backend backend =
            new Backend(
                    new Http(null, server.address(), PATIENCE, Http.MOST_IN_MEMORY, timers),
                    new Json(null),
                    Tasks.own(true),
                    timers,
                    "key",
                    () -> "token",
                    Map.of());
    private final StorageFileApi files = new StorageClient(backend).from("av");
    private final Scripted publisher = new Scripted();

    @AfterEach
    void close() {
        backend.http().close();
        backend.tasks().close();
        server.close();
    }

    /// Publishes what the test says, and counts what it is asked for.
    private static final class Scripted implements Flow.Publisher<ByteBuffer>, Flow.Subscription {

        private volatile Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
        private volatile boolean cancelled;
        private long asked;

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
            subscriber = reader;
            reader.onSubscribe(this);
        }

        @Override
        public synchronized void request(long count) {
            asked += count;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        synchronized long asked() {
            return asked;
        }

        Flow.Subscriber<? super ByteBuffer> reader() {
            await().until(() -> subscriber != null);
            Flow.Subscriber<? super ByteBuffer> reader = subscriber;
            if (reader == null) {
                throw new AssertionError("nobody subscribed");
            }
            return reader;
        }

        void give(String text) {
            reader().onNext(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private RecordingServer answered() {
        return server.answers("{\"Key\":\"av/a\",\"Id\":\"1\"}");
    }

    @Test
    void sendsWhatIsPublishedInChunks() {
        answered();
        CompletableFuture<Uploaded> upload = files.uploadAsync("a.png", publisher, PLAIN);
        publisher.give("one ");
        publisher.give("");
        publisher.give("two");
        publisher.reader().onComplete();

        assertThat(upload.join().fullPath()).isEqualTo("av/a");
        var asked = server.takeRaw();
        assertThat(asked.getTarget()).isEqualTo("/storage/v1/object/av/a.png");
        assertThat(asked.getHeaders().get("transfer-encoding")).isEqualTo("chunked");
        assertThat(asked.getHeaders().get("content-type")).isEqualTo("image/png");
        assertThat(asked.getBody().utf8()).isEqualTo("one two");
    }

    @Test
    void sendsAKnownLengthAtOnce() {
        answered();
        CompletableFuture<Uploaded> upload = files.updateAsync("a", publisher, PLAIN.length(2));
        publisher.give("hi");
        publisher.reader().onComplete();
        upload.join();

        var asked = server.takeRaw();
        assertThat(asked.getMethod()).isEqualTo("PUT");
        assertThat(asked.getHeaders().get("content-length")).isEqualTo("2");
    }

    @Test
    void sendsWithSomebodysLeave() {
        answered();
        CompletableFuture<Uploaded> upload =
                files.uploadToSignedUrlAsync("a", "T", publisher, PLAIN);
        publisher.give("hi");
        publisher.reader().onComplete();
        upload.join();

        assertThat(server.take().line())
                .isEqualTo("PUT /storage/v1/object/upload/sign/av/a?token=T");
    }

    @Test
    void takesWhatTheJdkPublishes() {
        answered();
        try (var jdk = new SubmissionPublisher<ByteBuffer>()) {
            CompletableFuture<Uploaded> upload = files.uploadAsync("a", jdk, PLAIN);
            await().until(jdk::hasSubscribers);
            for (String some : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
                jdk.submit(ByteBuffer.wrap(some.getBytes(StandardCharsets.UTF_8)));
            }
            jdk.close();
            upload.join();
        }
        assertThat(server.take().body()).isEqualTo("abcdefgh");
    }

    @Test
    void asksForOneMoreForEachThatWasRead() {
        CompletableFuture<Uploaded> upload = files.uploadAsync("a", publisher, PLAIN);
        publisher.reader();
        await().until(() -> publisher.asked() == PublishedBytes.MOST_BUFFERS);
        publisher.give("x");
        publisher.give("y");

        await().until(() -> publisher.asked() == PublishedBytes.MOST_BUFFERS + 2);
        upload.cancel(true);
    }

    @Test
    void isNotSubscribedToWhenTheServerIsNotThere() {
        server.close();

        assertThatThrownBy(() -> files.upload("a", publisher, PLAIN))
                .isInstanceOf(TransportException.class);
        assertThat(publisher.subscriber).isNull();
    }

    @Test
    void namesThePublishersOwnFailure() {
        CompletableFuture<Uploaded> upload = files.uploadAsync("a", publisher, PLAIN);
        publisher.give("x");
        publisher.reader().onError(new IllegalStateException("the tape tore"));

        assertThatThrownBy(upload::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("the publisher failed")
                .hasMessageContaining("the tape tore")
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(server.count()).isLessThanOrEqualTo(1);
    }

    @Test
    void namesAPublisherThatCannotBeSubscribedTo() {
        Flow.Publisher<ByteBuffer> broken =
                reader -> {
                    throw new IllegalStateException("no tape");
                };

        assertThatThrownBy(() -> files.upload("a", broken, PLAIN))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("no tape");
    }

    @Test
    void namesAPublisherThatGivesMoreThanItWasAskedFor() {
        Flow.Publisher<ByteBuffer> flooding =
                reader -> {
                    publisher.subscribe(reader);
                    for (int i = 0; i <= PublishedBytes.MOST_BUFFERS; i++) {
                        publisher.give("x");
                    }
                };

        assertThatThrownBy(() -> files.upload("a", flooding, PLAIN))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("more than it was asked for");
        assertThat(publisher.cancelled).isTrue();
    }

    @Test
    void namesAPublisherThatGivesLessThanSaid() {
        CompletableFuture<Uploaded> upload = files.uploadAsync("a", publisher, PLAIN.length(3));
        publisher.give("hi");
        publisher.reader().onComplete();

        assertThatThrownBy(upload::join).hasMessageContaining("said to have 3 bytes and has 2");
    }

    @Test
    void cancelsAPublisherThatGivesMoreThanSaid() {
        CompletableFuture<Uploaded> upload = files.uploadAsync("a", publisher, PLAIN.length(1));
        publisher.give("hi");

        assertThatThrownBy(upload::join).hasMessageContaining("said to have 1 bytes and has more");
        await().until(() -> publisher.cancelled);
    }

    @Test
    void cancellingTheCallCancelsThePublisherThatItWaitsFor() {
        CompletableFuture<Uploaded> upload = files.uploadAsync("a", publisher, PLAIN);
        publisher.give("x");
        upload.cancel(true);

        await().until(() -> publisher.cancelled);
        assertThatThrownBy(upload::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void theEndOfTheClientCancelsThePublisherThatItWaitsFor() {
        CompletableFuture<Uploaded> upload = files.uploadAsync("a", publisher, PLAIN);
        publisher.give("x");
        backend.http().close();

        assertThatThrownBy(upload::join).cause().isInstanceOf(ClientClosedException.class);
        assertThat(publisher.cancelled).isTrue();
    }

    @Test
    void aPublisherThatFallsSilentEndsTheCall() {
        CompletableFuture<Uploaded> upload = files.uploadAsync("a", publisher, PLAIN);
        publisher.give("x");
        await().until(() -> timers.waiting().contains(PATIENCE));
        timers.pass(PATIENCE);

        assertThatThrownBy(upload::join)
                .cause()
                .isInstanceOf(RequestTimeoutException.class)
                .hasMessageContaining("the publisher gave nothing to send within 20000 ms");
        assertThat(publisher.cancelled).isTrue();
    }

    @Test
    void leavesNoAlarmAndCancelsNothingAfterAGoodEnd() {
        answered();
        CompletableFuture<Uploaded> upload = files.uploadAsync("a", publisher, PLAIN);
        publisher.give("x");
        publisher.reader().onComplete();
        upload.join();

        assertThat(timers.waiting()).isEmpty();
        assertThat(publisher.cancelled).isFalse();
    }
}
