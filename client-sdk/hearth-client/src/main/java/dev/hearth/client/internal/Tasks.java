package dev.hearth.client.internal;

import dev.hearth.client.error.ClientClosedException;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Where calls run that nobody waits for, and handlers. Safe for any thread.
///
/// The asynchronous form of a call is the blocking one on a thread of its own: virtual where the
/// Java virtual machine has them, else from a pool that grows and shrinks. To cancel the future is
/// to cancel the request that the thread is at ([Cancellation]).
public final class Tasks {

    private static final long IDLE_SECONDS = 5;

    private final Executor executor;
    private final @Nullable ExecutorService own;

    private Tasks(Executor executor, @Nullable ExecutorService own) {
        this.executor = executor;
        this.own = own;
    }

    /// On the program's own threads, which stay its own.
    public static Tasks on(Executor executor) {
        return new Tasks(executor, null);
    }

    /// On threads of the client.
    ///
    /// @param virtual whether they are to be virtual where that is possible (Java 21 and later)
    public static Tasks own(boolean virtual) {
        ExecutorService own = virtual ? virtualThreads() : platformThreads();
        return new Tasks(own, own);
    }

    private static ExecutorService virtualThreads() {
        try {
            // Written for Java 17, which does not know the method.
            return (ExecutorService)
                    MethodHandles.publicLookup()
                            .findStatic(
                                    Executors.class,
                                    "newVirtualThreadPerTaskExecutor",
                                    MethodType.methodType(ExecutorService.class))
                            .invoke();
        } catch (Throwable olderThanJava21) {
            return platformThreads();
        }
    }

    private static ExecutorService platformThreads() {
        var number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    var thread = new Thread(task, "hearth-client-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /// The threads themselves.
    public Executor executor() {
        return executor;
    }

    /// Runs a blocking call on a thread of its own. To cancel the future cancels the request.
    public <T> CompletableFuture<T> async(Supplier<? extends T> call) {
        var cancellation = new Cancellation();
        var future =
                new CompletableFuture<T>() {
                    @Override
                    public boolean cancel(boolean mayInterruptIfRunning) {
                        boolean cancelled = super.cancel(mayInterruptIfRunning);
                        if (cancelled) {
                            cancellation.cancel();
                        }
                        return cancelled;
                    }
                };
        try {
            executor.execute(() -> cancellation.during(() -> complete(future, call)));
        } catch (RejectedExecutionException closed) {
            future.completeExceptionally(new ClientClosedException());
        }
        return future;
    }

    /// The same of a call that gives nothing.
    public CompletableFuture<Void> run(Runnable call) {
        return async(
                () -> {
                    call.run();
                    return null;
                });
    }

    private static <T> void complete(CompletableFuture<T> future, Supplier<? extends T> call) {
        if (future.isDone()) {
            return;
        }
        try {
            T value = call.get();
            if (!future.complete(value) && value instanceof AutoCloseable nobodys) {
                nobodys.close();
            }
        } catch (Throwable thrown) {
            future.completeExceptionally(thrown);
        }
    }

    /// Takes no more. What is under way on the client's own threads is interrupted, but for the
    /// thread that calls this, which may be one of them; the program's own threads are left alone.
    public void close() {
        if (own != null) {
            boolean before = Thread.currentThread().isInterrupted();
            own.shutdownNow();
            if (!before) {
                var unused = Thread.interrupted();
            }
        }
    }
}
