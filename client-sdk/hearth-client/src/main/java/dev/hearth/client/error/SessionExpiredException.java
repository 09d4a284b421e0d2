package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/// The user's session ran out and could not be refreshed, because the server was not reached. The
/// session is still there: a later call tries again, and nothing has to be done once the way to the
/// server is free. When the server itself refuses the session, that is an [AuthException] instead.
public final class SessionExpiredException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    private final Instant expiredAt;

    /// @param expiredAt when the access token ran out, by the server's clock
    /// @param cause what kept the refresh from the server
    public SessionExpiredException(Instant expiredAt, @Nullable SupabaseException cause) {
        super(
                "the session ran out at "
                        + expiredAt
                        + " and the server cannot be reached for a new one"
                        + (cause == null ? "" : " (" + cause.getMessage() + ")")
                        + "; it is kept, call again when the network is back",
                cause == null ? null : cause.request().orElse(null),
                cause);
        this.expiredAt = expiredAt;
    }

    /// When the access token ran out, by the server's clock.
    public Instant expiredAt() {
        return expiredAt;
    }

    @Override
    public Optional<String> hint() {
        return Optional.of("call again when the network is back, or sign in anew");
    }
}
