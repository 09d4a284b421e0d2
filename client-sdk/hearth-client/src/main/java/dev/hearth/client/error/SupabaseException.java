package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What every call of the SDK may throw. The kinds tell who refused: the server in one of its rooms
/// ([AuthException], [PostgrestException], [StorageException], [FunctionsException],
/// [RealtimeException]), the way to it ([TransportException], [RequestTimeoutException]), or this
/// side ([JsonMappingException], [SessionExpiredException], [ClientClosedException]).
///
/// ```java
/// try {
///     client.from("messages").insert(message).execute();
/// } catch (PostgrestException e) {
///     System.err.println(e.code() + ": " + e.getMessage() + " " + e.hint().orElse(""));
/// }
/// ```
///
/// Whoever would rather look at a value wraps the call: [Result#of].
public abstract class SupabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable RequestInfo request;

    /// @param message what was asked, why it was refused and what would work
    /// @param request the request, where there was one
    /// @param cause what lies below, where something does
    protected SupabaseException(
            String message, @Nullable RequestInfo request, @Nullable Throwable cause) {
        super(message, cause);
        this.request = request;
    }

    /// The request that failed, where there was one.
    public Optional<RequestInfo> request() {
        return Optional.ofNullable(request);
    }

    /// The status of the server's answer, where there was one.
    public OptionalInt status() {
        return OptionalInt.empty();
    }

    /// The server's own code, such as `PGRST116`, `42501`, `invalid_credentials`.
    public Optional<String> code() {
        return Optional.empty();
    }

    /// What would work, from the server or from here.
    public Optional<String> hint() {
        return Optional.empty();
    }

    /// As every exception, with the code and the hint, so that a stack trace tells them.
    // The message stays as the server said it: programs show it, and some compare it.
    @SuppressWarnings("OverrideThrowableToString")
    @Override
    public String toString() {
        String message = String.valueOf(getMessage());
        String more =
                Stream.of(code(), hint())
                        .flatMap(Optional::stream)
                        .filter(word -> !message.contains(word))
                        .collect(Collectors.joining("; "));
        return more.isEmpty() ? super.toString() : super.toString() + " (" + more + ")";
    }
}
