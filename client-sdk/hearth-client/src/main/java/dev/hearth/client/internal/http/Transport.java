package dev.hearth.client.internal.http;

import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// OkHttp, set up. Safe for any thread.
///
/// The program's own client keeps its connections, its interceptors and whatever else it was given;
/// only the timeouts of reading and writing are ours, since every call has one for the whole, and
/// the threads that read sockets.
final class Transport {

    /// Where `Retry-After` hides from OkHttp, which would send a request again by itself, and
    /// uncounted, when that says 0.
    private static final String RETRY_AFTER = "x-hearth-retry-after";

    private static final List<String> FOR_THE_SERVER_ONLY =
            List.of("apikey", "Authorization", "traceparent", "tracestate");

    private static final long IDLE_SECONDS = 1;

    private final OkHttpClient reads;
    private final OkHttpClient writes;
    private final @Nullable ConnectionPool ownConnections;

    /// @param client the program's own, or null for ours
    Transport(@Nullable OkHttpClient client, HttpUrl server) {
        ownConnections = client == null ? new ConnectionPool() : null;
        OkHttpClient.Builder builder =
                client == null
                        ? new OkHttpClient.Builder().connectionPool(ownConnections)
                        : client.newBuilder();
        reads =
                builder.callTimeout(Duration.ZERO)
                        .readTimeout(Duration.ZERO)
                        .writeTimeout(Duration.ZERO)
                        .dispatcher(new Dispatcher(socketThreads()))
                        .addNetworkInterceptor(new AtTheServer(server))
                        .build();
        // Sent twice, an insert may insert twice: nobody but the program may decide that.
        writes = reads.newBuilder().retryOnConnectionFailure(false).build();
    }

    private static ThreadPoolExecutor socketThreads() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    var thread = new Thread(task, "hearth-client-socket");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /// @param read whether nothing changes when it arrives twice
    /// @param silence the longest time in which no byte may move, where that is to be watched
    Call call(Request request, boolean read, Optional<Duration> silence) {
        OkHttpClient client = read ? reads : writes;
        if (silence.isEmpty()) {
            return client.newCall(request);
        }
        Duration longest = silence.get();
        return client.newBuilder()
                .readTimeout(longest)
                .writeTimeout(longest)
                .build()
                .newCall(request);
    }

    /// For sockets.
    OkHttpClient client() {
        return reads;
    }

    /// By their names in lower case.
    static Map<String, List<String>> headers(Response response) {
        var headers = new LinkedHashMap<String, List<String>>();
        response.headers()
                .toMultimap()
                .forEach(
                        (name, values) ->
                                headers.put(
                                        name.equals(RETRY_AFTER)
                                                ? "retry-after"
                                                : name.toLowerCase(Locale.ROOT),
                                        values));
        return headers;
    }

    void close() {
        reads.dispatcher().cancelAll();
        reads.dispatcher().executorService().shutdown();
        if (ownConnections != null) {
            ownConnections.evictAll();
        }
    }

    /// Sees what really goes over the wire, redirects among it.
    private record AtTheServer(HttpUrl server) implements Interceptor {

        @Override
        public Response intercept(Chain chain) throws IOException {
            Response response = chain.proceed(decent(chain.request()));
            String retryAfter = response.header("Retry-After");
            return retryAfter == null
                    ? response
                    : response.newBuilder()
                            .removeHeader("Retry-After")
                            .header(RETRY_AFTER, retryAfter)
                            .build();
        }

        /// Keys and tokens go to the server and to nobody it points at.
        private Request decent(Request request) {
            HttpUrl url = request.url();
            if (url.host().equals(server.host())
                    && url.port() == server.port()
                    && url.scheme().equals(server.scheme())) {
                return request;
            }
            var decent = request.newBuilder();
            FOR_THE_SERVER_ONLY.forEach(decent::removeHeader);
            return decent.build();
        }
    }
}
