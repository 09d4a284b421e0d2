package dev.hearth.client.internal.http;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RealtimeException;
import dev.hearth.client.error.RequestInfo;
import dev.hearth.client.error.RequestTimeoutException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.time.Timers;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

import okio.ByteString;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Opens sockets through OkHttp. Safe for any thread.
public final class Sockets {

    private static final long MAX_REASON = 1024;

    private final Http http;

    /// Sockets to the server of `http`, on its connections; its end is theirs.
    public Sockets(Http http) {
        this.http = http;
    }

    /// Begins to open a socket.
    ///
    /// @param target path and query behind the server's address, encoded
    /// @param patience how long opening may take
    /// @throws ClientClosedException when the client is closed
    public Socket open(String target, Duration patience, SocketEvents events) {
        var request = new Request.Builder().url(http.address() + target).build();
        OkHttpClient client =
                http.transport().client().newBuilder().connectTimeout(patience).build();
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        var info = new RequestInfo("WS", http.address() + path, 1, Optional.empty());
        var listener = new Listener(events, info, patience, http);
        var open = new Open(client.newWebSocket(request, listener));
        listener.begin(open);
        return open;
    }

    private record Open(WebSocket socket) implements Socket {
        @Override
        public boolean send(String text) {
            return socket.send(text);
        }

        @Override
        public boolean send(ByteBuffer bytes) {
            return socket.send(ByteString.of(bytes));
        }

        @Override
        public long queued() {
            return socket.queueSize();
        }

        @Override
        public void close(int code, String reason) {
            socket.close(code, reason);
        }

        @Override
        public void cancel() {
            socket.cancel();
        }
    }

    private static final class Listener extends WebSocketListener {
        private final SocketEvents events;
        private final RequestInfo request;
        private final Duration patience;
        private final Http http;
        private final Object lock = new Object();
        private Timers.@Nullable Alarm alarm;
        private @Nullable Runnable cut;
        private boolean opened;
        private boolean settled;
        private volatile boolean late;

        Listener(SocketEvents events, RequestInfo request, Duration patience, Http http) {
            this.events = events;
            this.request = request;
            this.patience = patience;
            this.http = http;
        }

        /// From here on it is cut when it does not open in time, and when the client ends.
        void begin(Open open) {
            Runnable ending = open::cancel;
            try {
                http.cutAtTheEnd(ending);
            } catch (ClientClosedException closed) {
                open.cancel();
                throw closed;
            }
            synchronized (lock) {
                cut = ending;
                if (settled) {
                    http.ended(ending);
                }
                if (settled || opened) {
                    return;
                }
                alarm =
                        http.timers()
                                .after(
                                        patience,
                                        () -> {
                                            late = true;
                                            open.cancel();
                                        });
            }
        }

        private void opened() {
            synchronized (lock) {
                opened = true;
                if (alarm != null) {
                    alarm.cancel();
                }
            }
        }

        private boolean wasOpen() {
            synchronized (lock) {
                return opened;
            }
        }

        private void settled() {
            synchronized (lock) {
                settled = true;
                if (alarm != null) {
                    alarm.cancel();
                }
                if (cut != null) {
                    http.ended(cut);
                }
            }
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            opened();
            events.opened();
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            events.text(text);
        }

        @Override
        public void onMessage(WebSocket socket, ByteString bytes) {
            events.bytes(bytes.asByteBuffer());
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(code == 1005 ? 1000 : code, null);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            settled();
            events.closed(code, reason);
        }

        @Override
        public void onFailure(WebSocket socket, Throwable thrown, @Nullable Response response) {
            settled();
            events.failed(failure(thrown, response));
        }

        private SupabaseException failure(Throwable thrown, @Nullable Response response) {
            if (http.isClosed()) {
                return new ClientClosedException();
            }
            if (late) {
                return new RequestTimeoutException(
                        "no socket with "
                                + URI.create(request.url()).getAuthority()
                                + " within "
                                + patience.toMillis()
                                + " ms",
                        request,
                        patience,
                        thrown);
            }
            if (response != null && response.code() != 101) {
                return refused(response, thrown);
            }
            return thrown instanceof IOException e
                    ? Failures.of(e, request, wasOpen() ? Phase.SOCKET : Phase.HEAD)
                    : new TransportException("the socket broke: " + thrown, request, thrown, false);
        }

        private RealtimeException refused(Response response, Throwable thrown) {
            int status = response.code();
            String next =
                    switch (status) {
                        case 401, 403 ->
                                "check the API key and that realtime is enabled; it is tried again"
                                        + " every minute";
                        case 404 -> "is this the address of a project?";
                        case 429 -> "too many connections; it is tried again later";
                        default -> "it is tried again later";
                    };
            return new RealtimeException(
                    "the server answered "
                            + status
                            + " instead of opening a socket"
                            + reason(response)
                            + "; "
                            + next,
                    "SocketRefused",
                    status,
                    request,
                    retryAfter(response),
                    thrown);
        }

        /// A date is read by the server's clock, since ours may be wrong.
        private @Nullable Duration retryAfter(Response response) {
            String said = response.header("Retry-After", "");
            Instant now =
                    RetryAfter.date(response.header("Date", "")).orElseGet(http.timers()::now);
            return RetryAfter.parse(said, now).orElse(null);
        }

        /// Servers of realtime say why in `{"error": "…"}`.
        private static String reason(Response response) {
            try {
                String text = response.peekBody(MAX_REASON).string();
                int start = text.indexOf("\"error\":\"");
                int end = start < 0 ? -1 : text.indexOf('"', start + 9);
                return end < 0 ? "" : ": " + text.substring(start + 9, end);
            } catch (IOException | IllegalStateException noBody) {
                return "";
            }
        }
    }
}
