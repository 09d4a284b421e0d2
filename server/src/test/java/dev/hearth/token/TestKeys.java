package dev.hearth.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hearth.config.Secret;

import java.util.Map;
import java.util.Objects;

/// One project's keys, made for a test.
record TestKeys(
        Secret jwtSecret,
        Secret signingKey,
        Secret anonKey,
        Secret serviceRoleKey,
        Secret publishableKey,
        Secret secretKey) {

    static TestKeys make() {
        Map<String, String> keys = NewKeys.make(TokensTest.NOW);
        return new TestKeys(
                secret(keys, "JWT_SECRET"),
                firstOf(secret(keys, "JWT_KEYS")),
                secret(keys, "ANON_KEY"),
                secret(keys, "SERVICE_ROLE_KEY"),
                secret(keys, "SUPABASE_PUBLISHABLE_KEY"),
                secret(keys, "SUPABASE_SECRET_KEY"));
    }

    private static Secret secret(Map<String, String> keys, String name) {
        return new Secret(Objects.requireNonNull(keys.get(name)));
    }

    private static Secret firstOf(Secret array) {
        try {
            return new Secret(new ObjectMapper().readTree(array.value()).path(0).toString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
