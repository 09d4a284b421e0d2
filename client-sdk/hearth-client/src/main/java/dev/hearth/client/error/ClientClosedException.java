package dev.hearth.client.error;

/// The client was closed before this call, or while it was under way.
public final class ClientClosedException extends SupabaseException {

    private static final long serialVersionUID = 1L;

    /// Of a call that came after the end.
    public ClientClosedException() {
        super("the client is closed; make a new one with SupabaseClient.create", null, null);
    }
}
