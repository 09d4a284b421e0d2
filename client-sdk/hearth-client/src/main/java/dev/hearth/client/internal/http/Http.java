package dev.hearth.client.internal.http;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RequestCancelledException;
import dev.hearth.client.error.RequestInfo;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.internal.Cancellation;

import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Sends requests through OkHttp. Safe for any thread; every call blocks.
public final class Http {

    private static final List<String> REQUEST_IDS =
            List.of("sb-request-id", "x-request-id", "cf-ray");

    private final OkHttpClient client;
    private final HttpUrl server;
    private final Duration timeout;
    private final boolean own;
    // Those of this client whose answers are not read yet: OkHttp forgets a call once its head
    // came.
    private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param client the program's own, or null for one that this makes and ends
    /// @param server the address, such as `https://abc.supabase.co`; a path in it is kept
    /// @param timeout for a whole call that has none of its own
    public Http(@Nullable OkHttpClient client, String server, Duration timeout) {
        this.own = client == null;
        this.client =
                (client == null ? new OkHttpClient() : client)
                        .newBuilder()
                        .callTimeout(Duration.ZERO)
                        .readTimeout(Duration.ZERO)
                        .writeTimeout(Duration.ZERO)
                        .build();
        this.server = HttpUrl.get(server);
        this.timeout = timeout;
    }

    /// Sends a request and reads the whole answer, whatever its status.
    ///
    /// @throws dev.hearth.client.error.SupabaseException when there is none
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
        @Nullable Cancellation cancellation = Cancellation.current();
        return cancellation != null && cancellation.isCancelled()
                ? new RequestCancelledException("the call was cancelled", info, cause)
                : Failures.of(cause, info, allowed(sent), closed);
    }

    /// Sends a request and gives the answer's head, with the body to be read; the timeout ends with
    /// the body.
    ///
    /// @throws dev.hearth.client.error.SupabaseException when there is none
    public HttpStream open(HttpRequest request) {
        for (int attempt = 1; ; attempt++) {
            HttpRequest sent =
                    attempt == 1
                            ? request
                            : request.header("X-Retry-Count", Integer.toString(attempt - 1));
            RequestInfo info = info(request, attempt, Optional.empty());
            try {
                HttpStream answer = attempt(sent, info);
                Optional<Duration> again = Retries.after(request, answer, attempt);
                if (again.isEmpty()) {
                    return answer;
                }
                answer.close();
                pause(again.get(), info);
            } catch (IOException e) {
                Optional<Duration> again =
                        closed ? Optional.empty() : Retries.after(request, attempt);
                if (again.isEmpty()) {
                    throw Failures.of(e, info, allowed(request), closed);
                }
                pause(again.get(), info);
            }
        }
    }

    /// The body of an answer for the program: its trouble is told in the SDK's words.
    public InputStream bytes(HttpStream answer, HttpRequest sent) {
        return new Arriving(answer.body(), e -> failure(e, sent, answer.request()));
    }

    private HttpStream attempt(HttpRequest request, RequestInfo info) throws IOException {
        if (closed) {
            throw new ClientClosedException();
        }
        Call call = call(request);
        underWay.add(call);
        if (closed) {
            call.cancel();
        }
        @Nullable Cancellation cancellation = Cancellation.current();
        if (cancellation != null) {
            cancellation.stopsBy(call::cancel);
        }
        boolean answered = false;
        try {
            Response response = call.execute();
            answered = true;
            Map<String, List<String>> headers = response.headers().toMultimap();
            return new HttpStream(
                    response.code(),
                    headers,
                    new Ending(
                            response.body().byteStream(),
                            response,
                            cancellation,
                            () -> underWay.remove(call)),
                    info(request, info.attempts(), requestId(response.headers())),
                    call::cancel);
        } catch (IOException e) {
            if (cancellation != null && cancellation.isCancelled()) {
                throw new RequestCancelledException("the call was cancelled", info, e);
            }
            throw e;
        } finally {
            if (!answered) {
                underWay.remove(call);
            }
        }
    }

    private Call call(HttpRequest request) {
        if (request.stalled().isEmpty()) {
            Call call = client.newCall(onTheWire(request));
            call.timeout().timeout(allowed(request).toNanos(), TimeUnit.NANOSECONDS);
            return call;
        }
        Duration longest = request.stalled().get();
        return client.newBuilder()
                .readTimeout(longest)
                .writeTimeout(longest)
                .build()
                .newCall(onTheWire(request));
    }

    private Request onTheWire(HttpRequest request) {
        var headers = new Headers.Builder();
        request.headers().forEach(field -> headers.addUnsafeNonAscii(field.name(), field.value()));
        return new Request.Builder()
                .url(url(request))
                .headers(headers.build())
                .method(request.method(), Bodies.of(request))
                .build();
    }

    private HttpUrl url(HttpRequest request) {
        return HttpUrl.get(address() + request.target());
    }

    /// The server's address without a slash at its end.
    public String address() {
        String text = server.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
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

    private static void pause(Duration delay, RequestInfo info) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestCancelledException("the call was cancelled while it waited", info, e);
        }
    }

    /// The client of OkHttp, for sockets.
    OkHttpClient okHttp() {
        return client;
    }

    /// Ends what is under way. A client that the program brought goes on for others.
    public void close() {
        closed = true;
        underWay.forEach(Call::cancel);
        if (own) {
            client.dispatcher().cancelAll();
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    /// Tells the cancellation that the answer has been read.
    private static final class Ending extends FilterInputStream {
        private final Response response;
        private final @Nullable Cancellation cancellation;
        private final Runnable over;

        Ending(
                InputStream body,
                Response response,
                @Nullable Cancellation cancellation,
                Runnable over) {
            super(body);
            this.over = over;
            this.response = response;
            this.cancellation = cancellation;
        }

        @Override
        public void close() throws IOException {
            over.run();
            if (cancellation != null) {
                cancellation.done();
            }
            response.close();
        }
    }
}
