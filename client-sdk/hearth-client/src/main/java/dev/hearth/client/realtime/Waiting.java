package dev.hearth.client.realtime;

import dev.hearth.client.error.RequestCancelledException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Waits for what is under way, and throws what it throws.
final class Waiting {

    private Waiting() {}

    static <T> T on(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(true);
            throw new RequestCancelledException("the thread that waited was interrupted", null, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
