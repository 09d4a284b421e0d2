package dev.hearth.realtime.changes.feed;

import dev.hearth.exchange.Bytes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// One change as seen through one set of visible columns, encoded once.
///
/// It also keeps the frames that were made from it, so that each is made once per protocol version,
/// topic and set of ids, however many receivers share it.
public final class Delivery {

    private final Bytes data;
    private final Map<Object, Object> made = new ConcurrentHashMap<>();

    /// @param data the JSON object of the frame's `data` key (realtime.md 6.1), UTF-8
    public Delivery(Bytes data) {
        this.data = data;
    }

    /// The JSON object of the frame's `data` key, UTF-8.
    public Bytes data() {
        return data;
    }

    /// What was made from this delivery under the key, made now if it is the first time.
    ///
    /// @param <K> a value with equality: version, topic and ids
    /// @param <V> the frame
    @SuppressWarnings("unchecked") // every key type is used with one value type
    public <K, V> V make(K key, Function<? super K, ? extends V> maker) {
        return (V) made.computeIfAbsent(key, ignored -> maker.apply(key));
    }
}
