package dev.hearth.client.auth;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps sessions as long as it lives itself.
final class MemoryStorage implements SessionStorage {

    private final Map<String, String> items = new ConcurrentHashMap<>();

    @Override
    public Optional<String> getItem(String key) {
        return Optional.ofNullable(items.get(key));
    }

    @Override
    public void setItem(String key, String value) {
        items.put(key, value);
    }

    @Override
    public void removeItem(String key) {
        items.remove(key);
    }
}
