package dev.hearth.client.database;

import java.util.Optional;

/// How a function is called. Immutable.
///
/// ```java
/// List<Task> tasks = client.rpc("open_tasks", Map.of("org", 7), RpcOptions.get()).executeList(Task.class);
/// ```
public final class RpcOptions {

    private final String method;
    private final Optional<Count> count;

    private RpcOptions(String method, Optional<Count> count) {
        this.method = method;
        this.count = count;
    }

    /// By POST, which every function takes; the default.
    public static RpcOptions post() {
        return new RpcOptions("POST", Optional.empty());
    }

    /// By GET, with the arguments in the address, in a transaction that only reads: what caches may
    /// keep.
    public static RpcOptions get() {
        return new RpcOptions("GET", Optional.empty());
    }

    /// By HEAD: no rows come, only their count, if it was asked for. Arguments that an address
    /// cannot carry (objects) go by POST, and no rows come either.
    public static RpcOptions head() {
        return new RpcOptions("HEAD", Optional.empty());
    }

    /// Counts the rows of the function's result.
    public RpcOptions count(Count how) {
        return new RpcOptions(method, Optional.of(how));
    }

    String method() {
        return method;
    }

    void count(Query query) {
        count.ifPresent(how -> query.prefer(how.preference()));
    }
}
