package dev.hearth.client.error;

import org.jspecify.annotations.Nullable;

/// An answer that was to be read into memory is larger than the client allows
/// (`SupabaseClientBuilder.maxAnswerBytes`, 256 MB unless said otherwise). Nothing of it was kept;
/// a request that changes something has changed it.
public final class AnswerTooLargeException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    private final long limitBytes;

    /// @param limitBytes how much would have been read
    public AnswerTooLargeException(long limitBytes, @Nullable RequestInfo request) {
        super(
                "the answer is larger than "
                        + limitBytes
                        + " bytes, which is the most that is read into memory; ask for fewer rows,"
                        + " read it as a stream, or raise maxAnswerBytes of the client",
                request,
                null);
        this.limitBytes = limitBytes;
    }

    /// The limit that was passed, in bytes.
    public long limitBytes() {
        return limitBytes;
    }
}
