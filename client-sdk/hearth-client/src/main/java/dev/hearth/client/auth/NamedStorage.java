package dev.hearth.client.auth;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A storage whose failures have a name.
final class NamedStorage implements SessionStorage {

    private final SessionStorage storage;

    NamedStorage(SessionStorage storage) {
        this.storage = storage;
    }

    @Override
    public Optional<String> getItem(String key) {
        return named(() -> storage.getItem(key));
    }

    @Override
    public void setItem(String key, String value) {
        var unused =
                named(
                        () -> {
                            storage.setItem(key, value);
                            return key;
                        });
    }

    @Override
    public void removeItem(String key) {
        var unused =
                named(
                        () -> {
                            storage.removeItem(key);
                            return key;
                        });
    }

    private static <T> T named(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw new AuthException(
                    "the session storage failed: " + e.getMessage(),
                    AuthErrorCode.STORAGE_FAILED,
                    0,
                    List.of(),
                    null,
                    e);
        }
    }
}
