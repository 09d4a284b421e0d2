package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// The realtime server refused something: the socket, the join of a channel, a broadcast; or it did
/// not answer, or a channel cannot do what was asked of it.
///
/// ```java
/// try {
///     channel.subscribe(Duration.ofSeconds(10));
/// } catch (RealtimeException e) {
///     System.err.println(e.code().orElse("") + " on " + e.topic().orElse("the socket"));
/// }
/// ```
///
/// The code is the server's own where it sent one (`Unauthorized`, `InvalidJWTToken`,
/// `ChannelRateLimitReached`), else one of ours: `SocketRefused`, `SocketClosed`, `HeartbeatLost`,
/// `Slept`, `ReconnectLimit`, `JoinTimeout`, `BindingMismatch`, `ChannelCrashed`, `ChannelClosed`,
/// `NotSubscribed`, `BufferFull`, `QueueFull`, `OutboxFull`, `BroadcastRefused`, `NoToken`,
/// `NoRecord`.
public final class RealtimeException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final @Nullable String topic;
    private final int status;
    private final transient @Nullable Duration retryAfter;

    /// @param code the server's, or one of ours
    /// @param topic of the channel without `realtime:`; null for the socket
    public RealtimeException(String message, String code, @Nullable String topic) {
        this(message, code, topic, 0, null, null);
    }

    /// @param status of HTTP, 0 where there is none
    /// @param request that was refused
    public RealtimeException(
            String message,
            String code,
            @Nullable String topic,
            int status,
            @Nullable RequestInfo request,
            @Nullable Throwable cause) {
        this(message, code, topic, status, request, null, cause);
    }

    /// A socket that was refused.
    ///
    /// @param retryAfter what the server said, if it did
    public RealtimeException(
            String message,
            String code,
            int status,
            @Nullable RequestInfo request,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        this(message, code, null, status, request, retryAfter, cause);
    }

    private RealtimeException(
            String message,
            String code,
            @Nullable String topic,
            int status,
            @Nullable RequestInfo request,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, request, cause);
        this.code = code;
        this.topic = topic;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    @Override
    public Optional<String> code() {
        return Optional.of(code);
    }

    /// The channel without `realtime:`; empty when it is about the socket.
    public Optional<String> topic() {
        return Optional.ofNullable(topic);
    }

    /// How long the server asks to wait before the next try (`Retry-After`); empty when it does not
    /// say, and after the exception was serialized.
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
