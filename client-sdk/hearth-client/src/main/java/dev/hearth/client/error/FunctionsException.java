package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A function was not reached, or refused.
///
/// ```java
/// try {
///     functions.invoke("charge", order, Receipt.class);
/// } catch (FunctionsException e) {
///     if (e.kind() == FunctionsException.Kind.HTTP) {
///         System.err.println(e.status() + " " + e.text());
///     }
/// }
/// ```
///
/// The kinds are the error classes of functions-js, and one for streams of events, which it leaves
/// to others. What the function answered is in [#body], never in the message.
public final class FunctionsException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    /// Who failed.
    public enum Kind {
        /// The function answered with a status other than 2xx: `FunctionsHttpError`.
        HTTP,
        /// The relay before it did, with `x-relay-error: true`: `FunctionsRelayError`.
        RELAY,
        /// The server was not reached, or did not answer in time: `FunctionsFetchError`. The cause
        /// tells which.
        FETCH,
        /// What came is no stream of server-sent events, or one beyond a limit.
        STREAM
    }

    private final Kind kind;
    private final int status;
    private final transient Map<String, List<String>> headers;
    private final byte[] body;

    /// @param status of HTTP; 0 where there was no answer
    /// @param headers of the answer, by their names in lower case
    /// @param body of the answer
    public FunctionsException(
            Kind kind,
            String message,
            int status,
            Map<String, List<String>> headers,
            byte[] body,
            @Nullable RequestInfo request,
            @Nullable Throwable cause) {
        super(message, request, cause);
        this.kind = kind;
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    /// Who failed.
    public Kind kind() {
        return kind;
    }

    @Override
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /// The platform's own code from the header `sb-error-code`, such as
    /// `UNAUTHORIZED_NO_AUTH_HEADER` or `BOOT_ERROR`; none for errors of the function itself.
    @Override
    public Optional<String> code() {
        return header("sb-error-code");
    }

    @Override
    public Optional<String> hint() {
        if (status == 404) {
            return Optional.of("is the function deployed under this name?");
        }
        if (code().orElse("").startsWith("UNAUTHORIZED")) {
            return Optional.of("sign in first, or let the function do without verify_jwt");
        }
        return status == 546
                ? Optional.of("the function ran out of memory, processor time or time")
                : Optional.empty();
    }

    /// The headers of the answer, by their names in lower case; none where there was no answer.
    public Map<String, List<String>> headers() {
        return headers == null ? Map.of() : headers;
    }

    /// The first value of a header of the answer.
    public Optional<String> header(String name) {
        return headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /// What was answered, at most its first mebibyte; empty where there was no answer.
    public byte[] body() {
        return body.clone();
    }

    /// The same as UTF-8.
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
