package dev.hearth.client.internal.http;

import dev.hearth.client.error.RequestInfo;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.error.TransportException;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// What went wrong below HTTP, in words that tell what to do.
final class Failures {

    private Failures() {}

    static SupabaseException of(IOException cause, RequestInfo request, Phase phase) {
        if (cause instanceof Bodies.Unreadable) {
            return new TransportException(
                    "the bytes to send could not be read: " + cause.getMessage(),
                    request,
                    cause.getCause(),
                    false);
        }
        String host = URI.create(request.url()).getAuthority();
        return phase == Phase.HEAD
                ? new TransportException(words(cause, host), request, cause, nothingWasSent(cause))
                : new TransportException(
                        (phase == Phase.BODY
                                        ? "the connection with "
                                                + host
                                                + " broke in the middle of the answer: "
                                        : "the socket with " + host + " broke: ")
                                + reason(cause),
                        request,
                        cause,
                        false);
    }

    /// The end of a stream in the middle of something, for one, comes without a word.
    private static String reason(IOException cause) {
        String told = cause.getMessage();
        return told == null || told.isBlank() ? "the other side ended it" : told;
    }

    private static String words(IOException cause, String host) {
        if (cause instanceof UnknownHostException) {
            return "there is no host " + host + "; check the address of the project";
        }
        if (cause instanceof NoRouteToHostException) {
            return "no way leads to " + host + "; is the network up?";
        }
        if (cause instanceof ConnectException) {
            return "nothing listens at " + host + "; is the server started, and is this its port?";
        }
        if (cause instanceof SocketTimeoutException) {
            return host + " does not take connections in time; is a firewall in between?";
        }
        if (speaksNoTls(cause)) {
            return host + " does not speak TLS; does its address begin with http:// ?";
        }
        if (cause instanceof SSLException) {
            return "no secure connection with "
                    + host
                    + ": "
                    + cause.getMessage()
                    + "; a certificate of your own needs an OkHttpClient that trusts it";
        }
        if (cause instanceof ProtocolException) {
            return "what answers at "
                    + host
                    + " does not speak HTTP ("
                    + cause.getMessage()
                    + "); check the port, and https:// against http://";
        }
        return "the connection with " + host + " broke before an answer came: " + reason(cause);
    }

    private static boolean speaksNoTls(IOException cause) {
        return cause instanceof SSLException
                && String.valueOf(cause.getMessage()).contains("Unsupported or unrecognized SSL");
    }

    private static boolean nothingWasSent(IOException cause) {
        return cause instanceof UnknownHostException
                || cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException
                || cause instanceof SSLPeerUnverifiedException
                || speaksNoTls(cause);
    }
}
