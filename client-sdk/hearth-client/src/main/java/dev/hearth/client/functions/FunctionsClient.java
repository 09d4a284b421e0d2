package dev.hearth.client.functions;

import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.internal.http.HttpRequest;
import dev.hearth.client.internal.http.HttpStream;
import dev.hearth.client.json.TypeRef;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/// Calls functions at the edge. Safe for any thread; get it from `client.functions()`.
///
/// ```java
/// Receipt receipt = functions.invoke("charge", new Order(17), Receipt.class);
/// ```
///
/// The body tells its own content type, as in functions-js 2.119: a `String` is `text/plain`, a
/// `byte[]`, `Path` or `InputStream` is `application/octet-stream`, a [FunctionForm] is
/// `multipart/form-data`, null is nothing, and everything else is JSON. A name may go on with a
/// path and a query: `orders/17?full=1`.
///
/// Every call blocks, and has a twin with `Async` that does not; to cancel the future ends the
/// call. Calls throw [dev.hearth.client.error.FunctionsException] when the function, or the relay
/// before it, answers with an error, and when it is not reached;
/// [dev.hearth.client.error.JsonMappingException] when the answer is not of the type asked for; and
/// `IllegalArgumentException` for a name that is none.
public final class FunctionsClient {

    private final Backend backend;
    private final FunctionCalls calls;
    private volatile @Nullable String token;

    /// For the front class.
    @SuppressWarnings("exports")
    public FunctionsClient(Backend backend) {
        this.backend = backend;
        this.calls = new FunctionCalls(backend);
    }

    /// Sends this token from now on, instead of the session's or the key.
    ///
    /// @param own null to go back to those
    public void setAuth(@Nullable String own) {
        token = own;
    }

    /// Calls a function by POST.
    ///
    /// @param body null for none
    /// @param type of the answer: `String` for its text (where it is JSON, for a text in it),
    ///   `byte[]` for its bytes, `Void` for nothing, else what its JSON is made into
    public <T> T invoke(String name, @Nullable Object body, Class<T> type) {
        return invoke(name, body, InvokeOptions.defaults(), type);
    }

    /// Calls a function.
    @SuppressWarnings({"unchecked", "NullAway"}) // Void has no value but null.
    public <T> T invoke(String name, @Nullable Object body, InvokeOptions options, Class<T> type) {
        return (T) typed(name, body, options, type);
    }

    /// Calls a function by POST, for a type with arguments.
    public <T> T invoke(String name, @Nullable Object body, TypeRef<T> type) {
        return invoke(name, body, InvokeOptions.defaults(), type);
    }

    /// Calls a function, for a type with arguments.
    @SuppressWarnings({"unchecked", "NullAway"}) // TypeRef<Void> likewise.
    public <T> T invoke(
            String name, @Nullable Object body, InvokeOptions options, TypeRef<T> type) {
        return (T) typed(name, body, options, type.type());
    }

    /// [#invoke(String, Object, Class)] on a thread of its own.
    public <T> CompletableFuture<T> invokeAsync(String name, @Nullable Object body, Class<T> type) {
        return backend.async(() -> invoke(name, body, type));
    }

    /// [#invoke(String, Object, InvokeOptions, Class)] on a thread of its own.
    public <T> CompletableFuture<T> invokeAsync(
            String name, @Nullable Object body, InvokeOptions options, Class<T> type) {
        return backend.async(() -> invoke(name, body, options, type));
    }

    /// [#invoke(String, Object, TypeRef)] on a thread of its own.
    public <T> CompletableFuture<T> invokeAsync(
            String name, @Nullable Object body, TypeRef<T> type) {
        return backend.async(() -> invoke(name, body, type));
    }

    /// [#invoke(String, Object, InvokeOptions, TypeRef)] on a thread of its own.
    public <T> CompletableFuture<T> invokeAsync(
            String name, @Nullable Object body, InvokeOptions options, TypeRef<T> type) {
        return backend.async(() -> invoke(name, body, options, type));
    }

    /// Calls a function by POST, and gives the answer as it came.
    public FunctionResponse invokeRaw(String name, @Nullable Object body) {
        return invokeRaw(name, body, InvokeOptions.defaults());
    }

    /// Calls a function, and gives the answer as it came: status, headers, bytes.
    public FunctionResponse invokeRaw(String name, @Nullable Object body, InvokeOptions options) {
        HttpAnswer answer = answer(name, body, options);
        return new FunctionResponse(answer.status(), answer.headers(), answer.body());
    }

    /// [#invokeRaw(String, Object)] on a thread of its own.
    public CompletableFuture<FunctionResponse> invokeRawAsync(String name, @Nullable Object body) {
        return backend.async(() -> invokeRaw(name, body));
    }

    /// [#invokeRaw(String, Object, InvokeOptions)] on a thread of its own.
    public CompletableFuture<FunctionResponse> invokeRawAsync(
            String name, @Nullable Object body, InvokeOptions options) {
        return backend.async(() -> invokeRaw(name, body, options));
    }

    /// Calls a function, and gives its answer's bytes as they come, whatever their type. Whoever
    /// gets the stream closes it; its exceptions have the SDK's own as their cause.
    public InputStream invokeStream(String name, @Nullable Object body, InvokeOptions options) {
        FunctionName function = FunctionName.of(name);
        HttpRequest request = streaming(function, body, options);
        return open(function, request).body();
    }

    /// [#invokeStream] on a thread of its own.
    public CompletableFuture<InputStream> invokeStreamAsync(
            String name, @Nullable Object body, InvokeOptions options) {
        return backend.async(() -> invokeStream(name, body, options));
    }

    /// Calls a function by POST that answers with server-sent events.
    public ServerSentEvents stream(String name, @Nullable Object body) {
        return stream(name, body, InvokeOptions.defaults());
    }

    /// Calls a function that answers with server-sent events. An answer of another type is a
    /// [dev.hearth.client.error.FunctionsException] of the kind STREAM; one without a body (204)
    /// has no events.
    public ServerSentEvents stream(String name, @Nullable Object body, InvokeOptions options) {
        FunctionName function = FunctionName.of(name);
        HttpRequest request =
                streaming(function, body, options).headerIfAbsent("Accept", "text/event-stream");
        HttpStream answer = open(function, request);
        String type = contentType(answer.headers().getOrDefault("content-type", List.of()));
        if (answer.status() != 204 && !type.equals("text/event-stream")) {
            FunctionCalls.letGo(answer);
            throw FunctionCalls.stream(
                    "the function "
                            + function.name()
                            + " answered "
                            + type
                            + " and not text/event-stream; call it with invoke or invokeRaw",
                    answer,
                    null);
        }
        return new ServerSentEvents(
                answer,
                options.maxEventBytes(),
                e -> calls.broken(function, e, answer, request),
                e ->
                        FunctionCalls.stream(
                                "an event of the function "
                                        + function.name()
                                        + " has more than "
                                        + options.maxEventBytes()
                                        + " bytes; allow more with InvokeOptions.maxEventBytes",
                                answer,
                                e));
    }

    /// [#stream(String, Object)] on a thread of its own.
    public CompletableFuture<ServerSentEvents> streamAsync(String name, @Nullable Object body) {
        return backend.async(() -> stream(name, body));
    }

    /// [#stream(String, Object, InvokeOptions)] on a thread of its own.
    public CompletableFuture<ServerSentEvents> streamAsync(
            String name, @Nullable Object body, InvokeOptions options) {
        return backend.async(() -> stream(name, body, options));
    }

    /// The same as a publisher. Each subscriber is a call of its own, which begins when he
    /// subscribes and ends when he cancels; he gets events on a thread of the client, as many as he
    /// asks for, and the function waits meanwhile.
    ///
    /// ```java
    /// functions.publisher("chat", question, InvokeOptions.defaults()).subscribe(screen);
    /// ```
    public Flow.Publisher<ServerSentEvent> publisher(
            String name, @Nullable Object body, InvokeOptions options) {
        return new EventPublisher(backend, () -> stream(name, body, options));
    }

    private @Nullable Object typed(
            String name, @Nullable Object body, InvokeOptions options, Type type) {
        HttpAnswer answer = answer(name, body, options);
        if (type == byte[].class) {
            return answer.body();
        }
        if (type == Void.class) {
            return null;
        }
        boolean json =
                contentType(answer.headers().getOrDefault("content-type", List.of()))
                        .equals("application/json");
        if (type == String.class && !json) {
            return answer.text();
        }
        // Many functions answer JSON and forget to say so; functions-js gives the text then.
        return backend.json().<Object>read(answer.body(), type, answer.request());
    }

    private HttpAnswer answer(String name, @Nullable Object body, InvokeOptions options) {
        FunctionName function = FunctionName.of(name);
        HttpRequest request =
                calls.request(function, body, options).timeout(options.timeout().orElse(null));
        return calls.whole(function, open(function, request), request);
    }

    private HttpRequest streaming(
            FunctionName function, @Nullable Object body, InvokeOptions options) {
        HttpRequest request = calls.request(function, body, options);
        Duration silence = options.timeout().orElse(backend.http().allowed(request));
        return request.stalled(silence);
    }

    private HttpStream open(FunctionName function, HttpRequest request) {
        return calls.open(function, request, Optional.ofNullable(token));
    }

    private static String contentType(List<String> header) {
        return header.isEmpty()
                ? "text/plain"
                : header.get(0).replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }
}
