package dev.hearth.client.functions;

import dev.hearth.client.error.FunctionsException;
import dev.hearth.client.error.FunctionsException.Kind;
import dev.hearth.client.error.RequestInfo;
import dev.hearth.client.error.RequestTimeoutException;
import dev.hearth.client.error.SupabaseException;
import dev.hearth.client.error.TransportException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.Body;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.http.HttpStream;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Requests to functions, and what comes back. Safe for any thread.
record FunctionCalls(Backend backend) {

    /// The most of a refusal's body that is kept.
    static final int MAX_REFUSAL_BYTES = 1024 * 1024;

    /// What is sent: the body, and whatever it says of itself.
    HttpRequest request(FunctionName name, @Nullable Object body, InvokeOptions options) {
        HttpRequest request = options.request(name);
        if (body == null) {
            return request;
        }
        if (options.carriesNothing()) {
            throw new IllegalArgumentException(
                    "a GET carries no body; use InvokeOptions.query, or another method");
        }
        return request.body(body(body, request.header("content-type")));
    }

    private Body body(Object body, Optional<String> type) {
        if (body instanceof String text) {
            return Body.of(type.orElse("text/plain"), text.getBytes(StandardCharsets.UTF_8));
        }
        if (body instanceof byte[] bytes) {
            return Body.of(type.orElse("application/octet-stream"), bytes);
        }
        if (body instanceof FunctionForm form) {
            return form.body();
        }
        if (body instanceof Path file) {
            return FunctionForm.onDisk(type.orElse("application/octet-stream"), file);
        }
        if (body instanceof InputStream stream) {
            return new Body.Stream(
                    type.orElse("application/octet-stream"), -1, () -> stream, false);
        }
        return Body.of(type.orElse("application/json"), backend.json().write(body));
    }

    /// Sends a request and gives what came, if that is 2xx.
    ///
    /// @param token in place of the caller's
    HttpStream open(FunctionName name, HttpRequest bare, Optional<String> token) {
        HttpStream answer;
        try {
            answer = sent(bare, token);
        } catch (TransportException | RequestTimeoutException e) {
            throw unreached(name, e, e.request());
        }
        if (relayed(answer) || !answer.isSuccess()) {
            throw refusal(name, answer, bare);
        }
        return answer;
    }

    private HttpStream sent(HttpRequest request, Optional<String> token) {
        if (request.header("Authorization").isPresent()) {
            return backend.open(request);
        }
        if (token.isPresent()) {
            return backend.open(request.header("Authorization", "Bearer " + token.get()));
        }
        String said = backend.token().get();
        // A key of the new kind is no token, and functions that check tokens refuse it as one.
        return said.equals(backend.key()) && isNew(said)
                ? backend.openWithKey(request)
                : backend.open(request);
    }

    private static boolean isNew(String key) {
        return key.startsWith("sb_publishable_") || key.startsWith("sb_secret_");
    }

    private static boolean relayed(HttpStream answer) {
        return answer.headers().getOrDefault("x-relay-error", List.of()).contains("true");
    }

    /// Reads the whole body.
    HttpAnswer whole(FunctionName name, HttpStream answer, HttpRequest sent) {
        try {
            return answer.whole();
        } catch (IOException e) {
            throw broken(name, e, answer, sent);
        }
    }

    /// The way broke while the body was read.
    SupabaseException broken(
            FunctionName name, IOException cause, HttpStream answer, HttpRequest sent) {
        SupabaseException failure = backend.http().failure(cause, sent, answer.request());
        return failure instanceof TransportException || failure instanceof RequestTimeoutException
                ? unreached(name, failure, Optional.of(answer.request()))
                : failure;
    }

    private static FunctionsException unreached(
            FunctionName name, SupabaseException cause, Optional<RequestInfo> request) {
        return new FunctionsException(
                Kind.FETCH,
                "no answer of the function " + name.name() + ": " + cause.getMessage(),
                0,
                Map.of(),
                new byte[0],
                request.orElse(null),
                cause);
    }

    private SupabaseException refusal(FunctionName name, HttpStream answer, HttpRequest sent) {
        try (answer) {
            byte[] body = answer.body().readNBytes(MAX_REFUSAL_BYTES);
            boolean relayed = relayed(answer);
            String code =
                    answer.headers().getOrDefault("sb-error-code", List.of()).stream()
                            .findFirst()
                            .map(said -> " (" + said + ")")
                            .orElse("");
            return new FunctionsException(
                    relayed ? Kind.RELAY : Kind.HTTP,
                    (relayed ? "the relay before the function " : "the function ")
                            + name.name()
                            + " answered "
                            + answer.status()
                            + code
                            + "; the exception's body() has the reason",
                    answer.status(),
                    answer.headers(),
                    body,
                    answer.request(),
                    null);
        } catch (IOException e) {
            return broken(name, e, answer, sent);
        }
    }

    /// Nobody wants the rest of an answer.
    static void letGo(HttpStream answer) {
        try {
            answer.close();
        } catch (IOException overAnyway) {
            return;
        }
    }

    /// A stream that is none, or goes beyond a limit.
    static FunctionsException stream(String message, HttpStream answer, @Nullable Throwable cause) {
        return new FunctionsException(
                Kind.STREAM,
                message,
                answer.status(),
                answer.headers(),
                new byte[0],
                answer.request(),
                cause);
    }
}
