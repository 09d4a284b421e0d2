package dev.hearth.token;

import dev.hearth.config.Secret;
import dev.hearth.config.TokenConfig;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The project's keys of both generations (auth.md 1.1): which role does a key stand for? Compared
/// whole and in constant time. Immutable; safe for any thread.
public final class ProjectKeys {

    /// @param key its bytes
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Entry(byte[] key, Match match) {}

    /// A key that was recognised.
    ///
    /// @param role `anon` or `service_role`
    /// @param legacy whether the key is itself a JWT
    public record Match(String role, boolean legacy) {}

    private final List<Entry> entries;

    /// @param config the keys
    public ProjectKeys(TokenConfig config) {
        entries =
                Stream.of(
                                entries(List.of(config.anonKey()), "anon", true),
                                entries(List.of(config.serviceRoleKey()), "service_role", true),
                                entries(config.publishableKeys(), "anon", false),
                                entries(config.secretKeys(), "service_role", false))
                        .flatMap(List::stream)
                        .toList();
    }

    /// What the key stands for; empty when it is none of ours.
    public Optional<Match> match(String key) {
        byte[] bytes = bytes(key);
        Optional<Match> found = Optional.empty();
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.key(), bytes)) {
                found = Optional.of(entry.match());
            }
        }
        return found;
    }

    private static List<Entry> entries(List<Secret> keys, String role, boolean legacy) {
        return keys.stream()
                .map(key -> new Entry(bytes(key.value()), new Match(role, legacy)))
                .toList();
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
