package dev.hearth.client.internal.http;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RequestCancelledException;
import dev.hearth.client.error.RequestInfo;
import dev.hearth.client.error.RequestTimeoutException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.internal.Cancellation;
import dev.hearth.client.time.Timers;

import okhttp3.Call;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/// One call under way, with all that may end it early: the client's end, the timeout, the future
/// that was cancelled, the thread that was interrupted. From [#begin] to [#over], which may be
/// called by any thread and more than once.
final class Attempt {

    private final Call call;
    private final Body body;
    private final Duration allowed;
    private final boolean ofSilence;
    private final Http http;
    private final @Nullable Cancellation cancellation = Cancellation.current();
    private volatile RequestInfo request;
    private volatile Phase phase = Phase.HEAD;
    private volatile boolean late;
    private Timers.@Nullable Alarm alarm;

    /// @param body what it sends
    /// @param ofSilence whether `allowed` is for each silence, which OkHttp watches, and not for
    ///   the whole
    Attempt(
            Call call,
            Body body,
            RequestInfo request,
            Duration allowed,
            boolean ofSilence,
            Http http) {
        this.call = call;
        this.body = body;
        this.request = request;
        this.allowed = allowed;
        this.ofSilence = ofSilence;
        this.http = http;
    }

    /// From here on it may be cancelled.
    void begin(Timers timers) {
        if (!allowed.isZero() && !ofSilence) {
            alarm =
                    timers.after(
                            allowed,
                            () -> {
                                late = true;
                                cut();
                            });
        }
        if (cancellation != null) {
            cancellation.stopsBy(this::cut);
        }
    }

    Call call() {
        return call;
    }

    /// Ends it early, from any thread: what it waits for, be it the server or bytes to send.
    void cut() {
        call.cancel();
        body.stop();
    }

    RequestInfo request() {
        return request;
    }

    /// The head has come.
    void answered(RequestInfo known) {
        request = known;
        phase = Phase.BODY;
    }

    /// Nothing ends it any more.
    void over() {
        if (alarm != null) {
            alarm.cancel();
        }
        if (cancellation != null) {
            cancellation.done();
        }
        http.over(this);
    }

    /// Why it broke.
    SupabaseException failure(IOException cause) {
        if (http.isClosed()) {
            return new ClientClosedException();
        }
        if (cause instanceof Body.Silence) {
            return new RequestTimeoutException(
                    String.valueOf(cause.getMessage()), request, allowed, cause);
        }
        if (late || fellSilent(cause)) {
            return new RequestTimeoutException(
                    (ofSilence ? "no answer, or no more of it, from " : "no whole answer from ")
                            + URI.create(request.url()).getAuthority()
                            + " within "
                            + allowed.toMillis()
                            + " ms; give the call or the client a longer timeout, or ask for less",
                    request,
                    allowed,
                    cause);
        }
        if (cancellation != null && cancellation.isCancelled()) {
            return new RequestCancelledException("the call was cancelled", request, cause);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new RequestCancelledException(
                    "the thread that waited for the answer was interrupted", request, cause);
        }
        return Failures.of(cause, request, phase);
    }

    private boolean fellSilent(IOException cause) {
        return ofSilence
                && cause instanceof SocketTimeoutException
                && !String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("connect");
    }
}
