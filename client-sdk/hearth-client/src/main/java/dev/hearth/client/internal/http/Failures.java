package dev.hearth.client.internal.http;

import dev.hearth.client.error.ClientClosedException;
import dev.hearth.client.error.RequestInfo;
import dev.hearth.client.error.RequestTimeoutException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.error.TransportException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;

import javax.net.ssl.SSLException;

/// What went wrong below HTTP, in words that tell what to do.
final class Failures {

    private Failures() {}

    static SupabaseException of(
            IOException cause, RequestInfo request, Duration allowed, boolean closed) {
        if (closed) {
            return new ClientClosedException();
        }
        if (cause instanceof Bodies.Unreadable) {
            return new TransportException(
                    "the bytes to send could not be read: " + cause.getMessage(),
                    request,
                    cause.getCause(),
                    false);
        }
        String host = java.net.URI.create(request.url()).getAuthority();
        if (cause instanceof InterruptedIOException) {
            return new RequestTimeoutException(
                    "no answer, or no more of it, from "
                            + host
                            + " within "
                            + allowed.toMillis()
                            + " ms; allow more by a timeout of its own",
                    request,
                    allowed,
                    cause);
        }
        if (cause instanceof UnknownHostException) {
            return new TransportException(
                    "there is no host " + host + "; check the address of the project",
                    request,
                    cause,
                    true);
        }
        if (cause instanceof ConnectException) {
            return new TransportException(
                    "nothing listens at " + host + "; is the server started?",
                    request,
                    cause,
                    true);
        }
        if (cause instanceof SSLException) {
            return new TransportException(
                    "no secure connection with " + host + ": " + cause.getMessage(),
                    request,
                    cause,
                    true);
        }
        return new TransportException(
                "the connection with " + host + " broke: " + cause.getMessage(),
                request,
                cause,
                false);
    }
}
