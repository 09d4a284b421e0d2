package dev.hearth.client.internal.http;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RequestCancelledException;
import dev.hearth.client.error.RequestInfo;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.internal.Cancellation;
import dev.hearth.client.time.SystemTimers;
import dev.hearth.client.time.Timers;

import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Sends requests through OkHttp. Safe for any thread; every call blocks.
///
/// A call that waits ends early by its timeout, by the future that was cancelled, by the end of the
/// client, and by an interrupt: at once on a virtual thread, with the next byte that moves on any
/// other, since that is how the sockets of Java are.
public final class Http {

    /// The most that is read into memory of one answer, unless said otherwise: 256 MB.
    public static final long MOST_IN_MEMORY = 256L << 20;

    private static final List<String> REQUEST_IDS =
            List.of("sb-request-id", "x-request-id", "cf-ray");

    private static final long DRAIN_LOOK_MILLIS = 10;

    private final Transport transport;
    private final HttpUrl server;
    private final Duration timeout;
    private final long mostInMemory;
    private final Timers timers;
    private final boolean ownTimers;
    private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> cuts = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean refusing;
    private volatile boolean closed;

    /// With the machine's clock and the usual limit.
    ///
    /// @param client the program's own, or null for one that this makes and ends
    /// @param server the address, such as `https://abc.supabase.co`; a path in it is kept
    /// @param timeout for a whole call that has none of its own; zero for none
    public Http(@Nullable OkHttpClient client, String server, Duration timeout) {
        this(client, server, timeout, MOST_IN_MEMORY, new SystemTimers(), true);
    }

    /// @param client the program's own, or null for one that this makes and ends
    /// @param server the address, such as `https://abc.supabase.co`; a path in it is kept
    /// @param timeout for a whole call that has none of its own; zero for none
    /// @param mostInMemory the most that is read into memory of one answer, in bytes
    /// @param timers for timeouts and pauses; closed by whoever made them
    public Http(
            @Nullable OkHttpClient client,
            String server,
            Duration timeout,
            long mostInMemory,
            Timers timers) {
        this(client, server, timeout, mostInMemory, timers, false);
    }

    private Http(
            @Nullable OkHttpClient client,
            String server,
            Duration timeout,
            long mostInMemory,
            Timers timers,
            boolean ownTimers) {
        this.server = HttpUrl.get(server);
        this.transport = new Transport(client, this.server);
        this.timeout = timeout;
        this.mostInMemory = mostInMemory;
        this.timers = timers;
        this.ownTimers = ownTimers;
    }

    /// Sends a request and reads the whole answer, whatever its status.
    ///
    /// @throws SupabaseException when there is none
    public HttpAnswer send(HttpRequest request) {
        HttpStream stream = open(request);
        try {
            return stream.whole();
        } catch (IOException e) {
            throw failure(e, request, stream.request());
        }
    }

    /// What went wrong while the body of an answer was read.
    ///
    /// @param sent the request as it was given to [#open]
    public SupabaseException failure(IOException cause, HttpRequest sent, RequestInfo info) {
        return cause.getCause() instanceof SupabaseException told
                ? told
                : Failures.of(cause, info, Phase.BODY);
    }

    /// Sends a request and gives the answer's head, with the body to be read; the timeout ends with
    /// the body.
    ///
    /// @throws SupabaseException when there is none
    public HttpStream open(HttpRequest request) {
        for (int number = 1; ; number++) {
            HttpRequest sent =
                    number == 1
                            ? request
                            : request.header("X-Retry-Count", Integer.toString(number - 1));
            RequestInfo info = info(request, number, Optional.empty());
            Optional<Duration> again;
            try {
                HttpStream answer = answer(sent, info);
                again = Retries.after(request, answer, number, allowed(request));
                if (again.isEmpty()) {
                    return answer;
                }
                answer.close();
            } catch (TransportException e) {
                again = Retries.after(request, e, number);
                if (again.isEmpty()) {
                    throw e;
                }
            } catch (IOException e) {
                throw Failures.of(e, info, Phase.BODY);
            }
            pause(again.orElseThrow(), info);
        }
    }

    private HttpStream answer(HttpRequest request, RequestInfo info) {
        var attempt =
                new Attempt(
                        transport.call(onTheWire(request), isRead(request), request.stalled()),
                        request.body(),
                        info,
                        allowed(request),
                        request.stalled().isPresent(),
                        this);
        begin(attempt);
        try {
            Response response = attempt.call().execute();
            attempt.answered(info(request, info.attempts(), requestId(response.headers())));
            return stream(response, attempt);
        } catch (IOException e) {
            attempt.over();
            throw attempt.failure(e);
        } catch (RuntimeException e) {
            attempt.over();
            throw e;
        }
    }

    private HttpStream stream(Response response, Attempt attempt) throws IOException {
        var stream =
                new HttpStream(
                        response.code(),
                        Transport.headers(response),
                        new AnswerBody(response.body().byteStream(), attempt),
                        attempt.request(),
                        attempt::cut,
                        mostInMemory);
        if (KeyRefusal.isPossible(response.code(), response.header("Content-Type"))) {
            byte[] start = response.peekBody(KeyRefusal.MOST_LOOKED_AT).bytes();
            try {
                KeyRefusal.throwIfRefused(stream, start);
            } catch (SupabaseException refused) {
                stream.close();
                throw refused;
            }
        }
        return stream;
    }

    private void begin(Attempt attempt) {
        attempts.add(attempt);
        // Looked at behind `add`, so that `close` either sees the attempt or is seen.
        if (refusing) {
            attempts.remove(attempt);
            throw new ClientClosedException();
        }
        if (Thread.currentThread().isInterrupted()) {
            attempts.remove(attempt);
            throw new RequestCancelledException(
                    "the thread was interrupted before the call began", attempt.request(), null);
        }
        attempt.begin(timers);
    }

    /// An attempt has ended.
    void over(Attempt attempt) {
        attempts.remove(attempt);
    }

    /// Something else that ends with the client, such as a socket.
    void cutAtTheEnd(Runnable cut) {
        cuts.add(cut);
        if (refusing) {
            cuts.remove(cut);
            throw new ClientClosedException();
        }
    }

    /// It has ended by itself.
    void ended(Runnable cut) {
        cuts.remove(cut);
    }

    private Request onTheWire(HttpRequest request) {
        var headers = new Headers.Builder();
        request.headers().forEach(field -> headers.addUnsafeNonAscii(field.name(), field.value()));
        return new Request.Builder()
                .url(HttpUrl.get(address() + request.target()))
                .headers(headers.build())
                .method(request.method(), Bodies.of(request))
                .build();
    }

    /// The server's address without a slash at its end.
    public String address() {
        String text = server.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static boolean isRead(HttpRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    /// For a whole call that has none of its own; zero for none.
    public Duration timeout() {
        return timeout;
    }

    /// What a request may take: for the whole, or of silence.
    public Duration allowed(HttpRequest request) {
        return request.stalled().or(request::timeout).orElse(timeout);
    }

    private RequestInfo info(HttpRequest request, int attempts, Optional<String> requestId) {
        return new RequestInfo(request.method(), address() + request.path(), attempts, requestId);
    }

    private static Optional<String> requestId(Headers headers) {
        return REQUEST_IDS.stream().flatMap(name -> headers.values(name).stream()).findFirst();
    }

    /// Waits until the delay is over, or something ends the call.
    private void pause(Duration delay, RequestInfo info) {
        var over = new CountDownLatch(1);
        Runnable wake = over::countDown;
        @Nullable Cancellation cancellation = Cancellation.current();
        cutAtTheEnd(wake);
        Timers.Alarm alarm = timers.after(delay, wake);
        if (cancellation != null) {
            cancellation.stopsBy(wake);
        }
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (closed) {
                throw new ClientClosedException();
            }
            throw new RequestCancelledException(
                    "the thread was interrupted while it waited to try again", info, e);
        } finally {
            alarm.cancel();
            ended(wake);
            if (cancellation != null) {
                cancellation.done();
            }
        }
        if (cancellation != null && cancellation.isCancelled()) {
            throw new RequestCancelledException(
                    "the call was cancelled while it waited to try again", info, null);
        }
    }

    Transport transport() {
        return transport;
    }

    Timers timers() {
        return timers;
    }

    /// Whether it takes new calls; it does not while it drains, nor once it is closed.
    public boolean isOpen() {
        return !refusing;
    }

    /// Whether what was under way has been cut.
    boolean isClosed() {
        return closed;
    }

    /// Takes no new calls, and waits for those under way.
    ///
    /// @param patience how long at most
    public void drain(Duration patience) {
        refusing = true;
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!attempts.isEmpty() && System.nanoTime() < end) {
                if (closing.await(DRAIN_LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends what is under way, whoever waits for it. A client that the program brought goes on for
    /// others.
    public void close() {
        refusing = true;
        closed = true;
        closing.countDown();
        attempts.forEach(Attempt::cut);
        cuts.forEach(Runnable::run);
        transport.close();
        if (ownTimers) {
            timers.close();
        }
    }
}
