package dev.hearth.client.realtime;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// How the socket and its channels behave. Immutable.
///
/// ```java
/// SupabaseClient.builder(url, key).realtime(r -> r
///         .heartbeatInterval(Duration.ofSeconds(15))
///         .listener(event -> log.info(event.toString())))
/// ```
public final class RealtimeOptions {

    private final Builder said;
    private final Map<String, String> params;

    private RealtimeOptions(Builder builder) {
        said = builder.copy();
        params = Map.copyOf(new LinkedHashMap<>(builder.params));
    }

    /// The usual ones.
    public static Builder builder() {
        return new Builder();
    }

    Duration heartbeatInterval() {
        return said.heartbeatInterval;
    }

    Duration timeout() {
        return said.timeout;
    }

    @Nullable IntFunction<Duration> reconnectAfter() {
        return said.reconnectAfter;
    }

    OptionalInt maxReconnects() {
        return said.maxReconnects < 0 ? OptionalInt.empty() : OptionalInt.of(said.maxReconnects);
    }

    Duration disconnectOnEmptyChannelsAfter() {
        return said.linger == null ? said.heartbeatInterval.multipliedBy(2) : said.linger;
    }

    String vsn() {
        return said.vsn;
    }

    int queueLimit() {
        return said.queueLimit;
    }

    OverflowPolicy overflowPolicy() {
        return said.overflowPolicy;
    }

    Map<String, String> params() {
        return params;
    }

    ConnectionListener listener() {
        return said.listener;
    }

    ErrorListener errorListener() {
        return said.errorListener;
    }

    @Nullable Supplier<String> accessToken() {
        return said.accessToken;
    }

    /// Makes options. For one thread.
    public static final class Builder {

        private Duration heartbeatInterval = Duration.ofSeconds(25);
        private Duration timeout = Duration.ofSeconds(10);
        private @Nullable IntFunction<Duration> reconnectAfter;
        private int maxReconnects = -1;
        private @Nullable Duration linger;
        private String vsn = "2.0.0";
        private int queueLimit = 1000;
        private OverflowPolicy overflowPolicy = OverflowPolicy.DROP_OLDEST;
        private final Map<String, String> params = new LinkedHashMap<>();
        private ConnectionListener listener = event -> {};
        private ErrorListener errorListener = new ErrorListener() {};
        private @Nullable Supplier<String> accessToken;

        private Builder() {}

        private Builder copy() {
            var copy = new Builder();
            copy.heartbeatInterval = heartbeatInterval;
            copy.timeout = timeout;
            copy.reconnectAfter = reconnectAfter;
            copy.maxReconnects = maxReconnects;
            copy.linger = linger;
            copy.vsn = vsn;
            copy.queueLimit = queueLimit;
            copy.overflowPolicy = overflowPolicy;
            copy.listener = listener;
            copy.errorListener = errorListener;
            copy.accessToken = accessToken;
            return copy;
        }

        /// How often a heartbeat is sent; an answer that is missing after as long means that the
        /// socket is dead. Default 25 s; servers close sockets that are silent for 60 s.
        public Builder heartbeatInterval(Duration interval) {
            heartbeatInterval = positive(interval, "heartbeatInterval");
            return this;
        }

        /// How long opening the socket, a join and an acknowledgement may take. Default 10 s.
        public Builder timeout(Duration longest) {
            timeout = positive(longest, "timeout");
            return this;
        }

        /// How long to wait before the n-th try to open the socket again, n from 1. Default 1, 2,
        /// 5, then 10 s, each up to 20 % shorter or longer by chance; what this gives is taken as
        /// it is. After 30 s of a socket that held, n begins at 1 again.
        ///
        /// A server that refuses a socket with `Retry-After` is not asked again before that, up to
        /// five minutes, whatever this gives. One that refuses the API key (401, 403), or knows no
        /// realtime (404), is asked every minute, unless this says otherwise.
        public Builder reconnectAfter(IntFunction<Duration> delay) {
            reconnectAfter = delay;
            return this;
        }

        /// How many tries in a row may fail before it is given up, until somebody calls `connect`.
        /// Default: no limit.
        public Builder maxReconnects(int tries) {
            if (tries < 0) {
                throw new IllegalArgumentException("maxReconnects must not be negative");
            }
            maxReconnects = tries;
            return this;
        }

        /// How long the socket stays open after its last channel has gone. Default two heartbeat
        /// intervals, as in supabase-js; zero closes it at once.
        public Builder disconnectOnEmptyChannelsAfter(Duration delay) {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("the delay must not be negative");
            }
            linger = delay;
            return this;
        }

        /// The version of the protocol: `2.0.0`, the default, or `1.0.0`, which knows no binary
        /// messages.
        public Builder vsn(String version) {
            if (!Set.of("1.0.0", "2.0.0").contains(version)) {
                throw new IllegalArgumentException(
                        "protocol " + version + " is unknown; there are 1.0.0 and 2.0.0");
            }
            vsn = version;
            return this;
        }

        /// How many messages of one channel may wait for its handlers. Default 1,000.
        public Builder queueLimit(int messages) {
            if (messages < 1) {
                throw new IllegalArgumentException("queueLimit must be 1 or more");
            }
            queueLimit = messages;
            return this;
        }

        /// What happens when more wait. Default [OverflowPolicy#DROP_OLDEST].
        public Builder overflowPolicy(OverflowPolicy policy) {
            overflowPolicy = policy;
            return this;
        }

        /// A parameter of the socket's address, such as `log_level`.
        public Builder param(String name, String value) {
            params.put(name, value);
            return this;
        }

        /// Hears what happens to the socket.
        public Builder listener(ConnectionListener hears) {
            listener = hears;
            return this;
        }

        /// Hears what went wrong and was survived.
        public Builder errorListener(ErrorListener hears) {
            errorListener = hears;
            return this;
        }

        /// Another source of access tokens than the client's own. Asked before each join and at
        /// each heartbeat, on a thread of its own; it may block, and throw.
        public Builder accessToken(Supplier<String> source) {
            accessToken = source;
            return this;
        }

        /// What was said so far.
        public RealtimeOptions build() {
            return new RealtimeOptions(this);
        }

        private static Duration positive(Duration duration, String name) {
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException(name + " must be longer than nothing");
            }
            return duration;
        }
    }
}
