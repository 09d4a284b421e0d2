package dev.hearth.rest.caller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.hearth.config.RestConfig;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Request;
import dev.hearth.problem.Refusal;
import dev.hearth.rest.caller.CallerProblem.NoSecret;
import dev.hearth.rest.caller.CallerProblem.RoleRequired;
import dev.hearth.rest.caller.CallerProblem.Unacceptable;
import dev.hearth.rest.caller.CallerProblem.Unbelievable;
import dev.hearth.token.Caller;
import dev.hearth.token.SignatureCheck;
import dev.hearth.token.Token;
import dev.hearth.token.VerificationKeys;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Says who asks. Safe for any thread; does not block.
///
/// Signatures are checked once for each token, and remembered for a bounded number of them; the
/// times of its claims are checked every time. What is remembered holds for the keys and rules that
/// these callers were made with: new settings, new callers.
public final class Callers {

    private final Optional<String> anonymousRole;
    private final RestConfig.TokenRules rules;
    private final VerificationKeys keys;
    private final Clock clock;
    private final Cache<String, Known> known;

    /// A token whose signature, audience and role were found good.
    private record Known(Caller caller, Times times) {}

    /// @param projectKeys those of the project; the settings may add some
    /// @throws Refusal with a [dev.hearth.config.SettingProblem] when an added key cannot be used
    public Callers(RestConfig config, VerificationKeys projectKeys, Clock clock) {
        anonymousRole = config.anonymousRole();
        rules = config.tokens();
        keys =
                rules.secret()
                        .map(secret -> projectKeys.and(secret, rules.secretIsBase64()))
                        .orElse(projectKeys);
        this.clock = clock;
        known =
                Caffeine.newBuilder()
                        .maximumSize(rules.cacheEntries())
                        .executor(Runnable::run)
                        .build();
    }

    /// Who asks.
    ///
    /// @throws Refusal with a [CallerProblem]
    public Caller of(Request request) {
        boolean emptyToken =
                request.headers()
                        .first("authorization")
                        .filter(sent -> sent.strip().equalsIgnoreCase("bearer"))
                        .isPresent();
        return of(emptyToken ? new Credential.Bearer("") : request.credential());
    }

    /// Who a credential stands for.
    ///
    /// @throws Refusal with a [CallerProblem]
    public Caller of(Credential credential) {
        return switch (credential) {
            case Credential.None() -> anonymous();
            case Credential.ProjectKey(var role) -> Caller.ofRole(role);
            case Credential.Bearer(var token) -> bearer(token);
        };
    }

    /// How many tokens are remembered.
    long remembered() {
        known.cleanUp();
        return known.estimatedSize();
    }

    private Caller anonymous() {
        String role = anonymousRole.orElseThrow(() -> new Refusal(new RoleRequired()));
        return new Caller(
                role, claims(JsonNodeFactory.instance.objectNode(), role), Optional.empty());
    }

    private Caller bearer(String text) {
        @Nullable Known remembered = known.getIfPresent(text);
        if (remembered != null) {
            var _ = remembered.times().check(clock.instant());
            return remembered.caller();
        }
        Known fresh = verified(signed(text));
        known.put(text, fresh);
        return fresh.caller();
    }

    private Token signed(String text) {
        if (keys.isEmpty()) {
            throw new Refusal(new NoSecret());
        }
        return switch (keys.check(text)) {
            case SignatureCheck.Holds(var token) -> token;
            case SignatureCheck.Empty() -> throw new Refusal(Unbelievable.EMPTY);
            case SignatureCheck.WrongParts(var count) ->
                    throw new Refusal(Unbelievable.parts(count));
            case SignatureCheck.Undecodable() -> throw new Refusal(Unbelievable.UNDECODABLE);
            case SignatureCheck.Unsigned() -> throw new Refusal(Unbelievable.UNSIGNED);
            case SignatureCheck.NoKey() -> throw new Refusal(Unbelievable.NO_KEY);
            case SignatureCheck.Forged() -> throw new Refusal(Unbelievable.FORGED);
            case SignatureCheck.NoClaims() -> throw new Refusal(Unacceptable.NO_CLAIMS);
        };
    }

    private Known verified(Token token) {
        ObjectNode claims = token.claims();
        Times times = Times.read(claims, clock.instant());
        requireAudience(claims);
        String role =
                Role.at(rules.rolePath(), claims)
                        .or(() -> anonymousRole)
                        .orElseThrow(() -> new Refusal(new RoleRequired()));
        return new Known(new Caller(role, claims(claims, role), times.expiry()), times);
    }

    /// A token without an audience, or with an empty list of them, is for everybody.
    private void requireAudience(ObjectNode claims) {
        JsonNode audience = claims.path("aud");
        if (audience.isMissingNode() || audience.isNull()) {
            return;
        }
        List<JsonNode> named =
                audience.isArray() ? audience.valueStream().toList() : List.of(audience);
        if (!named.stream().allMatch(JsonNode::isTextual)) {
            throw new Refusal(Unacceptable.BAD_AUDIENCE);
        }
        boolean ours =
                named.isEmpty()
                        || rules.audience().isEmpty()
                        || named.stream()
                                .map(JsonNode::textValue)
                                .anyMatch(rules.audience().get()::equals);
        if (!ours) {
            throw new Refusal(Unacceptable.NOT_IN_AUDIENCE);
        }
    }

    /// What SQL reads as the claims: the role among them is the one in force.
    private static String claims(ObjectNode claims, String role) {
        return claims.deepCopy().put("role", role).toString();
    }
}
