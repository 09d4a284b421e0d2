package dev.hearth.client.error;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a call gave, as a value: the Java form of supabase-js's `{ data, error }`.
///
/// ```java
/// Result<List<Message>> result = Result.of(() -> client.from("messages").select().execute(Message.class));
/// if (result instanceof Result.Ok<List<Message>> ok) {
///     show(ok.data());
/// }
/// ```
///
/// @param <T> what the call returns
public sealed interface Result<T> {

    /// It worked.
    record Ok<T>(T data) implements Result<T> {}

    /// It did not.
    record Err<T>(SupabaseException error) implements Result<T> {}

    /// Makes a call and keeps what it throws, if that is the SDK's.
    static <T> Result<T> of(Supplier<? extends T> call) {
        try {
            return new Ok<>(call.get());
        } catch (SupabaseException e) {
            return new Err<>(e);
        }
    }

    /// The same of a call that is under way: the future that comes back fails only with what is not
    /// the SDK's.
    static <T> CompletableFuture<Result<T>> of(CompletableFuture<T> call) {
        return call.handle(
                (data, thrown) -> {
                    if (thrown == null) {
                        return new Ok<>(data);
                    }
                    Throwable cause =
                            thrown instanceof CompletionException && thrown.getCause() != null
                                    ? thrown.getCause()
                                    : thrown;
                    if (cause instanceof SupabaseException error) {
                        return new Err<>(error);
                    }
                    throw new CompletionException(cause);
                });
    }

    /// Whether it worked.
    default boolean isOk() {
        return this instanceof Ok<T>;
    }

    /// What came.
    ///
    /// @throws SupabaseException the error, if there is one
    default T orElseThrow() {
        if (this instanceof Ok<T> ok) {
            return ok.data();
        }
        throw ((Err<T>) this).error();
    }

    /// The same of what is made of the data.
    default <R> Result<R> map(Function<? super T, ? extends R> change) {
        if (this instanceof Ok<T> ok) {
            return new Ok<>(change.apply(ok.data()));
        }
        return new Err<>(((Err<T>) this).error());
    }
}
