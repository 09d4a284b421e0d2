package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.internal.Backend;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Second factors of any user, as an admin sees them. Safe for any thread.
public final class AdminMfaClient {

    private final Backend backend;
    private final Calls calls;

    AdminMfaClient(Backend backend, Calls calls) {
        this.backend = backend;
        this.calls = calls;
    }

    /// The factors of a user.
    ///
    /// ```java
    /// Factors factors = client.auth().admin().mfa().listFactors(userId);
    /// ```
    public Factors listFactors(UUID userId) {
        return factors(userId);
    }

    /// The asynchronous form of [#listFactors(UUID)].
    public CompletableFuture<Factors> listFactorsAsync(UUID userId) {
        return backend.async(() -> listFactors(userId));
    }

    /// Takes a factor away from a user, who may have lost it.
    ///
    /// ```java
    /// client.auth().admin().mfa().deleteFactor(userId, factorId);
    /// ```
    public void deleteFactor(UUID userId, UUID factorId) {
        var unused = calls.send(Calls.delete("/admin/users/" + userId + "/factors/" + factorId));
    }

    /// The asynchronous form of [#deleteFactor(UUID, UUID)].
    public CompletableFuture<Void> deleteFactorAsync(UUID userId, UUID factorId) {
        return backend.run(() -> deleteFactor(userId, factorId));
    }

    private Factors factors(UUID userId) {
        JsonNode answer = calls.ask(Calls.get("/admin/users/" + userId + "/factors"));
        List<Factor> factors = new ArrayList<>();
        answer.forEach(factor -> factors.add(new Factor(Fields.map(factor))));
        return new Factors(factors);
    }
}
